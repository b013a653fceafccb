"""The simulated camera: what lies on the desk is what the frames show."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import zxingcpp

from practice.camera.desk import ARRIVES_S, LEAVES_S, TURNS_S, DeskState, PracticeDesk
from practice.camera.look import look
from practice.camera.source import PracticeSource
from practice.camera.stills import burst, render_still
from practice.camera.surfaces import SURFACES
from practice.paper import Paper
from practice.world import papers
from scanner.sources.base import FrameSource, SourceError

cv2.setNumThreads(1)
_F01 = {p.id: p for p in papers("F01")}
_FORM, _SLIP, _CARD = _F01["F01-G01-p1"], _F01["F01-SLIP-p1"], _F01["F01-D02-front"]
_SMALL = (640, 360)


class Clock:
    """Time that passes only when told, or when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def _stage(size: tuple[int, int] = _SMALL, fps: float = 30.0) -> tuple[Clock, PracticeDesk, PracticeSource]:
    clock = Clock()
    desk = PracticeDesk(clock=clock)
    return clock, desk, PracticeSource(desk, size, fps, clock=clock, sleep=clock.sleep)


def _rectified(frame: np.ndarray, corners: np.ndarray, paper: Paper) -> np.ndarray:
    w, h = (round(v * 5) for v in paper.size_mm)
    matrix = cv2.getPerspectiveTransform(corners, np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32))
    return cv2.warpPerspective(frame, matrix, (w, h))


def test_a_paper_comes_lies_and_goes() -> None:
    clock, desk, _ = _stage()
    assert (desk.state, desk.present) == (DeskState.EMPTY, None)
    desk.lay(_CARD)
    assert (desk.state, desk.present) == (DeskState.ARRIVING, _CARD)
    clock.sleep(ARRIVES_S)
    assert desk.state is DeskState.LYING
    desk.turn(180)
    assert desk.state is DeskState.TURNING
    clock.sleep(TURNS_S)
    assert desk.state is DeskState.LYING
    desk.take_away()
    assert (desk.state, desk.present) == (DeskState.LEAVING, _CARD)
    clock.sleep(LEAVES_S)
    assert (desk.state, desk.present) == (DeskState.EMPTY, None)


def test_a_paper_laid_down_replaces_the_one_before() -> None:
    _, desk, _ = _stage()
    desk.lay(_CARD)
    desk.lay(_FORM)
    assert desk.present is _FORM


def test_taking_away_from_an_empty_desk_does_nothing() -> None:
    _, desk, _ = _stage()
    desk.take_away()
    desk.turn(90)
    assert desk.state is DeskState.EMPTY


def test_a_held_paper_never_lies_wholly_still() -> None:
    clock, desk, source = _stage()
    source.open()
    desk.lay(_CARD, held=True)
    clock.sleep(ARRIVES_S)
    before = desk.view().pose
    clock.sleep(0.2)
    assert desk.state is DeskState.HELD
    assert desk.view().pose != before


def test_an_unknown_severity_is_refused() -> None:
    _, desk, _ = _stage()
    with pytest.raises(ValueError, match="awful"):
        desk.lay(_CARD, severity="awful")


def test_frames_come_at_the_rate_of_the_clock() -> None:
    clock, _, source = _stage()
    source.open()
    frames = [source.read() for _ in range(31)]
    assert all(f is not None and f.image.shape == (360, 640, 3) and f.image.dtype == np.uint8 for f in frames)
    assert [f.index for f in frames if f] == list(range(31))
    assert clock.now == pytest.approx(101.0)


def test_a_late_reader_gets_the_newest_frame_and_no_backlog() -> None:
    clock, _, source = _stage()
    source.open()
    source.read()
    clock.sleep(5.0)
    late = source.read()
    assert late is not None
    assert late.at_s == pytest.approx(105.0)
    then = [source.read() for _ in range(30)]
    assert all(then)
    assert clock.now == pytest.approx(106.0, abs=0.1)


def test_a_frame_not_due_in_time_is_none() -> None:
    _, _, source = _stage(fps=2.0)
    source.open()
    assert source.read() is not None
    assert source.read(timeout_s=0.1) is None


