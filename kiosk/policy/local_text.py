"""Sentences a pack brings along in its own languages, spoken through the same catalogue as all others."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

from kiosk.texts import LANGUAGES, Text, say

_Sentence = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]


class LocalText(BaseModel):
    """One sentence in every language. May name parameters in braces, e.g. {date}."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh_CN: _Sentence
    zh_TW: _Sentence
    en: _Sentence

    @property
    def placeholders(self) -> set[str]:
        """The parameters that any of its languages names."""
        return {name for language in LANGUAGES for name in re.findall(r"{(\w+)}", getattr(self, language))}

    def text(self, **params: Any) -> Text:
        """As a kiosk Text: the catalogue entry policy.verbatim of each language picks that language's words."""
        if not params:
            return _as_written(self.zh_CN, self.zh_TW, self.en)
        words: dict[str, str] = {}
        for language in LANGUAGES:
            spoken = {k: say(v, language) if isinstance(v, Text) else v for k, v in params.items()}
            pattern: str = getattr(self, language)
            words[language] = pattern.format_map(_Lenient(spoken))
        return Text("policy.verbatim", words)


@lru_cache(maxsize=2048)
def _as_written(zh_CN: str, zh_TW: str, en: str) -> Text:
    return Text("policy.verbatim", {"zh_CN": zh_CN, "zh_TW": zh_TW, "en": en})


class _Lenient(dict[str, Any]):
    """Leaves a parameter that nobody gave visible as {name} instead of failing in front of a family."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
