"""Families that step aside and come back, and the list of the day."""

from __future__ import annotations

from collections.abc import Callable

from desk_table import Table

from kiosk.desk.flow_view import TodayRow
from kiosk.desk.view import DeskView, Phase
from kiosk.sync.terms import row_of
from kiosk.texts import say
from practice.paper import Paper
from practice.world import application_records, papers

F01, F04, ANG, SHENG = "NS2014X01000001", "NS2014X01000004", "NS2014X01000090", "NS2014X01000091"


def paper(paper_id: str) -> Paper:
    return next(p for p in papers(paper_id.split("-")[0]) if p.id == paper_id)


def listed(table: Table) -> dict[str, TodayRow]:
    table.desk.show_today()
    view = table.until(lambda v: v.today is not None)
    assert view.today
    return {row.application_no: row for row in view.today.rows}


def settle_f01(table: Table) -> None:
    table.open(F01)
    table.lay_all("F01")
    table.desk.decide("RECEIPT")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    table.desk.finish()
    table.until(lambda v: v.phase is Phase.FINDING)


def hold(table: Table, number: str, reason: str, note: str = "") -> DeskView:
    table.open(number)
    table.desk.hold(reason, note)
    return table.until(lambda v: v.phase is Phase.FINDING)


def test_a_case_that_was_held_says_why_and_what_was_open(table: Table) -> None:
    table.open(F01)
    table.reader.unsure = {"name"}
    table.lay(paper("F01-D02-front"))
    table.desk.hold("FETCH", "下午来")
    table.until(lambda v: v.phase is Phase.FINDING)
    view = table.open(F01)
    assert view.case and view.case.note
    said = say(view.case.note)
    for part in ("家长去取材料", "下午来", "要看 1 处", "居民户口簿"):
        assert part in said


def test_a_case_that_was_never_held_tells_nothing_of_it(table: Table) -> None:
    view = table.open(F01)
    assert view.case and view.case.note is None


def test_holding_the_family_holds_every_child(table: Table) -> None:
    hold(table, ANG, "QUEUE")
    rows = listed(table)
    assert {rows[n].state for n in (ANG, SHENG)} == {"HELD"}


def test_the_days_list_has_what_waits_first(table: Table) -> None:
    settle_f01(table)
    hold(table, F04, "COPY")
    rows = list(listed(table).values())
    assert [(r.application_no, r.state) for r in rows] == [(F04, "HELD"), (F01, "RECEIPT")]
    assert rows[0].detail and "复印" in say(rows[0].detail)
    assert all("*" in r.child_masked for r in rows)


def test_a_decision_taken_back_is_open_again(table: Table) -> None:
    table.open(F01)
    table.lay_all("F01")
    table.desk.decide("RECEIPT")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    table.desk.undo()
    table.until(lambda v: v.phase is Phase.CHECKING)
    table.desk.hold("QUEUE")
    table.until(lambda v: v.phase is Phase.FINDING)
    assert listed(table)[F01].state == "HELD"


def test_a_held_case_opens_from_the_list_where_it_was(table: Table) -> None:
    table.open(F01)
    table.lay(paper("F01-D02-front"))
    table.desk.hold("QUEUE")
    table.until(lambda v: v.phase is Phase.FINDING)
    listed(table)
    table.desk.open_case(F01)
    view = table.until(lambda v: v.case)
    assert view.today is None
    assert view.case and [d.doc_id for d in view.case.documents] == ["A03:father"]


def test_the_list_is_the_same_after_a_restart(new_table: Callable[[], Table]) -> None:
    table = new_table()
    settle_f01(table)
    hold(table, F04, "COPY")
    before = listed(table)
    assert listed(new_table()) == before


def test_the_list_does_not_come_between_a_family_and_the_desk(table: Table) -> None:
    table.open(F01)
    table.desk.show_today()
    view = table.until(lambda v: v.notice)
    assert view.today is None
    assert view.case


def test_an_empty_day_has_an_empty_list(table: Table) -> None:
    assert listed(table) == {}


def test_a_list_asked_for_by_a_word_finds_by_initials(table: Table) -> None:
    settle_f01(table)
    (row,) = listed(table).values()
    assert any(term.startswith("csy") for term in row.terms)


def test_a_list_that_the_platform_has_made_longer_shows_at_once(table: Table) -> None:
    before = table.view.header.expected_today
    record = application_records()[0].model_copy(update={"application_no": "NS2014X01009999"})
    table.store.put_applications([row_of(record)], "2")
    table.desk.results_changed()
    assert table.settled().header.expected_today == before + 1
