"""Which Han characters look alike? Writes ``scanner/judge/data/visual_twins.txt``; run again only for other fonts or a larger set.

Every character of GB 2312 (the 6 763 that names and addresses are mostly made of) is drawn in a sans and a serif face, blurred as a
webcam blurs small print, and compared with all others: the correlation of two such pictures is how easily one is taken for the
other. Nothing here depends on a recogniser.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
)
SIMPLIFIED = 2  # the face within those collections
DRAWN_PX, BLUR_PX, COMPARED_PX = 40, 2.0, 24
ALIKE = 0.84  # mean correlation of the faces from which one may be taken for the other
MOST = 8
OUT = Path(__file__).parent.parent / "scanner" / "judge" / "data" / "visual_twins.txt"
HEAD = "# A character and those it is easily taken for, most alike first; made by training/visual_twins.py\n"


def characters() -> list[str]:
    """The Han characters of GB 2312 in its order."""
    found: list[str] = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def pictures(han: list[str], font_file: str) -> NDArray[np.float32]:
    """One unit vector a character, its blurred picture without the mean."""
    font = ImageFont.truetype(font_file, DRAWN_PX, index=SIMPLIFIED)
    rows: list[NDArray[np.float32]] = []
    for character in han:
        picture = Image.new("L", (DRAWN_PX + 8, DRAWN_PX + 8), 0)
        ImageDraw.Draw(picture).text((4, -6), character, font=font, fill=255)
        blurred = cv2.GaussianBlur(np.asarray(picture, np.float32), (0, 0), BLUR_PX)
        small = cv2.resize(blurred, (COMPARED_PX, COMPARED_PX), interpolation=cv2.INTER_AREA).ravel()
        small -= small.mean()
        rows.append((small / np.linalg.norm(small)).astype(np.float32))
    return np.stack(rows)


def main() -> int:
    han = characters()
    likeness = np.mean([p @ p.T for p in (pictures(han, font) for font in FONTS)], axis=0)
    np.fill_diagonal(likeness, 0.0)
    lines = [HEAD]
    for index, character in enumerate(han):
        order = np.argsort(-likeness[index])[:MOST]
        twins = "".join(han[i] for i in order if likeness[index, i] >= ALIKE)
        if twins:
            lines.append(f"{character} {twins}\n")
    OUT.write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines) - 1} of {len(han)} characters have twins")
    return 0


if __name__ == "__main__":
    sys.exit(main())