def test_a_closed_source_says_so() -> None:
    _, _, source = _stage()
    with pytest.raises(SourceError):
        source.read()
    source.open()
    source.close()
    source.close()
    with pytest.raises(SourceError):
        source.read()


def test_the_source_is_a_frame_source() -> None:
    source: FrameSource = PracticeSource(PracticeDesk())
    assert source.name == "练习台"


def test_still_frames_differ_by_noise_alone() -> None:
    clock, desk, source = _stage(fps=0)
    source.open()
    desk.lay(_CARD)
    clock.sleep(ARRIVES_S)
    one, two = source.read(), source.read()
    assert one is not None
    assert two is not None
    difference = np.abs(one.image.astype(int) - two.image.astype(int))
    assert difference.any()
    assert difference.mean() < 5


def test_the_desk_is_empty_again_after_the_paper_has_gone() -> None:
    clock, desk, source = _stage(fps=0)
    source.open()
    before = source.read()
    desk.lay(_CARD)
    clock.sleep(ARRIVES_S)
    with_card = source.read()
    desk.take_away()
    clock.sleep(LEAVES_S)
    after = source.read()
    assert before is not None
    assert with_card is not None
    assert after is not None
    assert np.abs(before.image.astype(int) - after.image.astype(int)).mean() < 5
    assert np.abs(before.image.astype(int) - with_card.image.astype(int)).mean() > 5


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_code_on_the_slip_can_be_read_from_the_live_picture(turned: int) -> None:
    clock, desk, source = _stage((1280, 720))
    source.open()
    desk.lay(_SLIP, turned=turned)
    clock.sleep(ARRIVES_S)
    frame = source.read()
    assert frame is not None
    assert "YH1:NS2014X01000001" in {code.text for code in zxingcpp.read_barcodes(frame.image)}


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_true_corners_begin_at_the_papers_own_top_left(turned: int) -> None:
    frame, corners = render_still(_CARD, seed=3, turned=turned)
    upright = _rectified(frame, corners, _CARD)
    drawn = cv2.resize(_CARD.draw().image, (upright.shape[1], upright.shape[0]), interpolation=cv2.INTER_AREA)
    likeness = cv2.matchTemplate(upright, drawn[20:-20, 20:-20], cv2.TM_CCOEFF_NORMED)
    assert likeness.max() > 0.8  # a card turned otherwise is below a half
    assert np.unravel_index(likeness.argmax(), likeness.shape) == pytest.approx((20, 20), abs=1.5)


@pytest.mark.parametrize("severity", ["good", "medium", "bad"])
@pytest.mark.parametrize("paper", [_CARD, _FORM, _F01["F01-D01-front"], _F01["F01-D03-page"]], ids=lambda p: p.material)
def test_papers_lie_wholly_inside_the_picture(paper: Paper, severity: str) -> None:
    for seed in range(3):
        _, corners = render_still(paper, _SMALL, seed, severity)
        assert (corners >= 0).all()
        assert (corners <= np.array(_SMALL)).all()


def test_a_worse_severity_is_softer_and_noisier() -> None:
    def softness(severity: str) -> float:
        return float(np.mean([look(severity, seed).softness_px for seed in range(5)]))

    assert softness("good") < softness("medium") < softness("bad")


def test_a_burst_shows_one_scene_with_new_noise() -> None:
    shots = burst(_CARD, 3, size=_SMALL, seed=5)
    assert len(shots) == 3
    first, corners = shots[0]
    for frame, other in shots[1:]:
        assert not np.array_equal(first, frame)
        assert np.abs(corners - other).max() < 2


@pytest.mark.parametrize("surface", SURFACES)
def test_each_desk_top_can_be_chosen(surface: str) -> None:
    frame, _ = render_still(_CARD, _SMALL, surface=surface)
    assert frame.shape == (360, 640, 3)


def test_the_same_seed_gives_the_same_picture() -> None:
    one, _ = render_still(_CARD, _SMALL, 7, "medium")
    two, _ = render_still(_CARD, _SMALL, 7, "medium")
    assert np.array_equal(one, two)
