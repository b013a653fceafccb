"""Lines of printed characters as a camera sees them, and what the recogniser makes of each: material for ``training/looks.py``.

Nothing is shared with ``benchmarks/name_pictures.py``, which measures what is made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from scanner.imaging import as_image
from scanner.text.rapid import RapidRecogniser
from scanner.types import Image

ON_A_LINE = 8
EM = 72  # pixels of a character as it is drawn, before it is made small
FOLDER = Path("/usr/share/fonts")
# file, face in the collection, slant and weight as they come: the faces in which offices' papers are like to be printed
FACES: tuple[tuple[str, int], ...] = (
    ("opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    ("truetype/hanazono/HanaMinA.ttf", 0),
    ("truetype/hanazono/HanaMinB.ttf", 0),
    ("truetype/babelstone/BabelStoneHan.ttf", 0),
    ("opentype/noto/NotoSansCJK-Bold.ttc", 2),
    ("opentype/noto/NotoSerifCJK-Bold.ttc", 2),
)
_NOT_A_CHARACTER = "\U0010ffff"  # every font draws its "no glyph" shape for it


@dataclass(frozen=True, eq=False)
class Look:
    """``read`` was read, ``certainty`` sure, where ``printed`` stands in face number ``face``; ``marks`` as in StepProbabilities."""

    printed: str
    face: int
    read: str
    certainty: float
    marks: NDArray[np.float32]


@cache
def _font(face: int, pixels: int = EM) -> ImageFont.FreeTypeFont:
    file, index = FACES[face]
    return ImageFont.truetype(str(FOLDER / file), pixels, index=index, layout_engine=ImageFont.Layout.BASIC)


@cache
def has_glyph(face: int, character: str) -> bool:
    return _tile(face, character) != _tile(face, _NOT_A_CHARACTER) and any(_tile(face, character))


def _tile(face: int, character: str) -> bytes:
    tile = Picture.new("L", (24, 24))
    ImageDraw.Draw(tile).text((2, 2), character, font=_font(face, 16), fill=255)
    return tile.tobytes()


def looks(
    recogniser: RapidRecogniser, characters: Sequence[str], face: int, chance: np.random.Generator
) -> Iterator[Look]:
    """One look at each of ``characters``, printed in ``face`` in lines of a few, in an order of chance."""
    order = [characters[int(i)] for i in chance.permutation(len(characters))]
    for start in range(0, len(order), ON_A_LINE):
        line = order[start : start + ON_A_LINE]
        picture, middles = photographed(line, face, chance)
        (reading,) = recogniser.recognise([picture])
        seen = reading.probabilities
        assert seen is not None and seen.marks is not None
        half = seen.steps / len(line) / 2
        for character, middle in zip(line, middles, strict=True):
            first = max(round(middle * seen.steps - half), 0)
            window = seen.columns[first : max(round(middle * seen.steps + half), first + 1)]
            step, column = np.unravel_index(int(window.argmax()), window.shape)
            yield Look(
                character,
                face,
                seen.characters[column],
                float(window[step, column]),
                seen.marks[first + step],
            )


def photographed(line: Sequence[str], face: int, chance: np.random.Generator) -> tuple[Image, list[float]]:
    """The line as a crop, and where each character's middle is, as a share of its length."""
    advance = round(EM * chance.uniform(1.0, 1.12))
    margin = round(EM * chance.uniform(0.1, 0.4))
    sheet = Picture.new("L", (advance * len(line) + 2 * margin, round(EM * chance.uniform(1.25, 1.6))), 255)
    pen = ImageDraw.Draw(sheet)
    centres = [margin + advance * (place + 0.5) for place in range(len(line))]
    for centre, character in zip(centres, line, strict=True):
        pen.text(
            (centre, sheet.height / 2), character, font=_font(face), fill=int(chance.integers(15, 90)), anchor="mm"
        )
    grey = np.asarray(sheet, np.uint8)
    if chance.random() < 0.3:  # ink that spread or did not
        kernel = np.ones((2, 2), np.uint8)
        grey = as_image(cv2.erode(grey, kernel) if chance.random() < 0.6 else cv2.dilate(grey, kernel))
    turn = cv2.getRotationMatrix2D((sheet.width / 2, sheet.height / 2), float(chance.normal(0, 0.5)), 1.0)
    turn[0, 1] += float(chance.normal(0, 0.03))
    turned = cv2.warpAffine(grey, turn, sheet.size, flags=cv2.INTER_LINEAR, borderValue=255).astype(np.float32)
    scale = float(chance.uniform(14, 42)) / EM
    soft = cv2.GaussianBlur(turned, (0, 0), float(chance.uniform(0.2, 0.9)) / scale)
    small = cv2.resize(soft, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32)
    left, right = chance.uniform(0.7, 1.0, 2).tolist()
    small = small * np.linspace(left, right, small.shape[1], dtype=np.float32)[None, :]
    small += chance.normal(0, float(chance.uniform(1, 6)), small.shape)
    crop = np.repeat(np.clip(small, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)
    _, packed = cv2.imencode(".jpg", crop, [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(60, 95))])
    return as_image(np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR))), [c / sheet.width for c in centres]
