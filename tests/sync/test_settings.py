"""The settings file and what overrides it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.settings import Settings, SettingsProblem, home


def test_settings_are_saved_read_back_and_overridden(tmp_path: Path) -> None:
    Settings(tmp_path).with_changes(desk_name="2号桌", camera="1").save()
    assert Settings.load(tmp_path, {}).desk_name == "2号桌"
    assert Settings.load(tmp_path, {"YANHE_CAMERA": "/dev/video2", "YANHE_HOME": "elsewhere"}).camera == "/dev/video2"
    assert not list(tmp_path.glob("*.part"))


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert Settings.load(tmp_path, {}) == Settings(tmp_path)


@pytest.mark.parametrize("content", ["[1, 2]", "colour: red", "camera: [1]", "a: b: c"])
def test_a_file_of_another_shape_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "settings.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsProblem, match=r"settings\.yaml"):
        Settings.load(tmp_path, {})


def test_the_home_folder_follows_the_environment(tmp_path: Path) -> None:
    assert home({"YANHE_HOME": str(tmp_path)}) == tmp_path
    assert home({"XDG_DATA_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}).name == "yanhe"


def test_the_key_lies_outside_the_data_it_opens(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    assert settings.store not in settings.key_file.parents


@pytest.mark.parametrize(("minutes", "seconds"), [("5", 300), ("0", 0), ("0.5", 30), ("120", 7200)])
def test_the_lock_comes_after_minutes(tmp_path: Path, minutes: str, seconds: float) -> None:
    assert Settings(tmp_path).lock_after_s == 300, "unless said otherwise"
    assert Settings.load(tmp_path, {"YANHE_LOCK_AFTER_MINUTES": minutes}).lock_after_s == seconds


@pytest.mark.parametrize("minutes", ["", "soon", "-1", "121", "nan"])
def test_a_time_that_is_none_is_named(tmp_path: Path, minutes: str) -> None:
    with pytest.raises(SettingsProblem, match="lock_after_minutes"):
        _ = Settings(tmp_path, lock_after_minutes=minutes).lock_after_s
