"""The check of the family's window over a whole run: what the app painted, and what a recording of the screen shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from benchmarks.visit.recording import Recording, changed_frames
from benchmarks.visit.strangers import Complaint, at_desk, complaints, families_in
from benchmarks.visit.visits import Visit
from practice.world import families
from scanner.text import create_recogniser
from scanner.text.crops import cut
from scanner.types import Image
from ui.tokens import FONT_FAMILIES

_SLACK_S = 0.3  # between the person's clock and the frames of the recording
Read = Callable[[Image], list[str]]


@dataclass
class Outcome:
    """``named``: texts or frames in which the family at the desk was recognised, of ``during`` in which it was at the desk."""

    seen: int = 0
    during: int = 0
    named: int = 0
    wrong: list[tuple[float, Complaint]] = field(default_factory=list)


def painted(report: dict[str, Any], visits: Sequence[Visit]) -> Outcome:
    """Every text the window painted, as the app noted it: exact."""
    return _judge(((p["at"], p["texts"]) for p in report["painted"]), visits)


def filmed(recording: Recording, visits: Sequence[Visit], read: Read) -> Outcome:
    """Every frame of the recording that differs from the one before, read as a camera would read paper."""
    return _judge(((at, read(image)) for at, image in changed_frames(recording)), visits)


def _judge(moments: Any, visits: Sequence[Visit]) -> Outcome:
    outcome = Outcome()
    for at, texts in moments:
        outcome.seen += 1
        here = at_desk(visits, at, _SLACK_S)
        # at the change of two families either may still be meant, but never both in one picture
        wrong = min((complaints(texts, family) for family in here or {""}), key=len)
        outcome.wrong += [(at, complaint) for complaint in wrong]
        if here and (shown := families_in(texts)):
            outcome.named += any(ids & here for ids in shown)
        outcome.during += bool(here) and any("材料" in text and "核" not in text for text in texts)
    return outcome


def screen_reader() -> Read:
    """Reads a picture of a screen line by line with the desk's own recogniser; the same picture again costs nothing."""
    recogniser = create_recogniser(threads=1)
    known: dict[bytes, list[str]] = {}

    def read(image: Image) -> list[str]:
        picture = sha256(image.tobytes()).digest()
        if picture not in known:
            boxes = recogniser.detect_lines(image)
            lines = recogniser.recognise([cut(image, box) for box in boxes]) if boxes else []
            known[picture] = [line.printed for line in lines]
        return known[picture]

    return read


def caught(read: Read, sizes: Sequence[int] = (15, 22, 34)) -> tuple[int, int]:
    """How strong the check of pictures is: slips put on a screen on purpose (a child's whole name, a resident number, a part of an
    address, another family's masked name) at the sizes of the window's type; (found, shown)."""
    found = shown = 0
    for family in families():
        child = family.applications[0]["child"]
        values = [v for v in (child["name"] if len(child["name"]) > 1 else "", child.get("id_no", "")) if v]
        for value in values:
            for size in sizes:
                shown += 1
                found += bool(complaints(read(_screen(f"{value} 的材料", size)), ""))
    return found, shown


def _screen(text: str, size: int) -> Image:
    image = QImage(720, 90, QImage.Format.Format_BGR888)
    image.fill(QColor("#ffffff"))
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPixelSize(size)
    font.setBold(True)
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(QColor("#16202c"))
    painter.drawText(QRect(20, 0, 680, 90), int(Qt.AlignmentFlag.AlignVCenter), text)
    painter.end()
    stride = image.bytesPerLine()
    return np.frombuffer(image.constBits(), np.uint8).reshape(90, stride)[:, : 720 * 3].reshape(90, 720, 3).copy()
