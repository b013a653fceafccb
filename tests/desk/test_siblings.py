"""Brothers and sisters in one visit: what is shown once serves each of them, and nobody is forgotten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from desk_table import Table

from kiosk.desk.view import CaseView, DeskView, Phase, RowVerdict
from practice.paper import Paper
from practice.world import papers

ANG, SHENG = "NS2014X01000090", "NS2014X01000091"  # the twins of F09
OWN = {"F09-G01-1-p1": ANG, "F09-G01-2-p1": SHENG, "F09-D03-page": ANG, "F09-D04-page": SHENG}


def paper(paper_id: str) -> Paper:
    return next(p for p in papers("F09") if p.id == paper_id)


def case_of(view: DeskView) -> CaseView:
    assert view.case
    return view.case


def turn_to(table: Table, number: str) -> CaseView:
    table.desk.show_child(number)
    return case_of(table.until(lambda v: v.case and v.case.application_no == number))


def documents(case: CaseView) -> set[str]:
    return {document.doc_id for document in case.documents}


def saved(view: DeskView) -> object:
    return view.case and view.case.paper and view.case.paper.state == "saved"


def receipt(table: Table) -> CaseView:
    table.desk.decide("RECEIPT")
    return case_of(table.until(saved))


def test_a_twins_application_shows_the_other_with_its_name_masked(table: Table) -> None:
    case = case_of(table.open(ANG))
    assert [(s.application_no, s.state, s.active) for s in case.siblings] == [
        (ANG, "OPEN", True),
        (SHENG, "OPEN", False),
    ]
    assert all("*" in s.child_masked for s in case.siblings)


def test_an_only_child_has_no_siblings(table: Table) -> None:
    assert case_of(table.open("NS2014X01000001")).siblings == ()


def test_the_booklet_and_a_parents_card_shown_once_serve_both(table: Table) -> None:
    table.open(ANG)
    for page in ("front", "member_father", "member_mother"):
        table.lay(paper(f"F09-D01-{page}"))
    view = table.lay(paper("F09-D02-front"))
    assert documents(case_of(view)) == {"A01:household", "A03:mother"}
    assert documents(turn_to(table, SHENG)) == {"A01:household", "A03:mother"}


@pytest.mark.parametrize("open_child", [ANG, SHENG])
@pytest.mark.parametrize("paper_id", list(OWN))
def test_a_childs_own_page_goes_to_that_child_whoever_is_open(table: Table, open_child: str, paper_id: str) -> None:
    table.open(open_child)
    view = table.lay(paper(paper_id))
    owner = OWN[paper_id]
    other = SHENG if owner == ANG else ANG
    if owner != open_child:
        assert view.notice and view.notice.text.key.startswith("flow.sibling.")
    mine = turn_to(table, owner)
    assert len(mine.documents) == 1
    assert all(row.verdict is RowVerdict.MATCH for row in mine.documents[0].rows)
    assert not turn_to(table, other).documents


def test_each_twins_page_of_the_booklet_goes_to_that_twin(table: Table) -> None:
    """Their pages differ by one character of the name and a few digits."""
    table.open(ANG)
    for twin in ("child_a", "child_b"):
        page = paper(f"F09-D01-member_{twin}")
        table.reader.named = {
            f"members[{twin}].": "members[child]."
        }  # a reader binds a page to the roles it was asked for
        table.lay(page)
    for number, name in ((SHENG, "欧阳例昇"), (ANG, "欧阳例昂")):
        (document,) = turn_to(table, number).documents
        read = {row.field: row.read for row in document.rows}
        assert read["members[child].name"] == name
        assert all(row.verdict is RowVerdict.MATCH for row in document.rows)


def test_a_second_certificate_does_not_displace_the_first(table: Table) -> None:
    table.open(ANG)
    table.lay(paper("F09-D03-page"))
    view = table.lay(paper("F09-D04-page"))
    assert all(row.verdict is RowVerdict.MATCH for row in case_of(view).documents[0].rows)


def test_what_a_person_saw_on_a_shared_page_is_asked_once_and_taken_back_once(table: Table) -> None:
    table.open(ANG)
    table.reader.unsure = {"name"}
    table.lay(paper("F09-D02-front"))
    table.desk.answer_field("A03:mother", "name", "match")
    table.until(lambda v: v.case and v.case.current_row is None)
    assert turn_to(table, SHENG).current_row is None
    table.desk.undo()
    table.until(lambda v: v.case and v.case.current_row is not None)
    assert turn_to(table, ANG).current_row is not None


def test_a_photograph_taken_away_goes_from_both(table: Table) -> None:
    table.open(ANG)
    table.lay(paper("F09-D02-front"))
    table.desk.discard_document("A03:mother")
    table.until(lambda v: v.case and not v.case.documents)
    assert not turn_to(table, SHENG).documents


def test_undo_takes_a_shared_page_back_from_both(table: Table) -> None:
    table.open(ANG)
    table.lay(paper("F09-D02-front"))
    table.desk.undo()
    table.until(lambda v: v.case and not v.case.documents)
    assert not turn_to(table, SHENG).documents


def lay_everything(table: Table) -> None:
    """All that the family brings, the booklet's page of each child as a reader names it."""
    for page in papers("F09"):
        if page.material != "SLIP":
            role = page.page.removeprefix("member_") if page.page.startswith("member_child") else ""
            table.reader.named = {f"members[{role}].": "members[child]."} if role else {}
            table.lay(page)


