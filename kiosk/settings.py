"""This machine's few settings: a YAML file in the home folder, each overridable by an environment variable.

The home folder is ``YANHE_HOME`` or the platform's place for application data. In it: ``settings.yaml``, ``store/`` (the encrypted
store), ``papers/`` (receipts as PDF). Nothing personal is ever kept in a setting.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import yaml

HOME_VARIABLE = "YANHE_HOME"
_FILE = "settings.yaml"


class SettingsProblem(ValueError):
    """The settings file is not what we write; the message names the file and the key."""


def home(environment: Mapping[str, str] = os.environ) -> Path:
    """Where this machine's desk lives."""
    given = environment.get(HOME_VARIABLE)
    if given:
        return Path(given).expanduser()
    return _data_folder(environment) / "yanhe"


def _data_folder(environment: Mapping[str, str]) -> Path:
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


@dataclass(frozen=True)
class Settings:
    """Read with ``load``; each field ``x`` may be overridden by the environment variable ``YANHE_X``."""

    home: Path
    platform_url: str = ""
    school: str = ""  # code
    desk_name: str = ""
    printer_uri: str = ""  # ipp://…, escpos://host:9100, escpos:/dev/usb/lp0, or empty for PDF files
    camera: str = "0"  # index, device path, video file, folder
    language: str = "zh_CN"
    paper: str = ""  # A4, A5, 80mm, 58mm; empty: what such a printer usually holds
    lock_after_minutes: str = "5"  # without activity; 0: never

    @property
    def file(self) -> Path:
        return self.home / _FILE

    @property
    def lock_after_s(self) -> float:
        """Raises SettingsProblem when it is no number of minutes from 0 to 120."""
        try:
            minutes = float(self.lock_after_minutes)
        except ValueError:
            minutes = -1.0
        if not 0 <= minutes <= 120:
            raise SettingsProblem(f"{self.home / _FILE}: lock_after_minutes is a number from 0 to 120")
        return minutes * 60

    @property
    def store(self) -> Path:
        return self.home / "store"

    @property
    def key_file(self) -> Path:
        """The fall-back for machines without a key store of the operating system; never inside the store's folder."""
        return self.home / "keys" / "machine.key"

    @property
    def papers(self) -> Path:
        return self.home / "papers"

    @property
    def fonts(self) -> Path:
        """A site's own fonts, for characters that no installed font has."""
        return self.home / "fonts"

    @classmethod
    def load(cls, at: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings of the home folder ``at`` (default: ``home()``); a missing file means defaults. Raises SettingsProblem."""
        folder = at or home(environment)
        kept = _read(folder / _FILE)
        overrides = {
            name: environment[variable] for name in _NAMES if (variable := f"YANHE_{name.upper()}") in environment
        }
        return cls(home=folder, **{**kept, **overrides})

    def with_changes(self, **changes: str) -> Settings:
        return replace(self, **changes)

    def save(self) -> None:
        """Writes aside, then renames: a reader sees the old file or the new one."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        content = {name: value for name, value in asdict(self).items() if name in _NAMES}
        path = self.file
        aside = path.with_name(_FILE + ".part")
        aside.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
        aside.replace(path)


_NAMES = tuple(field.name for field in fields(Settings) if field.name != "home")


def _read(path: Path) -> dict[str, str]:
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except FileNotFoundError:
        return {}
    except yaml.YAMLError as error:
        raise SettingsProblem(f"{path}: not YAML") from error
    if not isinstance(content, dict):
        raise SettingsProblem(f"{path}: not a list of settings")
    for name, value in content.items():
        if name not in _NAMES:
            raise SettingsProblem(f"{path}: unknown setting {name!r}")
        if not isinstance(value, str | int):
            raise SettingsProblem(f"{path}: {name} is not a text")
    return {name: str(value) for name, value in content.items()}
