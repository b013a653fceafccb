"""The shared photographs of specimens, where they are at hand: a handful, as a guard; the benchmark measures them all."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from kiosk.matching.forms import printed_forms
from scanner.imaging import as_image
from scanner.reader import Reader
from scanner.types import ExpectedSet, Image, Verdict

FOLDER = Path(__file__).parents[3] / "shared" / "testdata" / "specimens"
pytestmark = [
    pytest.mark.testdata,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared photographs (../shared/testdata) are not here"),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(printed_forms=printed_forms)


@pytest.fixture(scope="module")
def truth() -> dict[str, dict]:
    return {s["id"]: s for s in json.loads((FOLDER / "ground_truth.json").read_text(encoding="utf-8"))}


def frames(specimen: dict, count: int) -> list[Image]:
    pictures = [cv2.imread(str(FOLDER / name)) for name in specimen["images"][:count]]
    assert all(p is not None for p in pictures)
    return [as_image(p) for p in pictures if p is not None]


@pytest.mark.parametrize("name", ["F05-D02-front", "F10-D01-front", "F04-X02-inner"])
def test_a_good_photograph_is_settled_without_a_person(name: str, reader: Reader, truth: dict[str, dict]) -> None:
    specimen = truth[name]
    reading = reader.read(frames(specimen, 1), expects={"true": ExpectedSet(specimen["records"])})
    assert reading.document.kind == specimen["material"]
    assert reading.document.orientation == specimen["orientation"]
    assert {f.verdict for f in reading.verdicts["true"].values()} <= {Verdict.MATCH, Verdict.CANNOT_TELL}
    matched = sum(f.verdict is Verdict.MATCH for f in reading.verdicts["true"].values())
    assert matched >= len(specimen["records"]) - 1


def test_father_and_mother_are_not_exchanged(reader: Reader, truth: dict[str, dict]) -> None:
    specimen = truth["F09-D03-page"]
    records = dict(specimen["records"])
    swapped = {**records, "father_id": records["mother_id"], "mother_id": records["father_id"]}
    reading = reader.read(frames(specimen, 1), expects={"swapped": ExpectedSet(swapped)})
    assert reading.verdicts["swapped"]["father_id"].verdict is Verdict.MISMATCH
    assert reading.verdicts["swapped"]["mother_id"].verdict is Verdict.MISMATCH
