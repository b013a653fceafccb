"""Old data, a clock that went back: said first, then no other family is begun; nothing is lost."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from desk_table import Table

from kiosk.desk.guards import Guards, trouble_text
from kiosk.sync.worker import CONTACT
from kiosk.texts import LANGUAGES, Text, say
from offline_cache.events import StoredEvent
from offline_cache.problems import StoreProblem, Trouble
from practice.world import family

F01 = family("F01").application_numbers[0]
NOON = datetime(2026, 4, 18, 12, tzinfo=UTC)


@dataclass
class Stopped:
    at: datetime = NOON

    def now(self) -> datetime:
        return self.at


@dataclass
class Kept:
    contact: str = NOON.isoformat()
    newest: datetime | None = None

    def setting(self, key: str) -> str | None:
        return self.contact if key == CONTACT else None

    def head(self) -> tuple[int, str]:
        return (1 if self.newest else 0), ""

    def events_after(self, seq: int, limit: int = 500) -> list[StoredEvent]:
        at = self.newest.isoformat() if self.newest else ""
        return [StoredEvent("e", "d", 1, "c", "k", at, "li", {}, "", "")] if at else []


def _guards(at: datetime = NOON, *, contact: str = NOON.isoformat(), newest: datetime | None = None) -> Guards:
    return Guards(Kept(contact, newest), Stopped(at))


def _key(sentence: Text | None) -> str:
    return sentence.key if sentence is not None else ""


@pytest.mark.parametrize(
    ("days", "warning", "stop"),
    [(0, "", ""), (2.9, "", ""), (3, "guard.age.warn", ""), (10, "guard.age.stop", "guard.age.stop")],
)
def test_the_age_of_the_data(days: float, warning: str, stop: str) -> None:
    guards = _guards(NOON + timedelta(days=days))
    assert (_key(guards.news()), _key(guards.stop())) == (warning, stop)
    assert _guards(NOON + timedelta(days=days), contact="").stop() is None, "a desk that has never had an answer"


@pytest.mark.parametrize(
    ("back", "warning", "stop"),
    [
        (timedelta(minutes=10), "", ""),
        (timedelta(hours=2), "guard.clock.warn", ""),
        (timedelta(days=365), "guard.clock.stop", "guard.clock.stop"),
    ],
)
def test_the_clock_against_the_platforms_last_word_and_against_the_log(
    back: timedelta, warning: str, stop: str
) -> None:
    for guards in (_guards(NOON - back), _guards(NOON - back, contact="", newest=NOON)):
        assert (_key(guards.news()), _key(guards.stop())) == (warning, stop)


def test_a_warning_is_said_once_and_again_when_it_was_gone() -> None:
    clock, kept = Stopped(), Kept()
    guards = Guards(kept, clock)
    said = []
    for days_old in (4, 4, 0, 4):
        kept.contact = (clock.at - timedelta(days=days_old)).isoformat()
        said.append(_key(guards.news()))
        clock.at += timedelta(minutes=1)
    assert said == ["guard.age.warn", "", "", "guard.age.warn"]


def test_no_other_family_is_begun_but_the_one_at_the_table_is_finished(new_table: Callable[..., Table]) -> None:
    table = new_table()
    table.open(F01)
    table.desk._guards = _guards(NOON + timedelta(days=11))  # the tenth day passes while the family sits there
    table.lay_all("F01")
    table.desk.decide("RECEIPT")
    table.until(lambda view: view.case and view.case.paper and view.case.paper.state == "saved")
    table.desk.finish()
    table.until(lambda view: view.case is None)
    table.desk.open_case(family("F02").application_numbers[0])
    view = table.settled()
    assert view.case is None
    assert view.notice is not None and view.notice.text.key == "guard.age.stop"


def test_an_act_that_could_not_be_written_says_so_and_changes_nothing(
    new_table: Callable[..., Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = new_table()
    table.open(F01)
    before = table.store.head()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("offline_cache.files.os.fsync", full)
        table.desk.captured(_capture())
        view = table.until(lambda view: view.notice is not None and view.notice.text.key == "guard.not_written")
    assert view.notice is not None and "磁盘已满" in say(view.notice.text)
    assert table.store.head() == before and view.case is not None and view.case.captures == 0
    table.lay_all("F01")
    assert table.view.case is not None and table.view.case.captures > 0


def _capture():
    from desk_table import FRAME

    from kiosk.desk.ports import Captured

    return Captured([FRAME], None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trouble_of_the_store_is_said_in_words(language: str) -> None:
    for trouble in Trouble:
        said = say(trouble_text(StoreProblem(trouble)), language)
        assert "{" not in said and "store.problem" not in said
