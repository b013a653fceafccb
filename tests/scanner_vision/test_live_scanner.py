"""The live scanner over scripted cameras whose time is the script's own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

import cv2
import numpy as np
import pytest
from desk_pictures import LEVEL, TURNED, desk, laid, page

from scanner.barcodes import Decoder
from scanner.geometry import as_quad, overlap
from scanner.live import CameraState, Capture, LiveScanner, LiveState
from scanner.live.signature import same_sheet, signature
from scanner.sources import FrameSource, SourceError
from scanner.types import Barcode, Frame, Image

cv2.setNumThreads(1)
_FPS = 10.0
_DESK = desk(1)
_SHEET = laid(_DESK, page(1), LEVEL)
_OTHER = laid(_DESK, page(2), LEVEL)


class Script:
    """A frame source that plays ``scenes`` (picture or trouble, seconds); its clock goes on by one frame with each read."""

    def __init__(self, scenes: Iterable[tuple[Image | Exception | Callable[[], None] | None, float]]) -> None:
        self._scenes = [(what, round(seconds * _FPS)) for what, seconds in scenes]
        self.now = 0.0
        self.opened = 0
        self.closed = 0
        self._index = 0
        self._random = np.random.default_rng(1)
        self._noise = [self._random.integers(-2, 3, (720, 1280, 1), dtype=np.int16) for _ in range(3)]

    name = "script"

    def clock(self) -> float:
        return self.now

    def open(self) -> None:
        self.opened += 1

    def close(self) -> None:
        self.closed += 1

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        self.now += 1 / _FPS
        while self._scenes and self._scenes[0][1] <= 0:
            self._scenes.pop(0)
        if not self._scenes:
            raise EOFError("script")
        what, left = self._scenes[0]
        self._scenes[0] = (what, left - 1)
        if isinstance(what, Exception):
            raise what
        if what is None:
            return None
        if callable(what):
            what()
            return self.read(timeout_s)
        self._index += 1
        noisy = np.clip(what + self._noise[self._index % 3], 0, 255).astype(np.uint8)
        return Frame(noisy, self.now, self._index)


class NoCodes:
    name = "none"

    def decode(self, image: Image) -> tuple[Barcode, ...]:
        return ()


class Watched:
    """A scanner run to the end of its script; everything it told is kept."""

    def __init__(self, source: Script, decoder: Decoder | None = None) -> None:
        self.captures: list[Capture] = []
        self.captured_at: list[float] = []  # seconds of the script
        self.codes: list[Barcode] = []
        self.states: list[CameraState] = []
        self.ended = threading.Event()
        self.coded = threading.Event()
        self.source: FrameSource = source
        self._clock = source.clock
        self.scanner = LiveScanner(
            source,
            on_capture=self._capture,
            on_codes=self._code,
            on_state=self._state,
            clock=source.clock,
            decoder=decoder or NoCodes(),
        )

    def _capture(self, capture: Capture) -> None:
        self.captures.append(capture)
        self.captured_at.append(self._clock())

    def _state(self, state: CameraState) -> None:
        self.states.append(state)
        if state is CameraState.ENDED:
            self.ended.set()

    def _code(self, codes: tuple[Barcode, ...]) -> None:
        self.codes.extend(codes)
        self.coded.set()

    def run(self) -> Watched:
        self.scanner.start()
        assert self.ended.wait(60)
        self.scanner.stop()
        return self


def test_each_sheet_is_captured_once_with_its_corners_best_frame_first() -> None:
    watched = Watched(Script([(_DESK, 0.5), (_SHEET, 3), (_DESK, 1), (_OTHER, 2)])).run()
    assert len(watched.captures) == 2
    first = watched.captures[0]
    assert 3 <= len(first.frames) <= 5
    assert not first.by_hand
    assert first.corners is not None
    assert overlap(first.corners, as_quad(LEVEL)) > 0.98
    assert watched.states == [CameraState.OPENING, CameraState.LIVE, CameraState.ENDED]


def test_a_page_exchanged_on_the_spot_is_captured_and_a_sheet_that_moved_is_not() -> None:
    moved = laid(_DESK, page(1), TURNED)
    watched = Watched(Script([(_SHEET, 2), (moved, 2), (laid(_DESK, page(2), TURNED), 2)])).run()
    assert len(watched.captures) == 2


def test_a_sheet_is_captured_within_eight_tenths_of_a_second_of_coming_to_rest() -> None:
    script = Script([(_DESK, 1), (_SHEET, 3)])
    watched = Watched(script).run()
    assert len(watched.captured_at) == 1
    assert watched.captured_at[0] - 1.1 <= 0.8  # the first frame with the sheet is the one at 1.1 s


def test_an_arm_that_passes_over_a_captured_sheet_takes_no_second_picture() -> None:
    arms = []
    for reach in (1100, 800, 500, 500, 800, 1100):
        picture = _SHEET.copy()
        cv2.line(picture, (reach, 330), (1400, 600), (128, 152, 196), 110, cv2.LINE_AA)
        arms.append((picture, 0.3))
    watched = Watched(Script([(_DESK, 1), (_SHEET, 2), *arms, (_SHEET, 3)])).run()
    assert len(watched.captures) == 1


def test_the_same_sheet_laid_down_again_is_captured_again() -> None:
    watched = Watched(Script([(_DESK, 1.5), (_SHEET, 2), (_DESK, 1), (_SHEET, 2)])).run()
    assert len(watched.captures) == 2


def test_pictures_that_are_none_cost_themselves_alone() -> None:
    odd = [np.zeros((0, 3, 3), np.uint8), np.zeros((720, 1280), np.uint8), np.zeros((9, 9, 3), np.uint8)]
    watched = Watched(Script([(_DESK, 0.5), (_SHEET, 2)]))
    read = watched.source.read
    left = list(odd)

    def sometimes(timeout_s: float = 1.0) -> Frame | None:
        frame = read(timeout_s)
        return Frame(left.pop(), frame.at_s, frame.index) if frame is not None and left else frame

    watched.source.read = sometimes  # type: ignore[method-assign]
    assert len(watched.run().captures) == 1


def test_the_shutter_takes_what_there_is_even_an_empty_desk() -> None:
    watched: Watched
    script = Script([(_DESK, 1), (lambda: watched.scanner.shoot(), 0.1), (_DESK, 1)])
    watched = Watched(script)
    watched.run()
    (capture,) = watched.captures
    assert capture.by_hand
    assert capture.corners is None


def test_while_paused_nothing_is_taken_and_the_picture_goes_on() -> None:
    seen: list[LiveState] = []
    watched: Watched

    def look() -> None:
        preview = watched.scanner.preview()
        assert preview is not None
        seen.append(preview.state)

    script = Script([(_SHEET, 0.1), (look, 0.1), (_SHEET, 1.5), (look, 0.1)])
    watched = Watched(script)
    watched.scanner.pause()
    watched.run()
    assert seen == [LiveState.STOPPED] * 2
    assert watched.captures == []


def test_a_lost_camera_is_told_and_opened_again() -> None:
    script = Script([(_DESK, 0.3), (SourceError("lost"), 0.1), (_DESK, 0.3), (None, 2), (_DESK, 0.2)])
    watched = Watched(script).run()
    assert watched.states == [
        CameraState.OPENING,
        CameraState.LIVE,
        CameraState.LOST,
        CameraState.LIVE,
        CameraState.STALLED,
        CameraState.LIVE,
        CameraState.ENDED,
    ]
    assert script.opened == 2
    assert script.closed >= 2
    assert watched.scanner.preview() is None


def test_codes_are_told_from_their_own_thread() -> None:
    code = Barcode("QRCode", "YH1:1", ((0, 0), (1, 0), (1, 1), (0, 1)), True, b"YH1:1")

    class OneCode(NoCodes):
        def decode(self, image: Image) -> tuple[Barcode, ...]:
            return (code,)

    watched = Watched(Script([(_DESK, 1)]), OneCode())
    watched.scanner.start()
    assert watched.coded.wait(30)
    watched.scanner.stop()
    assert watched.codes == [code]


def test_stopping_a_scanner_closes_its_camera() -> None:
    script = Script([(_DESK, 1000)])
    watched = Watched(script)
    watched.scanner.start()
    watched.scanner.stop()
    assert script.closed == 1


@pytest.mark.parametrize("turned", range(4))
def test_a_page_is_recognised_in_every_turn_and_told_from_another(turned: int) -> None:
    taken = signature(_SHEET, as_quad(LEVEL))
    again = signature(laid(desk(4), page(1), TURNED), np.roll(as_quad(TURNED), turned, axis=0))
    other = signature(_OTHER, as_quad(LEVEL))
    assert same_sheet(taken, again)
    assert not same_sheet(taken, other)
