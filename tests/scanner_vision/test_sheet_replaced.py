"""One form after another that looks just like it: the second is captured too, and the first never twice."""

from __future__ import annotations

import numpy as np

from scanner.live.logic import CaptureLogic, Observation
from scanner.live.types import LiveState
from scanner.types import Quad

FPS = 30


def quad(x: float = 100, y: float = 100) -> Quad:
    return np.array([[x, y], [x + 800, y], [x + 800, y + 600], [x, y + 600]], dtype=np.float32)


class Desk:
    """Frames at 30 a second; every sheet looks the same to the thumbnail, the bare desk does not."""

    def __init__(self) -> None:
        self.logic = CaptureLogic()
        self.at_s = 0.0
        self.captures = 0

    def show(self, corners: Quad | None, seconds: float, *, bare: bool | None = None) -> None:
        for _ in range(round(seconds * FPS)):
            self.at_s += 1 / FPS
            step = self.logic.see(
                Observation(self.at_s, corners, frozenset, lambda: corners is None and bare is not False, lambda: bare)
            )
            if step.capture:
                self.captures += 1
                self.logic.burst_done(good=True)


def test_a_sheet_that_stays_is_captured_once() -> None:
    desk = Desk()
    desk.show(quad(), 5)
    assert desk.captures == 1


def test_a_quick_exchange_for_a_sheet_that_looks_alike_is_noticed() -> None:
    desk = Desk()
    desk.show(quad(), 2)
    desk.show(None, 0.35, bare=True)
    desk.show(quad(150, 400), 0.3)  # the next one slides in
    desk.show(quad(105, 98), 2)
    assert desk.captures == 2


def test_a_hand_over_the_sheet_is_no_exchange_however_long_it_lies_there() -> None:
    desk = Desk()
    for seconds in (0.4, 5):
        desk.show(quad(), 2)
        desk.show(None, seconds, bare=False)
        desk.show(quad(), 3)
    assert desk.captures == 1


def test_where_nobody_has_seen_the_desk_a_sheet_that_is_away_for_long_is_taken_for_gone() -> None:
    desk = Desk()
    desk.show(quad(), 2)
    desk.show(None, 0.8)
    desk.show(quad(), 2)
    assert desk.captures == 2


def test_a_sheet_that_slides_aside_is_no_exchange() -> None:
    desk = Desk()
    desk.show(quad(), 2)
    for step in range(60):
        desk.show(quad(100 + 6 * step, 100), 1 / FPS)
    desk.show(quad(460, 100), 3)
    assert desk.captures == 1
    assert desk.logic.state is LiveState.CAPTURED
