"""Pictures of every paper on every sheet, kept small and grey, and how alike two of them must be.

Renew them after a wanted change, and look at what changed before keeping it: ``python tests/paper/golden_pictures.py [NAME …]``.

Two machines with the same fonts draw the same letters a shade lighter or darker, never elsewhere. So pictures are compared as shades of squares of
``CELL_MM``: the edges of letters weigh little there, a line that is missing or has moved by its own height weighs much.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
import sample_papers
import sample_tally
from paper_variants import many_reasons
from PIL import Image as Pictures
from PySide6.QtGui import QImage

from kiosk.paper.canvas import Page
from kiosk.paper.code import code_text
from kiosk.paper.model import PaperKind
from kiosk.paper.output import picture
from kiosk.paper.render import lay_out_sheets
from kiosk.paper.sizes import Sheet
from kiosk.paper.tally_layout import lay_out_tally

FOLDER = Path(__file__).parent / "golden"
DPI = 50.8  # two dots a millimetre
CELL_MM = 2
TOLERANCE = 0.072
"""Largest difference of any square's shade (0 white … 1 black). Measured: the same page against its kept picture 0.028, letters moved by a
twentieth of a millimetre 0.061, the smallest line of words missing 0.125, a frame or rule of a strip missing 0.075. The hair lines of A4 and
A5 pages (0.011) are too thin for it; the tests of the layout know them."""


def layouts() -> dict[str, Callable[[Sheet], Sequence[Page]]]:
    """Every paper by name, as a function of the sheet."""
    signer = sample_papers.desk_signer()
    receipt, slip = sample_papers.receipt(), sample_papers.slip()
    papers = {
        "receipt": receipt,
        "slip": slip,
        "referral": replace(slip, kind=PaperKind.REFER, reasons=many_reasons(1), category=""),
        "slip-reprint": replace(slip, copy_no=2),
        "receipt-practice": replace(receipt, practice=True),
        "receipt-english": sample_papers.receipt(language="en"),
    }
    return {
        **{name: lambda sheet, paper=paper: lay_out_sheets(paper, code_text(paper, signer), sheet) for name, paper in papers.items()},
        "tally": lambda sheet: lay_out_tally(sample_tally.tally(), sheet),
        "tally-differs": lambda sheet: lay_out_tally(
            sample_tally.tally(verdict="有 2 处要看", differences=sample_tally.DIFFERENCES), sheet
        ),
    }  # fmt: skip


def grey(page: Page) -> np.ndarray:
    """Shades of a page, ``DPI`` dots an inch, rows × columns, 0 black … 255 white."""
    image = picture(page, DPI * 4).convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return np.asarray(
        Pictures.fromarray(rows[:, : image.width()]).resize(
            (round(image.width() / 4), round(image.height() / 4)), Pictures.Resampling.BOX
        )
    )


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """The largest difference of shade over all squares, 1 for pictures of different sizes."""
    if one.shape != other.shape:
        return 1.0
    return float(np.abs(_squares(one) - _squares(other)).max(initial=0.0))


def _squares(shades: np.ndarray) -> np.ndarray:
    size = round(CELL_MM * DPI / 25.4)
    height, width = (length // size * size for length in shades.shape)
    cut = 1 - shades[:height, :width].astype(np.float64) / 255
    return cut.reshape(height // size, size, width // size, size).mean(axis=(1, 3))


def path_of(name: str, sheet: Sheet, number: int) -> Path:
    return FOLDER / f"{name}-{sheet.value}-{number}.png"


def kept(path: Path) -> np.ndarray:
    with Pictures.open(path) as file:
        return np.asarray(file.convert("L"))


def renew(names: Sequence[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, lay_out in layouts().items():
        if names and name not in names:
            continue
        for sheet in Sheet:
            for old in FOLDER.glob(f"{name}-{sheet.value}-*.png"):
                old.unlink()
            for number, page in enumerate(lay_out(sheet), start=1):
                path = path_of(name, sheet, number)
                # sixteen greys: a third of the size, and far finer than the tolerance
                coarse = (np.round(grey(page) / 17.0) * 17).astype(np.uint8)
                Pictures.fromarray(coarse).save(path, optimize=True)
                sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication(["golden"])
    renew(sys.argv[1:])
