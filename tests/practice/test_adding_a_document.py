"""The how-to of docs/adding-a-document.md, tried letter for letter: its layout file and its specimen, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import pytest

from kiosk.matching.forms import printed_forms
from practice.specimens.base import Kind, Specimen, draw
from scanner.imaging import as_image
from scanner.layouts import LayoutError, builtin_layouts, load_layouts
from scanner.reader import Reader
from scanner.rectify import whole_frame
from scanner.types import ExpectedSet, Image, Verdict

HOW_TO = (Path(__file__).parents[2] / "docs" / "adding-a-document.md").read_text(encoding="utf-8")
VALUES = {"name": "高拟海", "id_no": "440000195502080911", "card_no": "SZ99001882", "issued_on": "2020-03-18"}


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", HOW_TO, re.DOTALL)
    assert found is not None
    return found.group(1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two files that somebody who follows the how-to has written."""
    made = tmp_path_factory.mktemp("service")
    (made / "S01-front.yaml").write_text(block("yaml"), encoding="utf-8")
    (made / "senior_card.py").write_text(block("python"), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def specimen(folder: Path) -> Specimen:
    names: dict[str, object] = {}
    exec(compile((folder / "senior_card.py").read_text(encoding="utf-8"), "senior_card.py", "exec"), names)
    kinds = names["KINDS"]
    assert isinstance(kinds, tuple)
    (kind,) = kinds
    assert isinstance(kind, Kind)
    return draw(kind, VALUES, px_per_mm=11.0, seed=5)


@pytest.fixture(scope="module")
def reader(folder: Path) -> Reader:
    return Reader(printed_forms=printed_forms, layouts=(*builtin_layouts(), *load_layouts(folder)))


def test_the_new_kind_is_named_and_read(reader: Reader, specimen: Specimen) -> None:
    picture = soft(specimen.image)
    reading = reader.read([picture], corners=whole_frame(picture), expects={"true": ExpectedSet(VALUES)})
    assert (reading.document.kind, reading.document.page) == ("S01", "front")
    assert {name: found.verdict for name, found in reading.verdicts["true"].items()} == dict.fromkeys(
        VALUES, Verdict.MATCH
    )


def test_a_value_with_one_character_changed_never_matches(reader: Reader, specimen: Specimen) -> None:
    picture = soft(specimen.image)
    changed = {"name": "高拟诲", "id_no": "440000195502080915", "card_no": "SZ99001832", "issued_on": "2020-03-13"}
    reading = reader.read([picture], corners=whole_frame(picture), expects={"changed": ExpectedSet(changed)})
    assert Verdict.MATCH not in {found.verdict for found in reading.verdicts["changed"].values()}


def test_a_mistake_is_told_with_file_and_line_as_the_how_to_says(folder: Path, tmp_path: Path) -> None:
    wrong = block("yaml").replace("{class: name, label: '姓名'}", "{class: name, label: '名字'}")
    (tmp_path / "S01-front.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(LayoutError) as refused:
        load_layouts(tmp_path)
    assert str(refused.value) in HOW_TO


def soft(image: Image) -> Image:
    """As a camera sees it: a little out of focus."""
    return as_image(cv2.GaussianBlur(image, (0, 0), 0.8))
