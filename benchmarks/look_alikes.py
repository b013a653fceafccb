"""How surely the default recogniser takes one character for another: writes `scanner/judge/data/look_alikes.txt`.

    python -m benchmarks.look_alikes

Printed, one by one: the characters outside the recogniser's dictionary that are in use (extension A, and what the Noto CJK
fonts have of the later extensions: the standard's own and those of the other regions), and the characters of GB 2312. Each
is drawn clean in a sans face and, soft as from a photograph of small print, in a serif one. What is read there instead, with
at least LEAST certainty, is written down with the greatest certainty seen. Some minutes on one core.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from practice.specimens import fonts
from scanner.imaging import as_image
from scanner.text.rapid import RapidRecogniser
from scanner.types import Image

FILE = Path(__file__).parent.parent / "scanner" / "judge" / "data" / "look_alikes.txt"
HEAD = (
    "# What the default recogniser (PP-OCRv6 small) reads, what was printed there, and how sure it was.\n"
    "# Made by `python -m benchmarks.look_alikes`; not edited by hand.\n"
)
LEAST = 0.4  # certainty of the wrong character at one step of the line
CELL, EM, HEIGHT = 56, 40, 48  # pixels: one character's room on the line, its size, the line's height
ON_A_LINE = 20
SOFT_SCALE, SOFT_BLUR = 0.42, 0.7  # small print (17 pixels) a little out of focus
EXTENSION_A, LATER = range(0x3400, 0x4DC0), (range(0x20000, 0x2EE60), range(0x30000, 0x323B0))
VIEWS = (("sans", False), ("serif", True))  # face, soft


def main() -> int:
    recogniser = RapidRecogniser(threads=1)
    printed = [*(c for c in rare_in_use() if c not in recogniser.dictionary), *of_gb2312()]
    seen: dict[tuple[str, str], float] = {}
    for face, soft in VIEWS:
        for right, read, certainty in confusions(recogniser, printed, face, soft=soft):
            seen[read, right] = max(certainty, seen.get((read, right), 0.0))
    lines = [f"{read} {right} {certainty:.3f}" for (read, right), certainty in sorted(seen.items())]
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(
        f"{len(printed)} characters printed; {len(lines)} pairs, {len({line[0] for line in lines})} readings in doubt"
    )
    return 0


def rare_in_use() -> Iterator[str]:
    sans = fonts.font("sans", 32)
    yield from map(chr, EXTENSION_A)
    for block in LATER:
        yield from (c for c in map(chr, block) if fonts._draws(sans, c))


def of_gb2312() -> Iterator[str]:
    for code in range(0x4E00, 0xA000):
        try:
            chr(code).encode("gb2312")
        except UnicodeEncodeError:
            continue
        yield chr(code)


def confusions(
    recogniser: RapidRecogniser, characters: Sequence[str], face: str, *, soft: bool
) -> Iterator[tuple[str, str, float]]:
    """(printed, read instead, certainty) for the characters that are read as another with at least LEAST certainty."""
    for start in range(0, len(characters), ON_A_LINE):
        row = characters[start : start + ON_A_LINE]
        (reading,) = recogniser.recognise([line_of(row, face, soft=soft)])
        probabilities = reading.probabilities
        assert probabilities is not None
        step = probabilities.steps / len(row)
        for place, printed in enumerate(row):
            first = round(place * step)
            highest = probabilities.columns[first : max(round((place + 1) * step), first + 1)].max(axis=0)
            best = int(highest.argmax())
            read = probabilities.characters[best]
            if highest[best] >= LEAST and read != printed and ord(read) >= EXTENSION_A.start:
                yield printed, read, float(highest[best])


def line_of(characters: Sequence[str], face: str, *, soft: bool) -> Image:
    picture = Picture.new("L", (CELL * len(characters), HEIGHT), 255)
    pen = ImageDraw.Draw(picture)
    for place, character in enumerate(characters):
        pen.text((CELL * place + CELL / 2, HEIGHT / 2), character, font=_font(face, character), fill=20, anchor="mm")
    grey: NDArray[np.uint8] = np.asarray(picture, np.uint8)
    if soft:
        small = cv2.resize(grey, None, fx=SOFT_SCALE, fy=SOFT_SCALE, interpolation=cv2.INTER_AREA)
        small = cv2.GaussianBlur(small, (0, 0), SOFT_BLUR)
        grey = as_image(cv2.resize(small, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_CUBIC))
    return as_image(np.repeat(grey[:, :, None], 3, axis=2))


def _font(face: str, character: str) -> ImageFont.FreeTypeFont:
    return fonts.font_for(face, EM, character)


if __name__ == "__main__":
    sys.exit(main())
