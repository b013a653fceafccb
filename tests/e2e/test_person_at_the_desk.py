"""A person with a keyboard alone at the real app on a virtual screen, the family's screen beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.person import KEYS_AT_MOST, attend
from benchmarks.visit import privacy
from benchmarks.visit.screen import ProgramMissing, screen
from benchmarks.visit.visits import Day
from benchmarks.visit.watched import watched_app
from kiosk.settings import Settings
from yanhe.practice_world import prepare


def test_six_originals_that_agree_need_few_keys_and_the_familys_screen_shows_nothing_of_others(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    try:
        with screen() as environment:
            world = prepare(folder, Settings(home=tmp_path), fresh=True)
            try:
                with watched_app(folder, environment) as app:
                    day = Day(app, environment)
                    day.ready()
                    attend(day, ("receipt", "hold"))
                    report = app.report()
            finally:
                world.platform.stop()
    except ProgramMissing as missing:
        pytest.skip(str(missing))
    six, held, between, again = day.visits
    assert day.stumbles == []
    assert [v.decision for v in (six, held, between, again)] == ["RECEIPT", "held", "RETURN", "RECEIPT"]
    assert len(six.keys) <= KEYS_AT_MOST
    assert six.clicks == []
    shown = privacy.painted(report, day.visits)
    assert shown.wrong == []
    assert shown.named, "the window named nobody: the check saw nothing"
