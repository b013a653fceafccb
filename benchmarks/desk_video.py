"""A minute at the desk as a video file: sheets laid down, turned, exchanged, held, a hand passing over, codes, an empty desk.

What ought to happen is known from the script: when each sheet comes to rest, and that it is to be captured once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from practice.camera.desk import ARRIVES_S, TURNS_S, PracticeDesk
from practice.camera.source import PracticeSource
from practice.paper import Paper
from practice.world import papers
from scanner.types import Image

FPS = 30
FRAME = (1280, 720)


@dataclass(frozen=True)
class Laid:
    """One sheet of the script: it rests from ``rests_s`` (seconds of the video) until ``gone_s`` and is to be captured once."""

    name: str
    rests_s: float
    gone_s: float
    code: str | None = None  # the text of its code


@dataclass(frozen=True)
class DeskVideo:
    path: Path
    seconds: float
    sheets: tuple[Laid, ...]


class _Script:
    """Plays acts on a practice desk against a clock of its own and writes what its camera sees."""

    def __init__(self, path: Path, severity: str, size: tuple[int, int]) -> None:
        self.now = 0.0
        self._severity = severity
        self._desk = PracticeDesk(seed=5, clock=self._clock)
        self._source = PracticeSource(self._desk, size, FPS, clock=self._clock, sleep=self._sleep)
        self._writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), FPS, size)
        self._frames = 0
        self._open: tuple[str, float, str | None] | None = None
        self.sheets: list[Laid] = []
        self._source.open()

    def lay(self, paper: Paper, seconds: float, *, name: str, held: bool = False, code: str | None = None) -> None:
        self._over()
        self._desk.lay(paper, severity=self._severity, seed=len(self.sheets), held=held)
        self._open = (name, self.now + ARRIVES_S, code)
        self.wait(seconds)

    def turn(self, degrees: int, seconds: float) -> None:
        self._desk.turn(degrees)
        self.wait(TURNS_S + seconds)

    def take_away(self, seconds: float) -> None:
        self._over()
        self._desk.take_away()
        self.wait(seconds)

    def wait(self, seconds: float, over: Callable[[Image, float], None] | None = None) -> None:
        """Let time pass; ``over`` draws on each picture, given the share of the time that is over."""
        count = round(seconds * FPS)
        for step in range(count):
            frame = self._source.read()
            assert frame is not None
            if over is not None:
                over(frame.image, step / count)
            self._writer.write(frame.image)
            self._frames += 1

    def end(self) -> float:
        self._over()
        self._writer.release()
        return self._frames / FPS

    def _over(self) -> None:
        if self._open is not None:
            name, rests_s, code = self._open
            self.sheets.append(Laid(name, rests_s, self.now, code))
            self._open = None

    def _clock(self) -> float:
        return self.now

    def _sleep(self, seconds: float) -> None:
        self.now += seconds


def make(path: Path, severity: str = "good", size: tuple[int, int] = FRAME) -> DeskVideo:
    """Writes the minute to ``path`` (.avi, Motion JPEG as webcams send it)."""
    form, other_form, third_form = (_page(family, "G01") for family in ("F01", "F04", "F06"))
    front, back = _page("F01", "A03"), _page("F01", "A03", "back")
    father, mother = _page("F01", "A01", "member_father"), _page("F01", "A01", "member_mother")
    birth, slip = _page("F01", "A04"), _page("F01", "SLIP")
    script = _Script(path, severity, size)
    script.wait(2.0)
    script.lay(form, 4.0, name="form", code=form.application_no)
    script.turn(180, 3.0)  # the same sheet, moved: no second capture
    script.take_away(2.0)
    script.lay(front, 3.5, name="card")
    script.lay(back, 3.5, name="card, back: exchanged at once")
    script.take_away(0.6)
    script.lay(form, 3.5, name="form again")
    script.take_away(0.6)
    script.lay(other_form, 3.5, name="look-alike form, after a short gap")
    script.lay(third_form, 3.5, name="look-alike form, exchanged at once")
    script.take_away(4.0)
    script.lay(father, 3.0, name="register page")
    script.wait(1.2, _hand)  # passes over the sheet that is captured already
    script.wait(2.0)
    script.lay(mother, 3.5, name="register page that differs by a name and numbers, exchanged at once")
    script.take_away(1.5)
    script.lay(birth, 4.0, name="birth certificate, held", held=True)
    script.take_away(1.5)
    script.lay(slip, 3.5, name="slip", code=f"YH1:{slip.application_no}")
    script.take_away(5.0)
    seconds = script.end()
    return DeskVideo(path, seconds, tuple(script.sheets))


def _page(family: str, material: str, page: str | None = None) -> Paper:
    return next(p for p in papers(family) if p.material == material and page in (None, p.page))


def _hand(picture: Image, share: float) -> None:
    """An arm from the right edge to the middle of the picture and back."""
    height, width = picture.shape[:2]
    reach = 1.0 - 0.65 * float(np.sin(np.pi * share))
    tip = (int(width * reach), int(height * 0.45))
    cv2.line(picture, tip, (int(width * 1.1), int(height * 0.8)), (128, 152, 196), height // 7, cv2.LINE_AA)
