"""A camera's states: what leads into each, what ends it, and that a slow machine is not taken for a broken camera."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from scanner.live.doubt import Doubt
from scanner.live.feed import Feed
from scanner.live.types import CameraState
from scanner.sources import SourceError
from scanner.types import Frame, Image

_STEP_S = 0.1
_RANDOM = np.random.default_rng(5)
_DESK: Image = np.full((96, 128, 3), 140, np.uint8)


def _alive() -> Image:
    return _DESK + _RANDOM.integers(0, 4, _DESK.shape, dtype=np.uint8)


def _same() -> Image:
    return _DESK


def _black() -> Image:
    return np.zeros_like(_DESK)


def _white() -> Image:
    return np.full_like(_DESK, 255)


class Camera:
    """A camera that shows ``picture()`` (None: nothing comes), or raises what it is told to. Its time is the test's."""

    name = "camera"

    def __init__(self, *, always_changes: bool = True) -> None:
        self.now = 100.0
        self.frames_always_change = always_changes
        self.picture: Callable[[], Image] | None = _alive
        self.refuses: str = ""
        self.fails: str = ""
        self.opened = 0
        self._index = 0

    def clock(self) -> float:
        return self.now

    def open(self) -> None:
        self.opened += 1
        if self.refuses:
            raise SourceError(self.refuses)

    def close(self) -> None: ...

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        self.now += _STEP_S
        if self.fails:
            raise SourceError(self.fails)
        if self.picture is None:
            return None
        self._index += 1
        return Frame(self.picture(), self.now, self._index)


class Watched:
    def __init__(self, camera: Camera) -> None:
        self.camera = camera
        self.told: list[CameraState] = []
        self.pauses: list[float] = []
        self.frames = 0
        self.feed = Feed(camera, camera.clock, self._pause, self.told.append)

    def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.camera.now += seconds

    def run(self, seconds: float) -> Watched:
        until = self.camera.now + seconds
        while self.camera.now < until:
            self.frames += self.feed.next(0.2) is not None
        return self

    @property
    def state(self) -> CameraState:
        return self.told[-1]


@pytest.fixture
def camera() -> Camera:
    return Camera()


@pytest.fixture
def watched(camera: Camera) -> Watched:
    """Live for a second."""
    return Watched(camera).run(1)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("absent", CameraState.ABSENT),
        ("busy", CameraState.BUSY),
        ("forbidden", CameraState.FORBIDDEN),
        ("unreadable", CameraState.UNREADABLE),
        ("stuck", CameraState.STALLED),
    ],
)
def test_what_cannot_be_opened_is_told_and_tried_again_until_it_can(
    camera: Camera, code: str, state: CameraState
) -> None:
    camera.refuses = code
    watched = Watched(camera).run(30)
    assert watched.told == [CameraState.OPENING, state]  # no flicker of "opening" at each attempt
    assert camera.opened > 4
    camera.refuses = ""
    assert watched.run(10).state is CameraState.LIVE


def test_a_person_who_asks_again_does_not_wait_for_the_next_attempt(camera: Camera) -> None:
    camera.refuses = "busy"
    watched = Watched(camera).run(30)
    camera.refuses = ""
    watched.feed.retry()
    watched.run(0.3)
    assert watched.told[-2:] == [CameraState.OPENING, CameraState.LIVE]


def test_an_unplugged_camera_is_lost_until_it_is_back_and_comes_back_by_itself(watched: Watched) -> None:
    watched.camera.fails, watched.camera.refuses = "lost", "absent"
    watched.run(20)
    assert watched.state is CameraState.LOST  # it was there: it is not called "not found"
    watched.camera.fails = watched.camera.refuses = ""
    assert watched.run(10).state is CameraState.LIVE


def test_a_camera_without_frames_is_stalled_and_then_opened_again(watched: Watched) -> None:
    watched.camera.picture = None
    watched.run(3)
    assert watched.state is CameraState.STALLED
    assert watched.camera.opened == 1
    watched.run(6)
    assert watched.camera.opened >= 2
    watched.camera.picture = _alive
    assert watched.run(10).state is CameraState.LIVE


