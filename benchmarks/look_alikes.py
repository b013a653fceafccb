"""How surely the default recogniser takes one character for another: writes `scanner/judge/data/look_alikes.txt`.

    python -m benchmarks.look_alikes

Printed, one by one: the rare characters that are in use (extension A, and what the Noto CJK fonts have of the later
extensions), in the recogniser's dictionary or not, and the characters of GB 2312; the rare ones that people are named with
in every face there is. What is read there instead, with at least LEAST certainty, is written down with the greatest
certainty seen. Left out: an everyday character read where one of extension A or B is printed that nobody is known to be
named with, for every everyday character has such a twin, and a name would never be settled. Some minutes on one core.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture
from PIL import ImageDraw

from benchmarks.name_pictures import FACES, RARE, face_font
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
SOFT_BLUR = 0.7  # pixels of the small print
EXTENSION_A, LATER_THAN_B, LATER = range(0x3400, 0x4DC0), 0x2A700, (range(0x20000, 0x2EE60), range(0x30000, 0x323B0))
View = tuple[str, float]  # face; pixels of soft print, 0 for clean print
VIEWS: tuple[View, ...] = (("sans", 0), ("serif", 17))
NAME_VIEWS: tuple[View, ...] = tuple((face, pixels) for face in FACES for pixels in (0, 14, 18, 26))
SURE = 0.95  # two characters of GB 2312 are only kept as a pair if one was read this surely for the other


def main() -> int:
    printed = [*rare_in_use(), *of_gb2312()]
    named = [c for c in rare_in_use() if of_names(c)]
    tasks = [(printed, view) for view in VIEWS] + [(named, view) for view in NAME_VIEWS]
    seen: dict[tuple[str, str], float] = {}
    with ProcessPoolExecutor(2) as workers:
        for found in workers.map(confusions, *zip(*tasks, strict=True)):
            for right, read, certainty in found:
                if likely(right, read, certainty):
                    seen[read, right] = max(certainty, seen.get((read, right), 0.0))
    lines = [f"{read} {right} {certainty:.3f}" for (read, right), certainty in sorted(seen.items())]
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(
        f"{len(printed)} characters printed; {len(lines)} pairs, {len({line[0] for line in lines})} readings in doubt"
    )
    return 0


def of_names(character: str) -> bool:
    """Listed as a name character, or of the extensions that later standards took up for names (C and after)."""
    return character in RARE or ord(character) >= LATER_THAN_B


def likely(right: str, read: str, certainty: float) -> bool:
    if everyday(right):
        return certainty >= SURE
    return of_names(right) or not everyday(read)


def everyday(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def rare_in_use() -> Iterator[str]:
    sans = fonts.font("sans", 32)
    yield from map(chr, EXTENSION_A)
    for block in LATER:
        yield from (c for c in map(chr, block) if fonts._draws(sans, c))


def of_gb2312() -> Iterator[str]:
    yield from (c for c in map(chr, range(0x4E00, 0xA000)) if everyday(c))


def confusions(characters: Sequence[str], view: View) -> list[tuple[str, str, float]]:
    """(printed, read instead, certainty) for the characters that are read as another with at least LEAST certainty."""
    recogniser = RapidRecogniser(threads=1)
    pairs: list[tuple[str, str, float]] = []
    for start in range(0, len(characters), ON_A_LINE):
        row = characters[start : start + ON_A_LINE]
        (reading,) = recogniser.recognise([line_of(row, view)])
        probabilities = reading.probabilities
        assert probabilities is not None
        step = probabilities.steps / len(row)
        for place, printed in enumerate(row):
            first = round(place * step)
            highest = probabilities.columns[first : max(round((place + 1) * step), first + 1)].max(axis=0)
            best = int(highest.argmax())
            read = probabilities.characters[best]
            if highest[best] >= LEAST and read != printed and ord(read) >= EXTENSION_A.start:
                pairs.append((printed, read, float(highest[best])))
    return pairs


def line_of(characters: Sequence[str], view: View) -> Image:
    face, pixels = view
    picture = Picture.new("L", (CELL * len(characters), HEIGHT), 255)
    pen = ImageDraw.Draw(picture)
    for place, character in enumerate(characters):
        pen.text(
            (CELL * place + CELL / 2, HEIGHT / 2), character, font=face_font(face, EM, character), fill=20, anchor="mm"
        )
    grey: NDArray[np.uint8] = np.asarray(picture, np.uint8)
    if pixels:
        small = cv2.resize(grey, None, fx=pixels / EM, fy=pixels / EM, interpolation=cv2.INTER_AREA)
        small = cv2.GaussianBlur(small, (0, 0), SOFT_BLUR)
        grey = as_image(cv2.resize(small, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_CUBIC))
    return as_image(np.repeat(grey[:, :, None], 3, axis=2))


if __name__ == "__main__":
    sys.exit(main())
