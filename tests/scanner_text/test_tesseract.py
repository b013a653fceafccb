"""Tesseract as the chosen recogniser: a card is known however it lies, nothing is settled, nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from practice.camera.stills import render_still
from practice.specimens.fonts import FontMissingError
from practice.world import papers
from scanner.reader import Reader
from scanner.text import Recogniser, RecogniserUnavailable, create_recogniser, tesseract
from scanner.types import ExpectedSet


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    try:
        return create_recogniser("tesseract")
    except RecogniserUnavailable as missing:
        pytest.skip(str(missing))


@pytest.mark.parametrize("turned", [90, 180])
def test_a_turned_card_is_known_but_nothing_on_it_is_settled(
    recogniser: Recogniser, turned: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = next(p for p in papers("F06") if p.material == "A03" and p.page == "front")
    try:
        image, _ = render_still(paper, seed=5, turned=turned, surface="wood")
    except FontMissingError as missing:
        pytest.skip(str(missing))
    monkeypatch.setattr(tesseract, "MEMORY_FOLDER", tmp_path)
    reading = Reader(recogniser).read([image], expects={"true": ExpectedSet(dict(paper.records))})
    assert (reading.document.kind, reading.document.orientation) == ("A03", turned)
    assert reading.fields["id_no"].text == paper.records["id_no"]
    assert {field.verdict for field in reading.verdicts["true"].values()} <= {"cannot_tell", "not_found"}
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_does_not_answer_is_given_up(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asleep = tmp_path / "tesseract"
    asleep.write_text("#!/bin/sh\nexec sleep 30\n", encoding="utf-8")
    asleep.chmod(0o755)
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(asleep))
    monkeypatch.setattr(tesseract, "PATIENCE_S", 0.1)
    with pytest.raises(TimeoutError):
        recogniser.recognise([np.full((40, 200, 3), 255, np.uint8)])