def test_a_repeated_picture_is_no_news_at_once_and_frozen_after_a_while(watched: Watched) -> None:
    watched.camera.picture = _same
    watched.run(1)
    before = watched.frames
    watched.run(2)
    assert watched.frames == before  # a shot can never take an old picture
    assert watched.state is CameraState.LIVE
    watched.run(2)
    assert watched.state is CameraState.FROZEN
    watched.run(8)
    assert watched.camera.opened >= 2
    watched.camera.picture = _alive
    assert watched.run(12).state is CameraState.LIVE


def test_a_source_that_may_repeat_is_never_frozen() -> None:
    camera = Camera(always_changes=False)
    camera.picture = _same
    watched = Watched(camera).run(20)
    assert watched.state is CameraState.LIVE
    assert watched.frames >= 190


def test_a_covered_lens_is_dark_and_not_frozen_although_all_its_frames_are_alike(watched: Watched) -> None:
    watched.camera.picture = _black
    watched.run(20)
    assert watched.told[-1] is CameraState.DARK
    assert CameraState.FROZEN not in watched.told
    watched.camera.picture = _alive
    assert watched.run(1).state is CameraState.LIVE


def test_a_blinded_camera_is_not_called_frozen(watched: Watched) -> None:
    watched.camera.picture = _white
    assert watched.run(20).state is CameraState.LIVE


def test_a_camera_that_stays_dark_is_opened_again_now_and_then(watched: Watched) -> None:
    watched.camera.picture = _black
    watched.run(40)
    assert watched.camera.opened == 2


@pytest.mark.parametrize("gap_s", [8.0, 3600.0])
def test_a_machine_that_slept_or_was_loaded_raises_no_alarm(watched: Watched, gap_s: float) -> None:
    before = list(watched.told)
    picture = watched.camera.picture
    for _ in range(5):
        watched.camera.now += gap_s  # the thread did not get its turn
        watched.camera.picture = None  # and the driver has no frame ready just then
        watched.feed.next(0.2)
        watched.camera.picture = picture
        watched.run(0.3)
    assert watched.told == before
    assert watched.camera.opened == 1


def test_a_slow_camera_is_live(watched: Watched) -> None:
    for _ in range(20):  # one frame a second: a loaded USB bus
        watched.camera.picture = None
        watched.run(0.9)
        watched.camera.picture = _alive
        watched.run(_STEP_S)
    assert watched.state is CameraState.LIVE


def test_without_a_camera_by_choice_nothing_is_tried_until_a_person_says_so(watched: Watched) -> None:
    watched.feed.rest()
    watched.run(20)
    assert watched.state is CameraState.OFF
    assert watched.camera.opened == 1
    watched.feed.retry()
    assert watched.run(1).state is CameraState.LIVE


def test_another_camera_takes_over_and_its_troubles_are_its_own(watched: Watched) -> None:
    other = Camera()
    other.now = watched.camera.now
    other.refuses = "absent"
    watched.feed.switch(other)
    watched.camera = other
    for _ in range(3):
        watched.feed.next(0.2)
    assert watched.state is CameraState.ABSENT


def test_a_picture_in_which_much_moves_and_no_sheet_ever_shows_raises_doubt() -> None:
    doubt = Doubt()
    for tick in range(600):
        doubt.see(tick * 0.1, sheet=False, moved=True)
    assert doubt.doubtful
    doubt.see(61.0, sheet=True, moved=True)
    doubt.see(61.2, sheet=False, moved=True)
    assert doubt.doubtful  # imagined for a moment on somebody's shirt
    for tick in range(15):
        doubt.see(62.0 + tick * 0.1, sheet=True, moved=True)
    assert not doubt.doubtful


def test_an_empty_desk_raises_no_doubt_however_long() -> None:
    doubt = Doubt()
    for tick in range(36_000):
        doubt.see(tick * 0.1, sheet=False, moved=tick % 100 < 3)
    assert not doubt.doubtful  # a hand passes now and then
