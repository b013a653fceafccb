"""The catalogues of resources/texts against each other and against the program: what is missing, what differs, what nobody says any more.

A key is said when the program holds it as a text, or as a pattern: f"desk.row.{x}" says every key that begins so.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import yaml

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "resources" / "texts"
LANGUAGES = ("zh_CN", "zh_TW", "en")
PACKAGES = ("yanhe", "ui", "kiosk", "scanner", "offline_cache", "machine_zone", "central", "practice")


def catalogue(language: str) -> dict[str, str]:
    """As kiosk.texts reads it, but from the files and nothing else."""
    found: dict[str, str] = {}

    def flatten(prefix: str, node: dict) -> None:
        for key, value in node.items():
            if isinstance(value, dict):
                flatten(f"{prefix}{key}.", value)
            else:
                found[f"{prefix}{key}"] = str(value)

    for path in sorted((TEXTS / language).glob("*.yaml")):
        flatten("", yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    return found


def problems() -> list[str]:
    """One line each; empty when all is well."""
    ours = {language: catalogue(language) for language in LANGUAGES}
    source = ours["zh_CN"]
    found: list[str] = []
    for language in LANGUAGES[1:]:
        found += [f"{language}: {key} is missing" for key in source if key not in ours[language]]
        found += [f"{language}: {key} is not in zh_CN" for key in ours[language] if key not in source]
        found += [
            f"{language}: {key} names other parameters than zh_CN"
            for key in source.keys() & ours[language].keys()
            if not _parameters(ours[language][key]) - {language} <= _parameters(source[key])
        ]
        found += [f"{language}: {key} is empty" for key, said in ours[language].items() if not said and source.get(key)]
    return found + [f"{key}: nothing in the program says it" for key in stale(source)]


def _parameters(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def stale(keys: dict[str, str]) -> list[str]:
    texts, patterns = said_by_program()
    return [key for key in keys if key not in texts and not any(pattern.fullmatch(key) for pattern in patterns)]


def said_by_program() -> tuple[set[str], list[re.Pattern[str]]]:
    """All texts of the program's sources, and the patterns made of its f-strings."""
    texts: set[str] = set()
    patterns: set[str] = set()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    texts.add(node.value)
                elif isinstance(node, ast.JoinedStr) and (pattern := _pattern(node)):
                    patterns.add(pattern)
    return texts, [re.compile(pattern) for pattern in sorted(patterns)]


def _pattern(node: ast.JoinedStr) -> str:
    """A pattern for keys; "" for an f-string that cannot be one: it has to name an area, and have no blank in it."""
    parts = list(_parts(node))
    if not re.match(r"[a-z_]+\.", parts[0]) or re.search(r"\s", "".join(parts)):
        return ""
    return "".join(re.escape(part) if part else r"[\w|.:-]+" for part in parts)


def _parts(node: ast.JoinedStr) -> Iterator[str]:
    """Constant parts as they are, "" for each value; the first is "" when the f-string begins with a value."""
    for value in node.values:
        yield str(value.value) if isinstance(value, ast.Constant) else ""
