"""When a picture is taken: the rules, frame by frame, without camera or clock."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.live import CaptureLogic, LiveState, Observation, Step, Timing
from scanner.types import Problem, Quad

_FPS = 20
_SHEET: Quad = np.array([[100, 100], [500, 100], [500, 400], [100, 400]], np.float32)


class Watch:
    """Feeds a logic with frames and finishes its bursts at once."""

    def __init__(self, logic: CaptureLogic | None = None) -> None:
        self.logic = logic or CaptureLogic()
        self.frame = 0
        self.captures = 0
        self.steps: list[Step] = []

    def see(
        self, seconds: float, corners: Quad | None, *problems: Problem, changed: bool = True, good: bool = True
    ) -> Step:
        step = Step(self.logic.state, None)
        for _ in range(max(1, round(seconds * _FPS))):
            step = self.logic.see(Observation(self.frame / _FPS, corners, lambda: frozenset(problems), lambda: changed))
            self.frame += 1
            self.steps.append(step)
            if step.capture:
                self.captures += 1
                self.logic.burst_done(good)
        return step


def test_a_sheet_that_lies_still_is_taken_once() -> None:
    watch = Watch()
    assert watch.see(0.5, None) == Step(LiveState.SEARCHING, Problem.NO_DOCUMENT)
    watch.see(0.45, _SHEET)
    assert watch.captures == 0
    last = watch.see(5, _SHEET, changed=False)
    assert watch.captures == 1
    assert last == Step(LiveState.CAPTURED, None)


def test_a_moving_sheet_is_not_taken_until_it_rests() -> None:
    watch = Watch()
    for step in range(40):
        assert watch.see(1 / _FPS, _SHEET + 5 * step).problem is Problem.MOVING
    assert watch.captures == 0
    watch.see(0.6, _SHEET + 200)
    assert watch.captures == 1


def test_slow_sliding_is_movement_too() -> None:
    watch = Watch()
    for step in range(60):
        watch.see(1 / _FPS, (_SHEET + 0.8 * step).astype(np.float32))
    assert watch.captures == 0


def test_a_sheet_in_a_hand_that_sways_a_little_is_taken_as_one_that_lies() -> None:
    watch = Watch()
    for step in range(12):
        watch.see(1 / _FPS, (_SHEET + 0.25 * step).astype(np.float32))
    assert watch.captures == 1


def test_a_jerk_begins_the_waiting_anew_even_after_a_missed_moment() -> None:
    watch = Watch()
    watch.see(0.4, _SHEET)
    watch.see(0.2, None)
    watch.see(0.45, _SHEET + 5)
    assert watch.captures == 0
    watch.see(0.1, _SHEET + 5)
    assert watch.captures == 1


def test_a_problem_that_can_be_mended_is_told_first_and_borne_after_a_while() -> None:
    watch = Watch()
    assert watch.see(2.5, _SHEET, Problem.GLARE) == Step(LiveState.SEEN, Problem.GLARE)
    assert watch.captures == 0
    watch.see(1, _SHEET, Problem.GLARE)
    assert watch.captures == 1


def test_a_sheet_that_is_cut_off_is_never_taken_by_itself() -> None:
    watch = Watch()
    last = watch.see(20, _SHEET, Problem.CUT_OFF, Problem.GLARE)
    assert last == Step(LiveState.SEEN, Problem.CUT_OFF)
    assert watch.captures == 0


def test_the_next_sheet_is_taken_after_the_desk_was_empty() -> None:
    watch = Watch()
    watch.see(1, _SHEET)
    watch.see(1, None)
    watch.see(1, _SHEET)
    assert watch.captures == 2


def test_a_page_turned_on_the_spot_is_taken_because_it_shows_something_else() -> None:
    watch = Watch()
    watch.see(1, _SHEET, changed=False)
    watch.see(0.2, _SHEET + 40, changed=True)
    assert watch.captures == 1
    watch.see(0.7, _SHEET, changed=True)
    assert watch.captures == 2


def test_a_sheet_pushed_aside_is_not_taken_again() -> None:
    watch = Watch()
    watch.see(1, _SHEET)
    watch.see(0.2, _SHEET + 40, changed=False)
    watch.see(3, _SHEET + 80, changed=False)
    assert watch.captures == 1


def test_an_outline_lost_over_a_sheet_that_still_lies_there_is_no_empty_desk() -> None:
    watch = Watch()
    watch.see(1, _SHEET)
    assert watch.see(4, None, changed=False).state is LiveState.CAPTURED
    watch.see(2, _SHEET, changed=False)
    assert watch.captures == 1


def test_a_missed_frame_does_not_start_the_waiting_anew() -> None:
    watch = Watch()
    watch.see(0.3, _SHEET)
    assert watch.see(1 / _FPS, None).state is LiveState.HOLD_STILL
    watch.see(0.25, _SHEET)
    assert watch.captures == 1


def test_a_burst_spoilt_by_movement_is_repeated() -> None:
    watch = Watch()
    watch.see(0.6, _SHEET, good=False)
    assert watch.captures == 1
    watch.see(1.0, _SHEET)
    assert watch.captures == 2


def test_a_person_can_ask_for_the_same_sheet_again() -> None:
    watch = Watch()
    watch.see(1, _SHEET)
    watch.logic.rearm()
    watch.see(1, _SHEET, changed=False)
    assert watch.captures == 2


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["away", "still", "moving"]),
            st.floats(0.05, 2.0),
            st.sets(st.sampled_from([Problem.GLARE, Problem.CUT_OFF]), max_size=2),
        ),
        max_size=12,
    )
)
def test_whatever_happens_nothing_is_taken_that_did_not_just_lie_still(
    acts: list[tuple[str, float, set[Problem]]],
) -> None:
    watch = Watch()
    still_frames = 0
    place = _SHEET
    for what, seconds, problems in acts:
        for _ in range(max(1, round(seconds * _FPS))):
            if what == "moving":
                place = (place + 9) % np.float32(5000)
            still_frames = still_frames + 1 if what == "still" else 1 if what == "moving" else still_frames
            before = watch.captures
            watch.see(1 / _FPS, None if what == "away" else place, *problems)
            if watch.captures > before:
                assert still_frames / _FPS >= Timing().still_s
                assert what == "still"
                assert Problem.CUT_OFF not in problems
