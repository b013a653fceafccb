"""How the screens of this desk look and sound: what a person chose under 显示与声音, kept in ``display.yaml`` of the home folder.

A choice that cannot be read is no reason to keep a desk closed: whatever the file holds that we do not know falls back to its default.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from kiosk.texts import LANGUAGES

_FILE = "display.yaml"


class Ground(StrEnum):
    """The colour sets of ui.tokens, by name."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class FamilyPlace(StrEnum):
    """Where the family's window stands."""

    AUTO = "auto"  # fills the second screen when there is one, else nowhere
    STRIP = "strip"  # along the upper edge of the first screen
    CORNER = "corner"  # a small picture over the first screen, to be moved by hand
    OFF = "off"


@dataclass(frozen=True)
class Display:
    """``language`` of the staff's window and ``family_language``, with which each family begins; "" follows the desk's settings."""

    language: str = ""
    ground: Ground = Ground.LIGHT
    large_type: bool = False
    motion: bool = True  # False: nothing moves by itself
    sounds: bool = True
    family_place: FamilyPlace = FamilyPlace.AUTO
    family_language: str = ""

    @classmethod
    def load(cls, home: Path) -> Display:
        """What ``home`` holds; defaults for everything that is missing, unknown or damaged. Never raises for the file's content."""
        try:
            kept: Any = yaml.safe_load((home / _FILE).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError):
            return cls()
        if not isinstance(kept, dict):
            return cls()
        known = {field.name: kept[field.name] for field in fields(cls) if field.name in kept}
        return cls(**{name: value for name, given in known.items() if (value := _understood(name, given)) is not None})

    def save(self, home: Path) -> None:
        """Written aside, brought to disk, then renamed: after a power cut there is the old file or the new one."""
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = home / _FILE
        aside = path.with_name(_FILE + ".part")
        content = {name: str(value) if isinstance(value, StrEnum) else value for name, value in asdict(self).items()}
        with aside.open("w", encoding="utf-8") as out:
            yaml.safe_dump(content, out, allow_unicode=True, sort_keys=False)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(path)


def _understood(name: str, given: object) -> Any:
    """The value of field ``name``; None for what it cannot be."""
    default = getattr(Display, name)
    if isinstance(default, bool):
        return given if isinstance(given, bool) else None
    if isinstance(default, StrEnum):
        kind = type(default)
        return kind(given) if given in [str(choice) for choice in kind] else None
    return given if given in ("", *LANGUAGES) else None
