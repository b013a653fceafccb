"""An empty desk: an identity card finds the application and opens nothing; who is in no list gets a plain answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from desk_table import FRAME, Table

from kiosk.desk.ports import Captured
from kiosk.desk.view import DeskView, Phase
from practice.paper import Paper
from practice.world import papers

F01, ANG, SHENG = "NS2014X01000001", "NS2014X01000090", "NS2014X01000091"


def paper(paper_id: str) -> Paper:
    return next(p for p in papers(paper_id.split("-")[0]) if p.id == paper_id)


def lay_first(table: Table, laid: Paper | None) -> DeskView:
    """A paper on the empty desk; the view after it was read."""
    table.reader.paper = laid
    table.desk.captured(Captured([FRAME], None))
    table.settled()  # the reading is posted to the desk's thread after the capture
    return table.settled()


def test_a_parents_card_finds_the_application_and_opens_nothing(table: Table) -> None:
    view = lay_first(table, paper("F01-D02-front"))
    assert view.phase is Phase.CANDIDATES
    assert [c.application_no for c in view.candidates] == [F01]
    assert view.case is None
    assert paper("F01-D02-front").fields["id_no"] not in view.query, "the number is masked"
    table.desk.open_case(F01)
    table.until(lambda v: v.case and v.case.application_no == F01)


def test_a_card_that_stands_in_two_applications_shows_both(table: Table) -> None:
    view = lay_first(table, paper("F09-D02-front"))
    assert [c.application_no for c in view.candidates] == [ANG, SHENG]


def test_a_birth_certificate_finds_by_its_mothers_number(table: Table) -> None:
    view = lay_first(table, paper("F09-D03-page"))
    assert {c.application_no for c in view.candidates} == {ANG, SHENG}


def test_a_card_of_nobody_here_leads_to_the_plain_answer(table: Table) -> None:
    card = paper("F01-D02-front")
    view = lay_first(table, replace(card, raw={**card.raw, "id_no": "440000199001010018"}))
    assert view.candidates == ()
    assert view.walk_in and "0018" in view.walk_in.query
    assert "19900101" not in view.walk_in.query


@pytest.mark.parametrize(
    ("laid", "key"),
    [
        (None, "flow.first.unknown_kind"),
        (paper("F01-D02-back"), "flow.first.other_side"),
        (paper("F01-D01-front"), "flow.first.no_number"),
    ],
)
def test_a_paper_that_cannot_find_anybody_says_what_to_do(table: Table, laid: Paper | None, key: str) -> None:
    view = lay_first(table, laid)
    assert view.notice and view.notice.text.key == key
    assert view.candidates == ()


def test_the_form_opens_its_case_by_its_code(table: Table) -> None:
    table.reader.paper = paper("F01-G01-p1")
    table.desk.captured(Captured([FRAME], None))
    view = table.until(lambda v: v.case)
    assert view.case and view.case.application_no == F01


def test_nothing_of_a_first_paper_is_kept(table: Table) -> None:
    before = table.store.head()
    lay_first(table, paper("F01-D02-front"))
    assert table.store.head() == before
    assert table.store.outbox_counts().open_images == 0


def test_an_original_left_behind_is_pointed_out_and_not_looked_up(table: Table) -> None:
    table.open(F01)
    table.desk.hold("QUEUE")
    table.until(lambda v: v.phase is Phase.FINDING)
    view = lay_first(table, paper("F01-D02-front"))
    assert view.notice and view.notice.text.key == "flow.first.left_behind"
    assert view.candidates == ()
    assert lay_first(table, paper("F01-D02-front")).candidates, "laid down again, it is asked for"


def test_a_family_found_meanwhile_is_not_disturbed_by_the_card(table: Table) -> None:
    table.reader.hold = True
    table.reader.paper = paper("F09-D02-front")
    table.desk.captured(Captured([FRAME], None))
    table.open(F01)
    table.reader.release()
    view = table.settled()
    assert view.case and view.case.application_no == F01
    assert view.candidates == ()


def walk_ins(table: Table) -> list[dict[str, object]]:
    return [event.payload for event in table.store.events("") if event.kind == "walkin.noted"]


def test_a_walk_in_is_noted_with_its_reason_and_without_the_person(table: Table) -> None:
    table.desk.find("陈拟无")
    view = table.until(lambda v: v.walk_in)
    assert view.walk_in and len(view.walk_in.choices) == 4
    table.desk.note_walk_in("NOT_APPLIED")
    view = table.until(lambda v: v.walk_in is None)
    assert view.phase is Phase.FINDING
    assert walk_ins(table) == [{"reason": "NOT_APPLIED"}]
    table.desk.show_today()
    view = table.until(lambda v: v.today)
    assert view.today and view.today.walk_ins == 1


def test_a_walk_in_noted_by_mistake_is_taken_back_and_stays_in_the_log(
    table: Table, new_table: Callable[..., Table]
) -> None:
    note_one(table)
    note_one(table)
    view = table.settled()
    assert view.walk_in_noted
    table.desk.undo()
    view = table.until(lambda v: not v.walk_in_noted)
    table.desk.undo()  # once is once
    table.desk.show_today()
    view = table.until(lambda v: v.today)
    assert view.today and view.today.walk_ins == 1
    assert len(walk_ins(table)) == 2
    again = new_table()
    again.desk.show_today()
    view = again.until(lambda v: v.today)
    assert view.today and view.today.walk_ins == 1


def test_after_the_next_family_came_undo_is_about_that_family(table: Table) -> None:
    note_one(table)
    assert not table.open(F01).walk_in_noted


def note_one(table: Table) -> None:
    table.desk.find("陈拟无")
    table.until(lambda v: v.walk_in)
    table.desk.note_walk_in("NOT_APPLIED")
    table.until(lambda v: v.walk_in is None)


def test_a_code_that_is_not_in_the_list_leads_there_too(table: Table) -> None:
    table.desk.code_seen("YH1:NS2014X01999999")
    assert table.until(lambda v: v.walk_in).walk_in


def test_going_back_or_searching_again_notes_nobody(table: Table) -> None:
    table.desk.find("陈拟无")
    table.until(lambda v: v.walk_in)
    table.desk.find("")
    table.until(lambda v: v.walk_in is None)
    table.desk.note_walk_in("OTHER")
    table.desk.find("陈拟无")
    table.desk.find(F01)
    table.until(lambda v: v.case)
    assert walk_ins(table) == []
