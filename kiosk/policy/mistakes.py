"""What is wrong with a pack, in words: where it stands, and what was expected there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.texts import Text, say

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Mistake:
    """One mistake. ``line`` and ``column`` count from 1; 0 where the file as a whole is meant. ``place`` is dotted: requirements.3.when."""

    file: str
    line: int
    column: int
    place: str
    what: Text

    def say(self, language: str = "zh_CN") -> str:
        """``file:line:column: place: what was expected``."""
        at = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{at}: {self.place}: {say(self.what, language)}" if self.place else f"{at}: {say(self.what, language)}"

    def as_data(self, language: str = "zh_CN") -> dict[str, Any]:
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "place": self.place,
            "mistake": self.what.key.removeprefix("pack.mistake."),
            "text": say(self.what, language),
        }


class PackError(ValueError):
    """A pack cannot be used. ``mistakes`` are all that were found, in the order of the files."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(self.say("en"))

    def say(self, language: str = "zh_CN") -> str:
        """One line a mistake."""
        return "\n".join(mistake.say(language) for mistake in self.mistakes)


def dotted(place: Place) -> str:
    return ".".join(str(step) for step in place)
