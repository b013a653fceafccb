"""What was chosen under 显示与声音 is there the next time, whatever happens to the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.display import Display, FamilyPlace, Ground

CHOSEN = Display(
    language="zh_TW",
    ground=Ground.DARK,
    large_type=True,
    motion=False,
    sounds=False,
    family_place=FamilyPlace.CORNER,
    family_language="en",
)


def test_what_was_chosen_is_kept(tmp_path: Path) -> None:
    CHOSEN.save(tmp_path / "home")
    assert Display.load(tmp_path / "home") == CHOSEN


def test_without_a_file_everything_is_as_delivered(tmp_path: Path) -> None:
    assert Display.load(tmp_path) == Display()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"- a\n- b\n", b"language: [", b"just words"])
def test_a_damaged_file_keeps_no_desk_closed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "display.yaml").write_bytes(content)
    assert Display.load(tmp_path) == Display()


def test_an_unknown_choice_falls_back_alone(tmp_path: Path) -> None:
    (tmp_path / "display.yaml").write_text("ground: pink\nsounds: loud\nlanguage: fr\nlarge_type: true\nfuture: 1\n")
    assert Display.load(tmp_path) == Display(large_type=True)


def test_an_interrupted_write_leaves_the_old_choice(tmp_path: Path) -> None:
    CHOSEN.save(tmp_path)
    (tmp_path / "display.yaml.part").write_text("ground: li")
    assert Display.load(tmp_path) == CHOSEN
