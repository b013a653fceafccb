"""A family at the desk, from its code to the paper in its hand — without camera, window or network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from desk_table import Table

from kiosk.desk.view import DeskView, ItemState, Phase, RowVerdict
from kiosk.paper.reading import codes_in_file
from practice.world import papers

F01, F04, F06 = "NS2014X01000001", "NS2014X01000004", "NS2024X01000006"


def paper(paper_id: str):
    return next(p for p in papers(paper_id.split("-")[0]) if p.id == paper_id)


def test_a_code_opens_the_family_and_says_what_is_needed_and_why(table: Table) -> None:
    view = table.open(F01)
    assert view.phase is Phase.CHECKING
    assert view.case
    items = {item.material: item for item in view.case.checklist}
    assert items["A01"].state is ItemState.EXPECTED
    assert items["C01|C02"].state is ItemState.WAIVED_BY_DATA
    assert all(item.why.key for item in view.case.checklist)


def test_an_unknown_code_is_told_and_opens_nothing(table: Table) -> None:
    table.desk.code_seen("YH1:NS2014X01999999")
    view = table.until(lambda v: v.notice)
    assert view.case is None
    assert view.notice and view.notice.text.key == "desk.not_in_list"


def test_several_families_are_shown_never_chosen(table: Table) -> None:
    table.desk.find("陈")
    view = table.until(lambda v: v.phase is Phase.CANDIDATES)
    assert len(view.candidates) > 1
    assert all("*" in c.child_masked for c in view.candidates)
    assert view.case is None


def test_f01_whose_papers_all_agree_gets_its_receipt(table: Table) -> None:
    table.open(F01)
    view = table.lay_all("F01")
    assert view.case
    assert view.case.decision.allowed == ("RECEIPT",)
    table.desk.decide("RECEIPT")
    view = table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    assert view.phase is Phase.DECIDED
    assert list(table.papers_folder.glob("*.pdf"))


def test_f06_goes_back_with_a_reason_that_names_the_building(table: Table) -> None:
    table.open(F06)
    view = table.lay_all("F06")
    assert view.case
    row = next(r for d in view.case.documents for r in d.rows if r.field == "location")
    assert row.verdict is RowVerdict.MISMATCH
    assert row.needs_person, "a machine's mismatch is a proposal"
    assert view.case.decision.allowed == ()
    table.desk.answer_field(row.doc_id, row.field, "mismatch")
    view = table.until(lambda v: v.case and "RETURN" in v.case.decision.allowed)
    assert view.case
    assert any("3栋" in r.about and "5栋" in r.about for r in view.case.decision.reasons)
    table.desk.decide("RETURN")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")


def lay_f04(table: Table) -> DeskView:
    """All that F04 brings; whether the residence permits are in use is not printed on them, so a person is asked."""
    table.open(F04)
    view = table.lay_all("F04")
    assert view.case
    assert view.case.decision.allowed == ()
    assert len(view.case.questions) == 1
    table.desk.answer_question(view.case.questions[0].question_id, True)
    return table.until(lambda v: v.case and v.case.decision.allowed)


def test_f04_lacks_one_paper_and_is_told_which(table: Table) -> None:
    view = lay_f04(table)
    assert view.case
    assert view.case.decision.allowed == ("RETURN",)
    assert [r.code for r in view.case.decision.reasons] == ["R-MISSING"]
    assert "管理费发票" in view.case.decision.reasons[0].about


def test_a_receipt_is_refused_while_something_is_open(table: Table) -> None:
    table.open(F01)
    table.lay(paper("F01-D02-front"))
    table.desk.decide("RECEIPT")
    view = table.until(lambda v: v.notice)
    assert view.phase is Phase.CHECKING
    assert view.notice and view.notice.text.key == "desk.not_allowed_yet"


def test_an_unsure_field_waits_for_a_person_and_undo_takes_the_answer_back(table: Table) -> None:
    table.open(F01)
    table.reader.unsure = {"name"}
    view = table.lay(paper("F01-D02-front"))
    assert view.case and view.case.current_row is not None
    table.desk.answer_field("A03:father", "name", "match")
    view = table.until(lambda v: v.case and v.case.current_row is None)
    assert view.case
    rows = {r.field: r for r in view.case.documents[0].rows}
    assert rows["name"].verdict is RowVerdict.CONFIRMED
    table.desk.undo()
    table.until(lambda v: v.case and v.case.current_row is not None)


def test_another_familys_card_is_named_and_not_forced_upon_this_one(table: Table) -> None:
    table.open(F01)
    view = table.lay(paper("F06-D02-front"))
    assert view.case and not view.case.documents
    assert view.notice and view.notice.text.key == "desk.not_placed.of_nobody_here"


def test_a_paper_nobody_asked_for_is_named(table: Table) -> None:
    table.open(F01)
    view = table.lay(paper("F04-D04-front"))
    assert view.notice and view.notice.text.key == "desk.not_placed.not_needed"


def test_a_reason_says_which_value_differs_in_words(table: Table) -> None:
    table.open("NS2014X01000090")
    own = paper("F09-D03-page")
    view = table.lay(replace(own, raw={**own.raw, "child_name": "欧阳例升"}))
    assert view.case
    for row in view.case.documents[0].rows:
        if row.needs_person:
            table.desk.answer_field(row.doc_id, row.field, "mismatch")
    view = table.until(lambda v: v.case and "RETURN" in v.case.decision.allowed)
    assert view.case
    abouts = [r.about for r in view.case.decision.reasons if r.code == "R-DECL-DIFF"]
    assert any("欧阳例昂" in about and "欧阳例升" in about for about in abouts)
    assert not any("child." in about or "H4499" in about for about in abouts)


def test_a_reader_that_fails_costs_one_capture(table: Table) -> None:
    table.open(F01)
    table.reader.fault = RuntimeError("crashed")
    view = table.lay(paper("F01-D02-front"))
    assert view.notice and view.notice.text.key == "desk.reader_failed"
    table.reader.fault = None
    view = table.lay(paper("F01-D02-front"))
    assert view.case and [d.doc_id for d in view.case.documents] == ["A03:father"]


def test_the_program_started_again_shows_the_family_where_it_was(new_table: Callable[[], Table]) -> None:
    table = new_table()
    table.open(F01)
    table.reader.unsure = {"name"}
    before = table.lay(paper("F01-D02-front"))
    again = new_table()
    view = again.until(lambda v: v.case)
    assert view.case and before.case
    assert view.case.application_no == F01
    assert view.case.current_doc == before.case.current_doc
    assert view.case.documents[0].rows == before.case.documents[0].rows


def test_a_capture_whose_reading_was_cut_off_is_read_after_the_restart(new_table: Callable[[], Table]) -> None:
    table = new_table()
    table.open(F01)
    table.reader.hold = True
    table.lay(paper("F01-D02-front"))
    table.reader.held.clear()  # the program ends before the reader answers
    again = new_table()
    again.reader.paper = paper("F01-D02-front")
    again.until(lambda v: v.case and not v.case.reading)
    # the frame was kept: the reader of the second start was asked for it
    kinds = [e.kind for e in again.store.events(F01)]
    assert kinds.count("page.captured") == 1
    assert kinds.count("page.read") + kinds.count("page.unknown") == 1


def test_leaving_and_coming_back_keeps_what_was_done(table: Table) -> None:
    table.open(F01)
    table.lay(paper("F01-D02-front"))
    table.desk.suspend()
    table.until(lambda v: v.phase is Phase.FINDING)
    view = table.open(F01)
    assert view.case and [d.doc_id for d in view.case.documents] == ["A03:father"]


def test_the_next_family_finds_an_empty_table_and_nothing_of_the_last(table: Table) -> None:
    table.open(F01)
    table.lay_all("F01")
    table.desk.decide("RECEIPT")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    table.desk.finish()
    view = table.until(lambda v: v.phase is Phase.FINDING)
    assert view.case is None
    view = table.open(F06)
    assert view.case and not view.case.documents


def test_the_slip_in_a_familys_hand_opens_its_case_again(table: Table) -> None:
    lay_f04(table)
    table.desk.decide("RETURN")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    (pdf,) = table.papers_folder.glob("*.pdf")
    table.desk.finish()
    table.until(lambda v: v.phase is Phase.FINDING)
    code = codes_in_file(pdf)[0]
    table.desk.code_seen(code[:-2] + ("00" if not code.endswith("00") else "11"))
    view = table.until(lambda v: v.notice)
    assert view.case is None, "an altered code opens nothing"
    table.desk.code_seen(code)
    view = table.until(lambda v: v.case)
    assert view.case and view.case.application_no == F04


def test_a_drawn_paper_does_not_stay_beside_the_printed_one(table: Table) -> None:
    table.open(F01)
    table.lay_all("F01")
    table.desk.decide("RECEIPT")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    assert len(list(table.papers_folder.glob("*.pdf"))) == 1
    assert not list((table.papers_folder.parent / "drawn").glob("*.pdf"))


def test_a_family_that_comes_again_is_greeted_with_its_earlier_visit(table: Table) -> None:
    lay_f04(table)
    table.desk.decide("RETURN")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    table.desk.finish()
    table.until(lambda v: v.phase is Phase.FINDING)
    view = table.open(F04)
    assert view.case and [t.key for t in view.case.earlier] == ["desk.earlier.RETURN"]


@pytest.mark.parametrize("outcome", ["RETURN", "REFER"])
def test_what_the_rules_do_not_say_cannot_be_decided(table: Table, outcome: str) -> None:
    table.open(F01)
    table.lay_all("F01")
    table.desk.decide(outcome)  # type: ignore[arg-type]
    view = table.until(lambda v: v.notice)
    assert view.phase is Phase.CHECKING
