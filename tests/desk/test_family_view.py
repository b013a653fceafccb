"""What the desk tells the family's screen: enough to know how things stand, nothing that is anybody's."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from desk_table import Table

from kiosk.desk.for_family import personal_data_notice
from kiosk.desk.for_family_view import FamilyView, Standing
from kiosk.desk.view import DeskView
from kiosk.policy import builtin_packs
from kiosk.policy.local_text import LocalText
from kiosk.policy.schema import PersonalData
from kiosk.texts import LANGUAGES, Text, say
from practice.world import family, papers

F01, F04, F06 = "NS2014X01000001", "NS2014X01000004", "NS2024X01000006"


def shown(view: DeskView) -> FamilyView:
    assert view.case is not None
    assert view.case.family is not None
    return view.case.family


def sentences(node: Any, language: str) -> list[str]:
    """Every word in a snapshot, said."""
    if isinstance(node, Text):
        return [say(node, language)]
    if isinstance(node, str):
        return [str(node)]
    if isinstance(node, tuple):
        return [said for part in node for said in sentences(part, language)]
    if is_dataclass(node) and not isinstance(node, type):
        return [said for f in fields(node) if f.name != "visit" for said in sentences(getattr(node, f.name), language)]
    return []


def values(family_id: str) -> set[str]:
    """What the family's papers and application say of it: names, numbers, addresses."""
    found = {v for paper in papers(family_id) for v in paper.fields.values()}
    return {
        value
        for value in found
        if len(value) >= 3 and not re.fullmatch(r"[\d年月日./-]{3,10}|.{1,4}族|女性|男性", value)
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("number", "family_id"), [(F01, "F01"), (F04, "F04"), (F06, "F06")])
def test_no_value_of_any_paper_is_in_it(table: Table, number: str, family_id: str, language: str) -> None:
    table.open(number)
    moments = [shown(view) for view in [table.view]]
    moments.append(shown(table.lay_all(family_id)))
    for moment in moments:
        said = "\n".join(sentences(moment, language))
        assert [value for value in values(family_id) if value in said] == []
        assert number not in said
        assert re.search(r"\d{6}", said) is None
    assert family(family_id).id == family_id


def test_it_says_what_is_wanted_next_and_why(table: Table) -> None:
    now = shown(table.open(F01))
    assert say(now.now).startswith("请交给老师：")
    assert now.now_why is not None
    assert {Standing.WANTED, Standing.WAIVED} <= {item.standing for item in now.items}
    assert all(say(item.why) for item in now.items)
    waived = next(item for item in now.items if item.standing is Standing.WAIVED)
    assert "不用交原件" in say(waived.why)


def test_pages_of_one_document_are_counted(table: Table) -> None:
    table.open(F01)
    booklet = [p for p in papers("F01") if p.material == "A01"]
    now = shown(table.lay(booklet[0]))
    assert say(now.now).startswith("请翻到下一页：")
    assert "已看 1 页，共" in say(now.now)


def test_what_differs_is_named_without_its_values(table: Table) -> None:
    table.open(F06)
    view = table.lay_all("F06")
    assert view.case is not None
    assert shown(view).looking
    assert say(shown(view).now).startswith("老师正在看：")
    row = next(r for d in view.case.documents for r in d.rows if r.field == "location")
    table.desk.answer_field(row.doc_id, row.field, "mismatch")
    view = table.until(lambda v: v.case and "RETURN" in v.case.decision.allowed)
    differs = [item for item in shown(view).items if item.standing is Standing.DIFFERS]
    assert any(say(row.label) in say(item.why) for item in differs)
    assert not any("栋" in say(item.why) for item in differs)
    table.desk.decide("RETURN")
    end = shown(table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved"))
    assert any(say(differs[0].name) in say(sentence) for sentence in end.after)
    assert any(say(sentence).startswith("补验时间：2024年5月25日") for sentence in end.after)


def test_a_receipt_says_where_the_result_is_found(table: Table) -> None:
    table.open(F01)
    table.lay_all("F01")
    table.desk.decide("RECEIPT")
    end = shown(table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved"))
    assert "录取结果以区教育部门公布为准" in say(end.after[0])
    assert "published by the district" in say(end.after[0], "en")


# ── what a family is told of its data ───────────────────────────────────────────────────────────────────────────────


def test_the_notice_is_written_down_once_a_visit(table: Table) -> None:
    assert shown(table.open(F01)).notice.given == ""
    table.desk.notice_given("screen", "zh_TW")
    table.desk.notice_given("clerk", "en")
    assert shown(table.settled()).notice.given == "screen"
    kept = [e.payload for e in table.store.events(F01) if e.kind == "notice.given"]
    assert kept == [{"how": "screen", "language": "zh_TW"}]


def test_the_notice_is_no_act_that_undo_takes_back(table: Table) -> None:
    table.open(F01)
    table.desk.notice_given("clerk", "zh_CN")
    view = table.settled()
    assert view.case is not None
    assert not view.case.can_undo


def test_the_next_visit_is_told_anew(table: Table) -> None:
    table.open(F01)
    table.lay_all("F01")
    table.desk.notice_given("screen", "zh_CN")
    table.desk.decide("RECEIPT")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    table.desk.finish()
    table.until(lambda v: v.case is None)
    assert shown(table.open(F01)).notice.given == ""


def test_a_pack_may_tell_it_in_its_own_words() -> None:
    pack = builtin_packs()["NS2014"]
    usual = personal_data_notice(pack)
    assert "30 天" in say(usual.kept)
    own = LocalText(zh_CN="照片当天删除", zh_TW="照片當天刪除", en="Deleted the same day")
    told = personal_data_notice(_with(pack, PersonalData(kept=own)))
    assert say(told.kept, "en") == "Deleted the same day"
    assert told.what == usual.what


def _with(pack: Any, personal_data: PersonalData) -> Any:
    from dataclasses import replace

    return replace(pack, personal_data=personal_data)


# ── the language of the screen is not that of the paper ─────────────────────────────────────────────────────────────


def test_names_and_reasons_follow_the_screen_and_the_log_keeps_the_desks_own(table: Table) -> None:
    table.open(F06)
    table.desk.speak("en")
    view = table.lay_all("F06")
    assert view.case is not None
    assert not any(re.search(r"[\u3400-\u9fff]", item.name) for item in view.case.checklist)
    row = next(r for d in view.case.documents for r in d.rows if r.field == "location")
    table.desk.answer_field(row.doc_id, row.field, "mismatch")
    table.until(lambda v: v.case and "RETURN" in v.case.decision.allowed)
    table.desk.decide("RETURN")
    view = table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    assert view.case is not None
    assert not re.search(r"[\u3400-\u9fff]", view.case.decision.reasons[0].text)
    decided = next(e.payload for e in table.store.events(F06) if e.kind == "case.decided")
    assert re.search(r"[\u3400-\u9fff]", decided["reasons"][0]["text"])
