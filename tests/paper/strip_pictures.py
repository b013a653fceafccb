"""Renews docs/pictures of strips and tally from what a receipt printer really got: ``python tests/paper/strip_pictures.py``."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
import sample_papers
import sample_tally
from PIL import Image as Pictures
from PySide6.QtGui import QGuiApplication
from receipt_printer import ReceiptPrinter, on_a_port

from kiosk.paper.canvas import Page
from kiosk.paper.code import code_text
from kiosk.paper.press import Press, PrinterChoice
from kiosk.paper.printers import settle
from kiosk.paper.render import lay_out_sheets
from kiosk.paper.sizes import Sheet
from kiosk.paper.tally_layout import lay_out_tally

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
_GROUND = 205


def printed(lay_out: Callable[[Sheet], Sequence[Page]], sheet: Sheet) -> np.ndarray:
    """The first strip that came out; True is ink."""
    printer = ReceiptPrinter()
    with tempfile.TemporaryDirectory() as folder, on_a_port(printer) as uri:
        press = Press(PrinterChoice(uri, sheet.value), Path(folder))
        path = Path(folder) / "drawn"
        press.draw(lay_out, "strip", path)
        wait = threading.Event().wait
        settle(press, press.submit(path, "strip"), timeout_s=60, clock=time.monotonic, pause=wait, every_s=0.02)
    return printer.strips[0]


def beside(strips: Sequence[np.ndarray]) -> Pictures.Image:
    """Strips on a grey table, with the blank edges of their rolls."""
    edge, gap = 24, 40
    sheets = [np.where(np.pad(strip, ((0, 0), (edge, edge))), 0, 255).astype(np.uint8) for strip in strips]
    height = max(sheet.shape[0] for sheet in sheets) + 2 * gap
    table = np.full((height, sum(sheet.shape[1] + gap for sheet in sheets) + gap), _GROUND, np.uint8)
    x = gap
    for sheet in sheets:
        table[gap : gap + sheet.shape[0], x : x + sheet.shape[1]] = sheet
        x += sheet.shape[1] + gap
    return Pictures.fromarray(table)


def main() -> None:
    application = QGuiApplication(["strips"])
    signer = sample_papers.desk_signer()

    def of(paper) -> Callable[[Sheet], Sequence[Page]]:
        return lambda sheet: lay_out_sheets(paper, code_text(paper, signer), sheet)

    receipt, slip = of(sample_papers.receipt()), of(sample_papers.slip())
    papers = beside([printed(receipt, Sheet.ROLL_80), printed(slip, Sheet.ROLL_58)])
    papers.resize((papers.width * 2 // 3, papers.height * 2 // 3), Pictures.Resampling.BOX).save(
        FOLDER / "strips.png", optimize=True
    )
    differs = sample_tally.tally(verdict="有 2 处要看", differences=sample_tally.DIFFERENCES)
    tallies = beside(
        [printed(partial(lay_out_tally, tally), Sheet.ROLL_80) for tally in (sample_tally.tally(), differs)]
    )
    tallies.resize((tallies.width // 2, tallies.height // 2), Pictures.Resampling.BOX).save(
        FOLDER / "tally-strips.png", optimize=True
    )
    del application


if __name__ == "__main__":
    main()
