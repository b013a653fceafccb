"""Codes on a photographed, scanned or saved paper: the texts in a picture or PDF file."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from scanner import barcodes, codec
from scanner.types import Image

_DPI = 200  # a module of 0.8 mm becomes 6 pixels
_MOST_PAGES = 20  # far beyond any paper of ours; a book is not one
_LARGEST_FILE = 64 * 1024 * 1024
_PAGE_TIMEOUT_S = 30


class UnusableFile(ValueError):
    """No picture can be had from the file. ``why`` is the last part of a key under ``paper.verify.unusable``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def codes_in_file(path: Path) -> tuple[str, ...]:
    """The texts of all codes in the file, each once, in reading order. Raises UnusableFile."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise UnusableFile("too_large")
        data = path.read_bytes()
    except OSError as error:
        raise UnusableFile("unreadable") from error
    pages = _pdf_pages(data) if data.startswith(b"%PDF-") else iter([_picture(data)])
    return tuple(dict.fromkeys(code.text for page in pages for code in barcodes.decode(page)))


def _picture(data: bytes) -> Image:
    picture = codec.from_bytes(data)
    if picture is None:
        raise UnusableFile("no_picture")
    return picture


def _pdf_pages(data: bytes) -> Iterator[Image]:
    """Pages as pictures, through pipes alone: nothing of a family's paper is left in a temporary file."""
    program = shutil.which("pdftoppm")
    if program is None:
        raise UnusableFile("no_pdf_reader")
    for number in range(1, _MOST_PAGES + 1):
        command = [program, "-r", str(_DPI), "-f", str(number), "-l", str(number), "-png", "-"]
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=_PAGE_TIMEOUT_S, check=False)
        except subprocess.TimeoutExpired as error:
            raise UnusableFile("no_picture") from error
        if done.returncode or not done.stdout:  # also: there is no such page any more
            if number == 1:
                raise UnusableFile("no_picture")
            return
        yield _picture(done.stdout)
