"""What a paper says: built from the decision's plain data, masked, numbered, in plain words."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

import pytest
import sample_papers
from hypothesis import given
from hypothesis import strategies as st
from sample_papers import AUDIT_HEAD, DESK, decided, service

from kiosk.paper.build import ServiceFacts, build_paper
from kiosk.paper.from_pack import service_facts
from kiosk.paper.model import MaterialState, Paper, PaperKind
from kiosk.paper.numbers import mask_document_number, paper_no
from kiosk.paper.wording import Wording
from kiosk.policy.local_text import LocalText
from kiosk.policy.pack import Pack
from kiosk.policy.schema import Calendar, Category
from kiosk.policy.schema import Paper as PaperWords
from kiosk.texts import LANGUAGES, catalogue


def test_the_receipt_bears_district_and_year_in_its_title(receipt: Paper) -> None:
    assert receipt.title == "南山区2014年小一学位申请验核材料回执"


def test_the_name_is_printed_in_full_and_the_number_masked(receipt: Paper) -> None:
    assert receipt.child_name == "陈试远"
    assert receipt.child_id_masked == "440000********0135"


def test_a_waiver_names_department_and_day(receipt: Paper) -> None:
    wording = Wording(receipt)
    waived = [line for line in receipt.materials if line.state is MaterialState.WAIVED_BY_DATA]
    assert [line.name for line in waived] == ["房地产证(旧)或不动产权证书", "计划生育证明"]
    assert [wording.detail(line) for line in waived] == ["不动产登记部门 2014年4月12日", "卫计部门 2014年4月11日"]


def test_a_reason_says_what_it_is_about_in_words_not_codes(slip: Paper) -> None:
    assert slip.kind is PaperKind.SLIP
    (reason,) = slip.reasons
    assert reason.about == "不动产权证书 坐落 3栋1502 / 居民户口簿(全家) 住址 5栋1502"
    lines = Wording(slip).reason_lines(reason)
    assert lines[0] == "涉及：不动产权证书 坐落 3栋1502 / 居民户口簿(全家) 住址 5栋1502"
    assert not any(line.startswith("时间") for line in lines), "the one day stands at the head of the slip"


def test_where_some_reasons_cannot_be_cured_each_that_can_names_its_day(slip: Paper) -> None:
    final = replace(slip.reasons[0], code="R-AGE", curable=False)
    mixed = Wording(replace(slip, reasons=(*slip.reasons, final)))
    assert mixed.reason_lines(slip.reasons[0])[-1] == "时间：2024年5月25日(星期六) 9:00–17:00"
    assert "补验日不能解决" in mixed.reason_lines(final)


def test_a_material_named_beside_its_code_is_not_named_twice() -> None:
    paper = _return_with({"code": "R-MISSING", "text": "缺少规定材料", "about": "B01 结婚证", "curable": True})
    assert paper.reasons[0].about == "结婚证"
    assert paper.reasons[0].todo == "补验时带结婚证的原件来。"


def test_what_the_pack_says_to_bring_comes_before_the_general_sentence() -> None:
    reason = {
        "code": "R-MISSING",
        "text": "缺少规定材料",
        "about": "B01",
        "curable": True,
        "bring": "带结婚证或离婚证来",
    }
    assert _return_with(reason).reasons[0].todo == "带结婚证或离婚证来。"
    assert (
        _return_with({**reason, "bring": "到民政部门补领结婚证,再来补验。"}).reasons[0].todo
        == "到民政部门补领结婚证，再来补验。"
    )


def test_a_slip_that_the_supplementary_day_cannot_cure_says_so_at_once() -> None:
    paper = _return_with({"code": "R-AGE", "text": "不符合入学年龄", "about": "", "curable": False})
    wording = Wording(paper)
    assert "不能解决" in wording.outcome()[0]
    assert wording.reason_lines(paper.reasons[0]) == ["补验日不能解决"]


def test_every_kind_says_that_it_is_no_admission_and_how_to_ask_for_a_review() -> None:
    for decision in ("RECEIPT", "RETURN", "REFER"):
        notes = _paper(decided(decision, "NS2014-X01-02-000001", {"A01": "VERIFIED"})).notes
        assert "不作为录取凭证" in notes[0]
        assert "可以申请复核" in notes[-1]
        assert "0755-0000 0000" in notes[-1]


def test_the_sentences_of_the_pack_come_before_the_general_ones() -> None:
    facts = service(
        "2014",
        "2014-04-24",
        titles={PaperKind.REFER: "本区自己的题目"},
        not_admission="不是录取。",
        refer_note="十天内答复。",
    )
    paper = _paper(decided("REFER", "NS2014-X01-02-000001", {}), facts)
    assert paper.title == "本区自己的题目"
    assert paper.notes[0] == "不是录取。"
    assert "十天内答复。" in paper.notes


def test_an_offline_paper_says_that_the_platform_has_not_confirmed() -> None:
    assert "已在学校现场核验，平台尚未确认。" in sample_papers.receipt().notes
    assert "已在学校现场核验，平台已确认。" in sample_papers.receipt(confirmed=True).notes


def test_a_material_without_an_outcome_cannot_be_printed() -> None:
    with pytest.raises(ValueError, match="EXPECTED"):
        _paper(decided("RECEIPT", "NS2014-X01-02-000001", {"A01": "EXPECTED"}))


def test_the_digest_covers_all_contents_but_not_which_reprint_it_is(receipt: Paper) -> None:
    assert replace(receipt, copy_no=2).content() == receipt.content()
    changed = {
        "child_name": "陈试达",
        "category": "",
        "notes": (),
        "materials": receipt.materials[1:],
        "practice": True,
    }
    for name, value in changed.items():
        assert replace(receipt, **{name: value}).content() != receipt.content(), name


def test_every_language_has_every_sentence_with_the_same_parameters() -> None:
    chinese = {key: text for key, text in catalogue("zh_CN").items() if key.startswith("paper.")}
    for language in LANGUAGES:
        other = {key: text for key, text in catalogue(language).items() if key.startswith("paper.")}
        assert other.keys() == chinese.keys(), language
        for key, sentence in chinese.items():
            wanted = {name.split("}")[0].split(":")[0] for name in sentence.split("{")[1:]}
            found = {name.split("}")[0].split(":")[0] for name in other[key].split("{")[1:]}
            assert wanted == found, (language, key)


def test_a_paper_can_be_made_in_every_language(receipt: Paper) -> None:
    for language in LANGUAGES:
        said = " ".join(map(str, Wording(replace(receipt, language=language)).facts()))
        assert "paper." not in said
        assert "{" not in said


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_numbers_of_one_desk_never_meet(first: int, second: int) -> None:
    same = paper_no("NS2014", "X01", "02", first) == paper_no("NS2014", "X01", "02", second)
    assert same == (first == second)


def test_a_paper_number_reads_pack_school_desk_counter() -> None:
    assert paper_no("NS2014", "X01", "02", 123) == "NS2014-X01-02-000123"
    assert paper_no("NS2014", "X01", "3fa29c1b", 1) == "NS2014-X01-3FA29C1B-000001"
    with pytest.raises(ValueError, match="capitals"):
        paper_no("NS2014", "X-01", "02", 123)
    with pytest.raises(ValueError, match="begins at 1"):
        paper_no("NS2014", "X01", "02", 0)


@given(st.text(alphabet="0123456789X", max_size=25))
def test_a_mask_keeps_the_length_and_hides_at_least_a_quarter(number: str) -> None:
    masked = mask_document_number(number)
    assert len(masked) == len(number)
    assert masked.count("*") * 4 >= len(number)


def test_the_paper_holds_no_full_document_number(receipt: Paper, slip: Paper) -> None:
    for paper in (receipt, slip):
        assert "440000200802140135" not in str(asdict(paper))
        assert "440000201803220465" not in str(asdict(paper))


def test_a_loaded_pack_says_what_its_papers_say() -> None:
    def local(chinese: str) -> LocalText:
        return LocalText(zh_CN=chinese, zh_TW=chinese, en=chinese)

    words = {
        name: local(name)
        for name in (
            "receipt_title",
            "return_title",
            "refer_title",
            "not_an_admission",
            "all_defects_listed",
            "appeal",
            "refer_note",
        )
    }
    calendar = Calendar(
        online_window=("2014-04-07", "2014-04-18"),
        verify_days=("2014-04-19",),
        supplement_days=("2014-04-24",),
        hours="9:00–17:00",
        result=local("6月公布"),
    )
    pack = Pack(
        id="NS2014",
        version="1",
        title=local("小一"),
        calendar=calendar,
        parameters={},
        waivable=frozenset(),
        image_retention_days=30,
        category=Category(first=(), second=()),
        paper=PaperWords(**words),
        labels={},
        materials={},
        requirements=(),
        may_show=(),
        checks=(),
        reasons={},
    )
    facts = service_facts(pack, review_phone="0755")
    paper = _paper(decided("RETURN", "NS2014-X01-02-000001", {}), facts)
    assert paper.title == "return_title"
    assert paper.supplement == "2014年4月24日(星期四) 9:00–17:00"
    assert paper.notes[0] == "not_an_admission"
    assert "all_defects_listed" in paper.notes
    assert paper.notes[-1].startswith("appeal")
    assert paper.notes[-1].endswith("0755")


def _return_with(reason: dict[str, object]) -> Paper:
    return _paper(decided("RETURN", "NS2014-X01-02-000001", {"A01": "VERIFIED"}, reasons=[reason]))


def _paper(decision: dict[str, object], facts: ServiceFacts | None = None) -> Paper:
    child = {"name": "何例童", "id_no": "430000200806300245"}
    application = {"application_no": "NS2014X01000004", "child": child}
    at = datetime(2014, 4, 19, 9, 0)
    return build_paper(
        decision, application, facts or service("2014", "2014-04-24"), DESK, at=at, audit_head=AUDIT_HEAD
    )