def test_the_family_leaves_when_both_are_decided_and_its_papers_are_counted_once(table: Table) -> None:
    table.open(ANG)
    lay_everything(table)
    case = receipt(table)
    assert case.next_child
    table.desk.finish()
    case = case_of(table.until(lambda v: v.phase is Phase.CHECKING))
    assert case.application_no == SHENG
    assert case.decision.allowed == ("RECEIPT",)
    case = receipt(table)
    assert case.next_child == ""
    assert case.originals is not None
    assert len(case.originals) == 6  # two forms, two certificates; one booklet and one card for both
    table.desk.finish()
    table.until(lambda v: v.phase is Phase.FINDING)
    returned = [
        event.payload["originals_returned"]
        for number in (ANG, SHENG)
        for event in table.store.events(number)
        if event.kind == "visit.ended"
    ]
    assert sum(returned) == 6


def test_a_child_that_is_held_lets_the_family_go_and_comes_back_with_all_its_pages(table: Table) -> None:
    table.open(ANG)
    lay_everything(table)
    receipt(table)
    table.desk.finish()
    table.until(lambda v: v.phase is Phase.CHECKING)
    table.desk.suspend()
    table.until(lambda v: v.phase is Phase.DECIDED)
    table.desk.finish()
    table.until(lambda v: v.phase is Phase.FINDING)
    case = case_of(table.open(SHENG))
    assert documents(case) == {"G01:form", "A01:household", "A03:mother", "A04:child"}
    assert [s.state for s in case.siblings] == ["OPEN", "EARLIER_RECEIPT"], (
        "a settled child is not opened again by itself"
    )


def test_the_other_twins_code_counts_as_its_form_and_opens_nothing_else(table: Table) -> None:
    table.open(ANG)
    table.desk.code_seen(f"YH1:{SHENG}")
    case = turn_to(table, SHENG)
    assert next(item for item in case.checklist if item.material == "G01").state.value == "VERIFIED"


def test_a_scanner_on_the_other_twins_form_turns_to_that_twin(table: Table) -> None:
    table.open(ANG)
    table.desk.find(f"YH1:{SHENG}")
    table.until(lambda v: v.case and v.case.application_no == SHENG)


def test_another_familys_code_is_still_refused(table: Table) -> None:
    table.open(ANG)
    table.desk.find("YH1:NS2014X01000001")
    view = table.until(lambda v: v.notice)
    assert view.notice and view.notice.text.key == "desk.finish_first"
    assert case_of(view).application_no == ANG


def test_a_restart_shows_both_twins_where_they_were(new_table: Callable[[], Table]) -> None:
    table = new_table()
    table.open(ANG)
    table.lay(paper("F09-D02-front"))
    again = new_table()
    case = case_of(again.until(lambda v: v.case))
    assert {s.application_no for s in case.siblings} == {ANG, SHENG}
    for number in (ANG, SHENG):
        assert documents(turn_to(again, number)) == {"A03:mother"}
