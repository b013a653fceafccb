"""The director lays one paper after the other and waits until each has been captured."""

from __future__ import annotations

import threading

import pytest

from practice.camera.desk import DeskState, PracticeDesk
from practice.director import Director, Outcome, fills_the_picture
from practice.paper import Paper
from practice.world import papers

_PAPERS = papers("F01")[:3]


def test_every_paper_lies_on_the_desk_when_it_is_its_turn() -> None:
    desk = PracticeDesk()
    seen: list[Paper | None] = []

    def captured(paper: Paper) -> bool:
        seen.append(desk.present)
        return True

    shown = Director(desk, is_captured=captured, pause_s=0).play(_PAPERS)
    assert seen == list(_PAPERS)
    assert [s.outcome for s in shown] == [Outcome.CAPTURED] * 3
    assert desk.state in (DeskState.LEAVING, DeskState.EMPTY)


def test_a_paper_that_nobody_captures_is_taken_away_after_the_time_is_over() -> None:
    shown = Director(PracticeDesk(), timeout_s=0, pause_s=0).play(_PAPERS)
    assert [s.outcome for s in shown] == [Outcome.TIMED_OUT] * 3


def test_telling_the_director_goes_on_to_the_next_paper() -> None:
    desk = PracticeDesk()
    told = threading.Event()
    director = Director(desk, pause_s=0, on_paper=lambda paper: told.set())
    director.start(_PAPERS)
    while director.playing:
        if told.wait(0.05):
            told.clear()
        director.captured()
    assert director.join(5)
    assert [s.outcome for s in director.shown] == [Outcome.CAPTURED] * 3
    assert director.current is None


def test_skip_and_stop_end_a_turn_and_the_play() -> None:
    laid = threading.Semaphore(0)
    director = Director(PracticeDesk(), pause_s=0, is_captured=lambda paper: bool(laid.release()))
    director.start(_PAPERS)
    with pytest.raises(RuntimeError):
        director.start(_PAPERS)
    laid.acquire()
    director.skip()
    while not director.shown:
        laid.acquire()
    director.stop()
    assert director.join(5)
    assert director.shown[0].outcome is Outcome.SKIPPED
    assert director.shown[-1].outcome in (Outcome.SKIPPED, Outcome.STOPPED)
    assert len(director.shown) <= 3


def test_tall_pages_are_laid_a_quarter_turned() -> None:
    by_material = {p.material: p for p in papers("F06")}
    assert fills_the_picture(by_material["G01"]) == 90
    assert fills_the_picture(by_material["A03"]) == 0
    assert fills_the_picture(by_material["C02"]) == 0
