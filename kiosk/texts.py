"""Words for people, translated at the edge.

The desk's work says *what* it means (a key and its parameters); the catalogues in resources/texts/<language>.yaml say it in
words. zh_CN is complete by definition; a key missing in another language falls back to it, and a test keeps all complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("zh_CN", "zh_TW", "en")
_FOLDER = Path(__file__).parent.parent / "resources" / "texts"


@dataclass(frozen=True)
class Text:
    """A sentence not yet in words: catalogue key and named parameters (a parameter may itself be a Text)."""

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


def text(key: str, **params: Any) -> Text:
    return Text(key, params)


_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast


@lru_cache
def catalogue(language: str) -> dict[str, str]:
    """All sentences of one language: the files resources/texts/<language>/*.yaml together, keys flattened with dots."""
    merged: dict[str, str] = {}
    for path in sorted((_FOLDER / language).glob("*.yaml")):
        _flatten("", yaml.load(path.read_text(encoding="utf-8"), _LOADER) or {}, merged)
    return merged


def _flatten(prefix: str, node: Mapping[str, Any], into: dict[str, str]) -> None:
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            _flatten(f"{name}.", value, into)
        else:
            into[name] = str(value)


def say(sentence: Text, language: str = "zh_CN") -> str:
    """The sentence in words. A key without a text is shown as the key itself: visible, and caught by the tests."""
    pattern = catalogue(language).get(sentence.key) or catalogue("zh_CN").get(sentence.key) or sentence.key
    params = {k: say(v, language) if isinstance(v, Text) else v for k, v in sentence.params.items()}
    try:
        return pattern.format(**params)
    except (KeyError, IndexError):
        return pattern
