"""Tesseract behind the recogniser's wall: a choice, never a judge.

It gives one string a line and no probabilities of other readings, so its reading alone settles no field
(recognition-notes: its second opinion is no independent witness). Its helper library passes pictures in files; they are
put where memory backs the file system, when there is such a place.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytesseract

from scanner.imaging import as_image, grey_of
from scanner.text.base import LineReading, ReadCharacter, RecogniserUnavailable
from scanner.text.folding import fold_text
from scanner.types import Image, Quad

LANGUAGES = "chi_sim+eng"
LINE, PAGE = "--psm 7", "--psm 11"
LINE_HEIGHT = 40
MEMORY_FOLDER = Path("/dev/shm")


class TesseractRecogniser:
    """Tesseract 5 with simplified Chinese and English; one thread, as more are slower under load."""

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

    def detect_lines(self, image: Image) -> list[Quad]:
        with _quiet():
            data: dict[str, list[Any]] = pytesseract.image_to_data(
                _even(image), lang=LANGUAGES, config=PAGE, output_type=pytesseract.Output.DICT
            )
        lines: dict[tuple[int, int, int], list[tuple[int, int, int, int]]] = {}
        for i, text in enumerate(data["text"]):
            if str(text).strip():
                key = (data["block_num"][i], data["par_num"][i], data["line_num"][i])
                x, y, w, h = (int(data[k][i]) for k in ("left", "top", "width", "height"))
                lines.setdefault(key, []).append((x, y, x + w, y + h))
        return [_box(words) for words in lines.values()]

    def upright_votes(self, crops: Sequence[Image]) -> float:
        """By how much surer the lines read this way up than on their heads."""
        turned = [np.ascontiguousarray(np.rot90(crop, 2)) for crop in crops[:4]]
        here = sum(r.score * len(r.characters) for r in self.recognise(crops[:4]))
        there = sum(r.score * len(r.characters) for r in self.recognise(turned))
        return here / (here + there) if here + there > 0 else 0.5

    def recognise(self, crops: Sequence[Image]) -> list[LineReading]:
        return [self._read(crop) for crop in crops]

    def _read(self, crop: Image) -> LineReading:
        factor = LINE_HEIGHT / crop.shape[0]
        size = (max(8, round(crop.shape[1] * factor)), LINE_HEIGHT)
        padded = cv2.copyMakeBorder(_even(as_image(cv2.resize(crop, size))), 10, 10, 10, 10, cv2.BORDER_REPLICATE)
        with _quiet():
            data: dict[str, list[Any]] = pytesseract.image_to_data(
                padded, lang=LANGUAGES, config=LINE, output_type=pytesseract.Output.DICT
            )
        characters: list[ReadCharacter] = []
        for i, word in enumerate(data["text"]):
            text = fold_text(str(word).strip())
            width = int(data["width"][i]) / max(len(text), 1)
            for k, character in enumerate(text):
                step = round(int(data["left"][i]) - 10 + (k + 0.5) * width)
                certainty = max(float(data["conf"][i]), 0.0) / 100
                characters.append(ReadCharacter(character, min(max(step, 0), size[0] - 1), certainty))
        return LineReading(tuple(characters), size[0])


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
def _quiet() -> Iterator[None]:
    """One thread, temporary files in memory."""
    before, folder = os.environ.get("OMP_THREAD_LIMIT"), tempfile.tempdir
    os.environ["OMP_THREAD_LIMIT"] = "1"
    if MEMORY_FOLDER.is_dir():
        tempfile.tempdir = str(MEMORY_FOLDER)
    try:
        yield
    finally:
        tempfile.tempdir = folder
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before
