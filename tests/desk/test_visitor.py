"""Who came: asked once for the family, supposed when nobody says so; a proxy needs a letter of authority."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from changed_packs import changed
from desk_table import Table

from central.importing import records_in
from kiosk.desk.view import CaseView, DeskView, ItemState
from kiosk.desk.visitor import LETTER
from kiosk.policy.loader import load_contents
from kiosk.sync.terms import row_of
from kiosk.texts import say
from practice.paper import Paper
from practice.samples import samples
from practice.world import papers

F01, ANG, SHENG = "NS2014X01000001", "NS2014X01000090", "NS2014X01000091"


def paper(paper_id: str) -> Paper:
    return next(p for p in papers(paper_id.split("-")[0]) if p.id == paper_id)


def case_of(view: DeskView) -> CaseView:
    assert view.case
    return view.case


def named(table: Table, number: str) -> list[tuple[str, bool]]:
    events = table.store.events(number)
    return [(e.payload["who"], e.payload["assumed"]) for e in events if e.kind == "visitor.named"]


def test_the_guardians_and_a_proxy_can_be_named(table: Table) -> None:
    visitor = case_of(table.open(F01)).visitor
    assert visitor and visitor.who == ""
    assert [choice.who for choice in visitor.choices] == ["father", "mother", "proxy"]


def test_whose_card_lies_there_is_supposed_to_have_come(table: Table) -> None:
    table.open(ANG)
    view = table.lay(paper("F09-D02-front"))
    visitor = case_of(view).visitor
    assert visitor and visitor.supposed == "mother"


def test_it_is_asked_once_for_all_children(table: Table) -> None:
    table.open(ANG)
    table.desk.name_visitor("mother")
    table.until(lambda v: v.case and v.case.visitor and v.case.visitor.who == "mother")
    assert named(table, ANG) == named(table, SHENG) == [("mother", False)]


def test_a_decision_writes_who_is_supposed_to_have_come(table: Table) -> None:
    table.open(F01)
    table.lay_all("F01")
    table.desk.decide("RECEIPT")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    assert named(table, F01) == [("father", True)]


def test_a_proxy_must_bring_the_letter_the_rules_demand(table: Table) -> None:
    table.open(F01)
    table.desk.name_visitor("proxy")
    view = table.until(lambda v: v.case and any(i.material == "G04" for i in v.case.checklist))
    view = table.lay_all("F01")
    assert "RECEIPT" not in case_of(view).decision.allowed
    assert any("授权委托书" in reason.about for reason in case_of(view).decision.reasons)
    view = table.lay(next(p for p in samples() if p.material == "G04"))
    item = next(i for i in case_of(view).checklist if i.material == "G04")
    assert item.state is not ItemState.EXPECTED


def test_a_proxys_own_card_is_not_called_a_mistake(table: Table) -> None:
    table.open(F01)
    table.desk.name_visitor("proxy")
    view = table.lay(paper("F06-D02-front"))
    assert view.notice and view.notice.text.key == "flow.visitor.card"
    assert view.notice.level == "info"


def test_a_parent_after_all_takes_the_letter_off_the_list(table: Table) -> None:
    table.open(F01)
    table.desk.name_visitor("proxy")
    table.until(lambda v: v.case and any(i.material == "G04" for i in v.case.checklist))
    table.desk.name_visitor("father")
    table.until(lambda v: v.case and all(i.material != "G04" for i in v.case.checklist))


@pytest.fixture
def table_without_rule(new_table: Callable[..., Table]) -> Table:
    """A desk whose pack says nothing of proxies."""
    pack = load_contents(changed("2014.9", ("requirements.yaml", 'when: "proxy"', 'when: "false"')))
    return new_table(lambda _store: {"NS2014": pack})


def asked_for_letter(table: Table) -> CaseView:
    table.open(F01)
    table.desk.name_visitor("proxy")
    case = case_of(table.lay_all("F01"))
    assert [q.question_id for q in case.questions if q.answer is None] == [LETTER]
    assert case.decision.allowed == ()
    return case


def test_where_the_rules_say_nothing_a_person_looks_at_the_letter(table_without_rule: Table) -> None:
    asked_for_letter(table_without_rule)
    table_without_rule.desk.answer_question(LETTER, True)
    view = table_without_rule.until(lambda v: v.case and v.case.decision.allowed)
    assert case_of(view).decision.allowed == ("RECEIPT",)


def test_without_a_letter_there_is_no_receipt_and_the_slip_says_why(table_without_rule: Table) -> None:
    table = table_without_rule
    asked_for_letter(table)
    table.desk.answer_question(LETTER, False)
    view = table.until(lambda v: v.case and v.case.decision.allowed)
    assert case_of(view).decision.allowed == ("RETURN",)
    assert "授权委托书" in case_of(view).decision.reasons[-1].text
    table.desk.decide("RETURN")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    (decided,) = [e.payload for e in table.store.events(F01) if e.kind == "case.decided"]
    assert decided["category"] is None
    assert [reason["code"] for reason in decided["reasons"]] == ["R-MISSING"]


def test_who_moves_in_alone_comes_for_himself_or_sends_somebody(table: Table) -> None:
    file = Path(__file__).parents[2] / "practice" / "data" / "movein.json"
    records = records_in(json.loads(file.read_text(encoding="utf-8")))
    alone = next(record for record in records if not record.data["guardians"])
    table.store.put_applications([row_of(alone)], "2")
    visitor = case_of(table.open(alone.application_no)).visitor
    assert visitor and visitor.supposed == "applicant"
    assert [(choice.who, say(choice.text)) for choice in visitor.choices] == [
        ("applicant", "迁入人"),
        ("proxy", "代办人"),
    ]
    table.desk.name_visitor("proxy")
    view = table.until(lambda v: v.case and v.case.questions)
    letter = next(q for q in case_of(view).questions if q.question_id == LETTER)
    assert "本人签名" in say(letter.text)
