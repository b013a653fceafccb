"""The second service is a folder: other people, other papers, other conditions, and no line of code."""

import copy
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.paper.build import DeskFacts, build_paper
from kiosk.paper.from_pack import service_facts
from kiosk.paper.wording import Wording
from kiosk.policy import Answers, CaseInput, Evaluation, builtin_packs, evaluate, expected_sets
from kiosk.texts import LANGUAGES, say
from yanhe.main import main

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "practice" / "data" / "movein.json"
FAMILIES = {f["id"]: f for f in json.loads(FILE.read_text(encoding="utf-8"))["families"]}
PACK = builtin_packs()["RH2024"]


def _case(name: str) -> dict[str, Any]:
    return copy.deepcopy(FAMILIES[name])


def _evaluate(data: dict[str, Any], answers: Answers | None = None) -> Evaluation:
    return evaluate(PACK, CaseInput.from_json(data), answers or Answers(), visit_over=True)


@pytest.mark.parametrize("name", FAMILIES)
def test_each_case_is_decided_as_expected(name: str, capsys: pytest.CaptureFixture[str]):
    assert main(["decide", str(FILE), "--family", name, "--json"]) == 0
    decision = json.loads(capsys.readouterr().out)["decisions"][0]
    expected = FAMILIES[name]["expected"]
    assert decision["decision"] == expected["decision"]
    assert decision["category"] == expected["category"]
    assert [f"{r['code']} {r['about']}" for r in decision["reasons"]] == expected["reasons"]


def test_there_is_a_receipt_a_return_and_a_referral():
    assert [f["expected"]["decision"] for f in FAMILIES.values()] == ["RECEIPT", "RETURN", "REFER"]


def test_no_line_of_the_program_knows_this_service():
    for package in ("kiosk", "scanner", "offline_cache", "central", "ui"):
        for path in (ROOT / package).rglob("*.py"):
            assert not re.search("RH2024|movein|move_kind", path.read_text(encoding="utf-8")), path


def _codes(evaluation: Evaluation) -> list[str]:
    return [r.code for r in evaluation.decision().reasons]


def _printed(data: dict[str, Any], material: str) -> dict[str, Any]:
    return next(d["fields"] for d in data["documents"] if d["material"] == material)


def test_a_marriage_of_less_than_two_years_does_not_do():
    data = _case("M01")
    data["applications"][0]["marriage"]["registered_on"] = "2022-06-05"
    _printed(data, "B01")["registered_on"] = "二〇二二年六月五日"
    assert _codes(_evaluate(data)) == ["R-MARRIED-SHORT"]
    data["desk"]["date"] = "2024-06-05"
    assert _evaluate(data).decision().decision == "RECEIPT"


def test_somebody_elses_marriage_certificate_is_noticed():
    data = _case("M01")
    _printed(data, "B01")["spouse_b"]["id_no"] = FAMILIES["M02"]["applications"][0]["guardians"][1]["id_no"]
    assert _codes(_evaluate(data)) == ["R-DECL-DIFF"]


def test_the_spouses_may_stand_in_either_order():
    data = _case("M01")
    paper = _printed(data, "B01")
    paper["spouse_a"], paper["spouse_b"] = paper["spouse_b"], paper["spouse_a"]
    assert _evaluate(data).decision().decision == "RECEIPT"


def test_what_the_paper_does_not_say_is_a_question():
    data = _case("M01")
    del _printed(data, "M01")["issued_on"]
    evaluation = _evaluate(data)
    assert evaluation.decision().decision == "PENDING"
    assert [q.id for q in evaluation.questions] == ["check:0:Q-PROOF-FRESH"]
    yes = Answers(questions={"check:0:Q-PROOF-FRESH": True})
    assert _evaluate(data, yes).decision().decision == "RECEIPT"


def test_what_only_a_machine_has_read_is_a_question_not_a_mismatch():
    data = _case("M02")
    document = next(d for d in data["documents"] if d["material"] == "M01")
    document["evidence"] = {"issued_on": {"text": "2023年10月9日", "verdict": None}}
    found = {c.code: c.settled for c in _evaluate(data).cross_checks}
    assert found["Q-PROOF-FRESH"] == "ask"


@pytest.mark.parametrize(
    ("answers", "decision"),
    [
        ([("conflict", "2024-05-30"), ("matched", "2024-06-01")], "RECEIPT"),
        ([("matched", "2024-05-30"), ("conflict", "2024-06-01")], "REFER"),
        ([("matched", "2024-06-01"), ("conflict", "2024-06-01")], "REFER"),
        ([("conflict", "2024-05-30"), ("unavailable", "2024-06-01")], "REFER"),
    ],
)
def test_a_department_may_correct_itself(answers: list[tuple[str, str]], decision: str):
    data = _case("M01")
    record = data["department_results"].pop(1)
    data["department_results"] += [{**record, "result": result, "answered_on": day} for result, day in answers]
    assert _evaluate(data).decision().decision == decision


def test_a_departments_doubt_sends_the_case_to_the_city():
    data = _case("M01")
    data["department_results"][1]["result"] = "conflict"
    assert _evaluate(data).decision().decision == "REFER"
    assert _codes(_evaluate(data)) == ["R-REFER-RECORD"]


def test_papers_to_expect_are_those_of_this_service():
    assert set(expected_sets(PACK, CaseInput.from_json(_case("M03")))) == {
        "G01:form",
        "M01:child",
        "A03:child",
        "A13:household",
        "F01:child",
        "D02:child",
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FAMILIES)
def test_nothing_anybody_is_told_is_a_bare_key(name: str, language: str):
    evaluation = _evaluate(_case(name))
    sentences = [
        *(m.why for m in evaluation.materials),
        *(c.why for c in evaluation.cross_checks),
        *(r.text for r in evaluation.decision().reasons),
        *(v.label for v in evaluation.field_verdicts),
    ]
    for sentence in sentences:
        assert not re.search(r"(policy|pack|matching)\.[a-z]|{\w+}", say(sentence, language))


def test_the_paper_names_persons_and_place_as_this_service_does():
    data = _case("M02")
    evaluation = _evaluate(data)
    decided = {
        "decision": "RETURN",
        "paper_no": "RH2024-P01-1-000001",
        "category": None,
        "materials": [{"material": m.material, "state": m.state.value} for m in evaluation.materials],
        "reasons": [
            {"code": r.code, "text": say(r.text), "about": r.about, "curable": r.curable, "bring": say(r.bring)}
            for r in evaluation.decision().reasons
            if r.bring
        ],
    }
    desk = DeskFacts("P01-1", "1号窗口", "虚构户政窗口", "T01")
    at = datetime(2024, 6, 4, 10, tzinfo=UTC)
    paper = build_paper(decided, data["applications"][0], service_facts(PACK), desk, at=at, audit_head="0" * 64)
    facts = {label: value for row in Wording(paper).facts() for label, value, _ in row}
    assert facts["迁入人姓名"] == "沈例川"
    assert facts["受理单位"] == "虚构户政窗口"
    assert paper.title == "深圳市2024年入户申请材料退回单"
    assert paper.reasons[0].about == "迁入人户籍证明"
    assert "2024年6月14日" in paper.supplement
