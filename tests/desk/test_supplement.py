"""A family comes again: what this desk has verified holds on, as long as neither declaration nor rule has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from changed_packs import changed
from desk_table import Table

from kiosk.desk.view import CaseView, DeskView, ItemState, Phase
from kiosk.policy.loader import load_contents
from kiosk.sync.terms import row_of
from kiosk.texts import say
from practice.paper import Paper
from practice.samples import samples
from practice.world import application_records, papers

F04, F06 = "NS2014X01000004", "NS2024X01000006"


def paper(paper_id: str) -> Paper:
    return next(p for p in papers(paper_id.split("-")[0]) if p.id == paper_id)


def case_of(view: DeskView) -> CaseView:
    assert view.case
    return view.case


def return_f04(table: Table) -> None:
    """F04 brings everything but the invoice, and goes home with a slip."""
    table.open(F04)
    case = case_of(table.lay_all("F04"))
    table.desk.answer_question(case.questions[0].question_id, True)
    table.until(lambda v: v.case and v.case.decision.allowed)
    go_home(table)


def go_home(table: Table) -> None:
    table.desk.decide("RETURN")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    table.desk.finish()
    table.until(lambda v: v.phase is Phase.FINDING)


def return_f06(table: Table) -> None:
    """F06's title names another building: the one thing that differs."""
    table.open(F06)
    case = case_of(table.lay_all("F06"))
    row = next(r for d in case.documents for r in d.rows if r.needs_person)
    table.desk.answer_field(row.doc_id, row.field, "mismatch")
    table.until(lambda v: v.case and "RETURN" in v.case.decision.allowed)
    go_home(table)


def declare_anew(table: Table, number: str, change: Callable[[dict[str, Any]], None]) -> None:
    """The family has corrected its application on the web."""
    record = next(r for r in application_records() if r.application_no == number)
    data = record.model_copy(deep=True)
    change(data.data)
    table.store.put_applications([row_of(data.model_copy(update={"revision": 2}))], "2")


def states(case: CaseView) -> dict[str, ItemState]:
    return {item.material: item.state for item in case.checklist}


def waiting(case: CaseView) -> set[str]:
    return {m for m, state in states(case).items() if state in (ItemState.EXPECTED, ItemState.PARTIAL)}


def test_only_what_was_missing_is_asked_for(table: Table) -> None:
    return_f04(table)
    case = case_of(table.open(F04))
    assert waiting(case) == {"C09"}
    assert all(question.answer is not None for question in case.questions), "what a person said of them holds too"
    assert case.note and "不用再出示" in say(case.note)
    verified = next(item for item in case.checklist if item.material == "A04")
    assert "4月19日已验原件" in say(verified.why)


def test_with_the_missing_paper_there_is_a_receipt(table: Table) -> None:
    return_f04(table)
    table.open(F04)
    table.lay(next(p for p in samples() if p.material == "C09"))
    case = case_of(table.settled())
    for row in (r for d in case.documents for r in d.rows if r.needs_person):
        table.desk.answer_field(row.doc_id, row.field, "match")
    view = table.settled()
    for question in case_of(view).questions:
        if question.answer is None:
            table.desk.answer_question(question.question_id, True)
    view = table.until(lambda v: v.case and "RECEIPT" in v.case.decision.allowed)
    assert case_of(view).originals is not None
    assert len(case_of(view).originals or ()) == 1, "only the new paper lies on the table"


def test_what_was_returned_is_asked_for_again_and_nothing_else(table: Table) -> None:
    return_f06(table)
    (decided,) = [e.payload for e in table.store.events(F06) if e.kind == "case.decided"]
    returned = {material for material, state in decided["evaluation"]["materials"] if state == "RETURNED"}
    assert "C01|C02" in returned
    case = case_of(table.open(F06))
    assert waiting(case) == returned
    assert not any(d.doc_id.startswith("C02") for d in case.documents)


def test_a_value_declared_anew_has_its_papers_shown_again(table: Table) -> None:
    return_f04(table)
    declare_anew(table, F04, lambda data: data["child"].update(name="改名例"))
    case = case_of(table.open(F04))
    assert "A04" in waiting(case), "the certificate names the child"
    assert "A03" not in waiting(case), "the parents' cards do not"


def test_a_rule_that_has_changed_has_its_papers_shown_again(new_table: Callable[..., Table]) -> None:
    return_f04(new_table())
    old = '{field: "child_name", declared: "child.name"'
    edit = ("materials.yaml", old, '{field: "child_name", optional: true, declared: "child.name"')
    pack = load_contents(changed("2014.9", edit))
    table = new_table(lambda _store: {"NS2014": pack})
    case = case_of(table.open(F04))
    assert waiting(case) == {"C09", "A04"}


def test_one_may_be_asked_for_once_more_and_that_can_be_taken_back(table: Table) -> None:
    return_f04(table)
    table.open(F04)
    table.desk.discard_document("A04:child")
    view = table.until(lambda v: v.case and "A04" in waiting(v.case))
    table.desk.undo()
    view = table.until(lambda v: v.case and "A04" not in waiting(v.case))
    table.desk.discard_document("A04:child")
    table.until(lambda v: v.case and "A04" in waiting(v.case))
    certificate = next(p for p in papers("F04") if p.material == "A04")
    view = table.lay(certificate)
    document = next(d for d in case_of(view).documents if d.doc_id == "A04:child")
    assert document.carried is None


def test_what_could_not_be_read_is_shown_again(table: Table) -> None:
    table.open(F04)
    table.reader.unsure = {"child_name"}
    case = case_of(table.lay_all("F04"))
    table.desk.answer_field("A04:child", "child_name", "unreadable")
    table.desk.answer_question(case.questions[0].question_id, True)
    table.until(lambda v: v.case and "RETURN" in v.case.decision.allowed)
    go_home(table)
    assert waiting(case_of(table.open(F04))) == {"C09", "A04"}


def test_a_third_visit_still_knows_the_first_day(table: Table) -> None:
    return_f04(table)
    table.open(F04)
    table.until(lambda v: v.case and "RETURN" in v.case.decision.allowed)
    go_home(table)
    case = case_of(table.open(F04))
    assert waiting(case) == {"C09"}
    assert len(case.earlier) == 2


def test_what_came_over_is_an_event_and_survives_a_restart(new_table: Callable[[], Table]) -> None:
    table = new_table()
    return_f04(table)
    before = states(case_of(table.open(F04)))
    (act,) = [e for e in table.store.events(F04) if e.kind == "visit.carried"]
    assert set(act.payload["docs"].values()) == {"2014-04-19"}
    again = new_table()
    assert states(case_of(again.until(lambda v: v.case))) == before


@pytest.mark.parametrize("number", [F04, F06])
def test_a_first_visit_takes_nothing_over(table: Table, number: str) -> None:
    case = case_of(table.open(number))
    assert case.note is None
    assert not case.documents
