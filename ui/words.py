"""Sentences of the desk's snapshots in the window's language."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.texts import Text, say


@dataclass(frozen=True)
class Words:
    """Callable: ``words(text)`` is the sentence. A window holds one; the family's may speak another language than the staff's."""

    language: str = "zh_CN"

    def __call__(self, sentence: Text | None) -> str:
        return say(sentence, self.language) if sentence is not None else ""
