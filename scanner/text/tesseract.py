"""Tesseract behind the recogniser's wall: a choice, never a judge.

It gives one string a line and no probabilities of other readings, so its reading alone settles no field
(recognition-notes: its second opinion is no independent witness). Starting the program costs more than reading a line, so
all lines of a page go through it in one call, as the pages of one TIFF file. Its helper library passes pictures in files;
they are put where memory backs the file system, when there is such a place, and are gone after the call.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytesseract

from scanner.imaging import as_image, grey_of
from scanner.text.base import LineReading, ReadCharacter, RecogniserUnavailable
from scanner.text.folding import fold_text
from scanner.text.page import turn_boxes
from scanner.types import Image, Quad

LANGUAGES = "chi_sim+eng"
LINE, SCATTERED = 7, 11  # page segmentation modes: one line of text; as much text as possible, in no order
LINE_HEIGHT, MARGIN = 40, 10  # pixels
PATIENCE_S = 20  # one call never takes longer; a page that does is not read
VOTERS = 6
MEMORY_FOLDER = Path("/dev/shm")


@dataclass(frozen=True)
class _Word:
    """One word as Tesseract found it: ``line`` tells lines of a page apart, ``box`` is left, top, right, bottom in pixels."""

    text: str
    certainty: float
    line: tuple[int, int, int]
    box: tuple[int, int, int, int]


class TesseractRecogniser:
    """Tesseract 5 with simplified Chinese and English; one thread, as more are slower under load.

    Every method raises TimeoutError when the program does not answer within PATIENCE_S.
    """

    name = "tesseract"
    dictionary: frozenset[str] = frozenset()  # unknown; nothing is decided by this recogniser anyway

    def __init__(self) -> None:
        try:
            languages = set(pytesseract.get_languages())
        except pytesseract.TesseractNotFoundError as error:
            raise RecogniserUnavailable("tesseract is not installed") from error
        missing = set(LANGUAGES.split("+")) - languages
        if missing:
            raise RecogniserUnavailable(f"tesseract has no language data for {', '.join(sorted(missing))}")

    def detect_lines(self, image: Image, *, side: tuple[int, int] | None = None) -> list[Quad]:
        """It sees level lines only, so the page is shown to it a quarter turned too, and the surer view is believed."""
        level = _even(image)
        sideways = np.ascontiguousarray(np.rot90(level, -1))
        found, found_sideways = _words([level, sideways], SCATTERED)
        if _certainty(found) >= _certainty(found_sideways):
            return _lines(found)
        return turn_boxes(_lines(found_sideways), -90, (sideways.shape[1], sideways.shape[0]))

    def upright_votes(self, crops: Sequence[Image]) -> float:
        """By how much surer the lines read this way up than on their heads."""
        asked = crops[:VOTERS]
        readings = self.recognise([*asked, *(np.ascontiguousarray(np.rot90(crop, 2)) for crop in asked)])
        weights = [r.score * len(r.characters) for r in readings]
        here, there = sum(weights[: len(asked)]), sum(weights[len(asked) :])
        return here / (here + there) if here + there > 0 else 0.5

    def recognise(self, crops: Sequence[Image]) -> list[LineReading]:
        lines = [_line_picture(crop) for crop in crops]
        pages = _words(lines, LINE)
        return [_reading(words, line.shape[1] - 2 * MARGIN) for words, line in zip(pages, lines, strict=True)]


def _words(pages: Sequence[Image], mode: int) -> list[list[_Word]]:
    """The words of each page, from one call of the program."""
    if not pages:
        return []
    with _memory_folder() as folder:
        pictures = folder / "pages.tiff"
        cv2.imwritemulti(str(pictures), list(pages))
        try:
            data: dict[str, list[Any]] = pytesseract.image_to_data(
                str(pictures),
                lang=LANGUAGES,
                config=f"--psm {mode}",
                timeout=PATIENCE_S,
                output_type=pytesseract.Output.DICT,
            )
        except pytesseract.TesseractError:
            raise
        except RuntimeError as error:  # all that the library says of a call that took too long
            raise TimeoutError("tesseract did not answer in time") from error
    found: list[list[_Word]] = [[] for _ in pages]
    for i, text in enumerate(data["text"]):
        folded = fold_text(str(text).strip())
        if folded:
            x, y, w, h = (int(data[key][i]) for key in ("left", "top", "width", "height"))
            line = (int(data["block_num"][i]), int(data["par_num"][i]), int(data["line_num"][i]))
            certainty = max(float(data["conf"][i]), 0.0) / 100
            found[int(data["page_num"][i]) - 1].append(_Word(folded, certainty, line, (x, y, x + w, y + h)))
    return found


def _certainty(words: Sequence[_Word]) -> float:
    """How much of a page makes sense: characters, weighted by what Tesseract thinks of their words."""
    return sum(word.certainty * len(word.text) for word in words)


def _lines(words: Sequence[_Word]) -> list[Quad]:
    lines: dict[tuple[int, int, int], list[tuple[int, int, int, int]]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.box)
    return [_box(boxes) for boxes in lines.values()]


def _line_picture(crop: Image) -> Image:
    size = (max(8, round(crop.shape[1] * LINE_HEIGHT / crop.shape[0])), LINE_HEIGHT)
    line = _even(as_image(cv2.resize(crop, size)))
    return as_image(cv2.copyMakeBorder(line, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_REPLICATE))


def _reading(words: Sequence[_Word], width: int) -> LineReading:
    """One column of the line's picture is one step; the characters of a word are taken to be equally wide."""
    characters: list[ReadCharacter] = []
    for word in words:
        each = (word.box[2] - word.box[0]) / len(word.text)
        for k, character in enumerate(word.text):
            step = round(word.box[0] - MARGIN + (k + 0.5) * each)
            characters.append(ReadCharacter(character, min(max(step, 0), width - 1), word.certainty))
    return LineReading(tuple(characters), width)


def _even(image: Image) -> Image:
    """Grey with the light evened, as Tesseract's binarisation wants it."""
    grey = grey_of(image)
    ground = cv2.GaussianBlur(cv2.dilate(grey, np.ones((9, 9), np.uint8)), (0, 0), 12)
    return as_image(cv2.divide(grey, ground, scale=255))


def _box(words: Sequence[tuple[int, int, int, int]]) -> Quad:
    left, top = min(w[0] for w in words), min(w[1] for w in words)
    right, bottom = max(w[2] for w in words), max(w[3] for w in words)
    grow = 0.1 * (bottom - top)
    top, bottom = top - grow, bottom + grow
    return np.array(
        [[left - grow, top], [right + grow, top], [right + grow, bottom], [left - grow, bottom]], np.float32
    )


@contextmanager
def _memory_folder() -> Iterator[Path]:
    """A folder that is gone afterwards, for our file and the library's; and one thread for the program it starts."""
    before, usual = os.environ.get("OMP_THREAD_LIMIT"), tempfile.tempdir
    with tempfile.TemporaryDirectory(dir=MEMORY_FOLDER if MEMORY_FOLDER.is_dir() else None) as folder:
        os.environ["OMP_THREAD_LIMIT"], tempfile.tempdir = "1", folder
        try:
            yield Path(folder)
        finally:
            tempfile.tempdir = usual
            if before is None:
                del os.environ["OMP_THREAD_LIMIT"]
            else:
                os.environ["OMP_THREAD_LIMIT"] = before
