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


def test_its_pictures_lie_in_memory_and_are_gone_afterwards(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if not tesseract.MEMORY_FOLDER.is_dir():
        pytest.skip("this system has no folder that memory backs")
    called = tmp_path / "called"
    program = tmp_path / "tesseract"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {called}\nexec tesseract "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(program))
    recogniser.recognise([np.full((40, 200, 3), 255, np.uint8)])
    files = [Path(word) for word in called.read_text(encoding="utf-8").splitlines() if word.startswith("/")]
    assert len(files) >= 2, "the picture, and where the words are to go"
    assert all(file.is_relative_to(tesseract.MEMORY_FOLDER) for file in files)
    assert not any(file.exists() or file.parent.exists() for file in files)


def test_its_lines_hold_no_probabilities_that_a_judge_could_use(recogniser: Recogniser) -> None:
    (reading,) = recogniser.recognise([np.full((40, 200, 3), 255, np.uint8)])
    assert reading.probabilities is None
