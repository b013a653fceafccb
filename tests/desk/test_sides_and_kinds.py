"""Both sides and several pages of one document at the desk; a wrong side and a wrong kind are named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_table import Table

from kiosk.case.state import CaseState, PageState
from kiosk.desk.place import Placed, place
from kiosk.desk.view import DeskView
from kiosk.texts import say
from practice.paper import Paper
from practice.samples import samples
from practice.world import papers
from scanner.types import DocumentFound, FieldReading, Reading, Verdict

F01, F06 = "NS2014X01000001", "NS2024X01000006"


def paper(paper_id: str) -> Paper:
    return next(p for p in papers(paper_id.split("-")[0]) if p.id == paper_id)


def sample(material: str) -> Paper:
    return next(p for p in samples() if p.material == material)


def told(view: DeskView) -> tuple[str, str]:
    """The notice's key and level."""
    assert view.notice
    return view.notice.text.key, view.notice.level


def test_a_back_that_may_be_either_parents_is_put_aside_and_named(table: Table) -> None:
    table.open(F06)
    view = table.lay(paper("F06-D02-back"))
    assert view.case and not view.case.documents
    assert told(view) == ("desk.not_placed.nameless_side", "warn")
    assert view.notice and "身份证" in say(view.notice.text)


def test_a_back_goes_with_the_front_that_came_before_it(table: Table) -> None:
    table.open(F06)
    table.lay(paper("F06-D03-front"))
    view = table.lay(paper("F06-D03-back"))
    assert view.case and [d.doc_id for d in view.case.documents] == ["A03:mother"]
    item = next(i for i in view.case.checklist if i.material == "A03")
    assert item.progress and item.progress.params == {"seen": 2, "needed": 3}  # the father's is one still unseen


def test_the_other_side_is_asked_for_before_another_paper(table: Table) -> None:
    table.open(F01)
    view = table.lay(paper("F01-D02-front"))
    assert view.case and view.case.next_step.key == "desk.next.page"
    assert "背面" in say(view.case.next_step)
    view = table.lay(paper("F01-D02-back"))
    assert view.case and view.case.next_step.key == "desk.next.lay"


def test_the_household_register_is_asked_for_page_by_page(table: Table) -> None:
    table.open(F01)
    view = table.lay(paper("F01-D01-front"))
    assert view.case and say(view.case.next_step).startswith("请翻到孩子的一页")
    view = table.lay(paper("F01-D01-member_child"))
    assert view.case and "父亲的一页" in say(view.case.next_step)


def test_the_same_side_once_more_is_taken_and_the_other_is_asked_for(table: Table) -> None:
    table.open(F01)
    table.lay(paper("F01-D02-front"))
    view = table.lay(paper("F01-D02-front"))
    assert told(view) == ("desk.same_side", "info")
    assert view.notice and "背面" in say(view.notice.text)
    assert view.case and [d.doc_id for d in view.case.documents] == ["A03:father"]


def test_a_grandmothers_page_is_nobodys_of_this_application(table: Table) -> None:
    """The scanner binds a register's page to a role; what it cannot bind it calls a member's page."""
    table.open(F01)
    view = table.lay(replace(paper("F01-D01-member_mother"), page="member"))
    assert told(view) == ("desk.not_placed.other_member", "warn")
    assert view.case and not view.case.documents


@pytest.mark.parametrize(
    ("material", "name"), [("E02", "计划生育服务证"), ("G02", "预防接种证"), ("C11", "公租房"), ("C19", "查询结果")]
)
def test_a_paper_that_is_not_asked_for_is_named_even_when_the_pack_knows_nothing_of_it(
    table: Table, material: str, name: str
) -> None:
    table.open(F01)
    view = table.lay(sample(material))
    assert told(view) == ("desk.not_placed.not_needed", "warn")
    assert view.notice and name in say(view.notice.text)


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW", "en"])
def test_sides_are_named_in_every_language(table: Table, language: str) -> None:
    table.open(F01)
    view = table.lay(paper("F01-D02-front"))
    assert view.case
    sentence = say(view.case.next_step, language)
    assert not any(mark in sentence for mark in ("desk.", "policy.", "{"))


def test_the_sealed_copy_of_a_collective_households_front_page_comes_after_the_original() -> None:
    """Both are printed alike and only one has declared values: the first is the register's, the second the copy."""
    expected = {"A01:household": {"address": "虚构路88号"}, "A13:household": {}}
    agrees = {"address": FieldReading("address", "虚构路88号", 0.99, verdict=Verdict.MATCH)}
    document = DocumentFound(None, 0, "A01", "front", 1.0)
    reading = Reading(document, (), (), agrees, {"A01:household": agrees, "A13:household": {}}, b"", {})
    nothing = CaseState("X")
    read = PageState("c1", "A01:household", "A01", "front", "household", {}, "", "")
    once = replace(nothing, pages={("A01:household", "front"): read})
    for state, wanted in ((nothing, "A01:household"), (once, "A13:household")):
        placed = place(
            reading,
            expected,
            state,
            field_class={"address": "address"},
            same_paper={"A01": ("A01", "A13")},
            page_fields={("A01", "front"): ("address",)},
        )
        assert isinstance(placed, Placed)
        assert placed.doc_id == wanted
