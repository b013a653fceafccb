"""yanhe decide, as people and scripts call it."""

import json
from pathlib import Path

import pytest
from family_data import IDS, decide, expected, family

from yanhe.main import main

FAMILIES = Path(__file__).parent.parent.parent / "practice" / "data" / "families.json"


def _case(tmp_path: Path, family_id: str) -> str:
    path = tmp_path / f"{family_id}.json"
    path.write_text(json.dumps(family(family_id), ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_one_family_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["decide", _case(tmp_path, "F06"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["decisions"] == expected("F06")["decisions"]
    assert {"field_verdicts", "cross_checks", "materials", "questions"} <= set(answer)


def test_questions_leave_it_pending_until_they_are_confirmed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = _case(tmp_path, "F13")
    main(["decide", path, "--json"])
    pending = json.loads(capsys.readouterr().out)
    assert pending["decisions"][0]["decision"] == "PENDING"
    assert {q["field"] for q in pending["questions"]} == {"name", "mother_name"}
    main(["decide", path, "--json", "--confirm-asks"])
    assert json.loads(capsys.readouterr().out)["decisions"] == expected("F13")["decisions"]


def test_a_file_of_families_is_decided_line_by_line_or_one_of_them(capsys: pytest.CaptureFixture[str]):
    assert main(["decide", str(FAMILIES), "--json"]) == 0
    assert [json.loads(line)["case"] for line in capsys.readouterr().out.splitlines()] == IDS
    assert main(["decide", str(FAMILIES), "--family", "F04"]) == 0
    said = capsys.readouterr().out
    assert "C09 房屋租赁管理费发票" in said
    assert "F05" not in said


def test_an_unfinished_visit_misses_nothing_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    main(["decide", _case(tmp_path, "F04"), "--json", "--unfinished"])
    answer = json.loads(capsys.readouterr().out)
    assert {m["material"]: m["state"] for m in answer["materials"]}["C09"] == "EXPECTED"
    assert answer["decisions"][0]["outstanding"]


def test_another_pack_may_be_tried(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = FAMILIES.parent.parent.parent / "resources" / "services" / "nanshan-primary-2024"
    assert main(["decide", _case(tmp_path, "F01"), "--json", "--pack", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out)["pack"]["id"] == "NS2024"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[1]",
        "{}",
        '{"policy": "NS2014", "desk": {"date": "2014-04-19"}, "applications": [1]}',
        '{"policy": "NS1999", "desk": {"date": "1999-01-01"}, "applications": [{}]}',
    ],
)
def test_what_is_no_case_is_refused_with_a_message(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str):
    path = tmp_path / "case.json"
    path.write_text(content, encoding="utf-8")
    assert main(["decide", str(path)]) == 2
    assert "yanhe decide: " in capsys.readouterr().err
    assert main(["decide", str(path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]


def test_a_missing_file_pack_or_family_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["decide", str(tmp_path / "nothing.json")]) == 2
    assert main(["decide", str(FAMILIES), "--family", "F99"]) == 2
    assert main(["decide", str(FAMILIES), "--pack", str(tmp_path)]) == 2
    assert "F99" in capsys.readouterr().err


def _refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], **changes: object) -> str:
    path = tmp_path / "family.json"
    path.write_text(json.dumps({**family("F01"), **changes}, ensure_ascii=False), encoding="utf-8")
    assert main(["decide", str(path), "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error.startswith(f"{path}: F01: ")
    return error.removeprefix(f"{path}: F01: ")


@pytest.mark.parametrize(
    ("changes", "place", "expects"),
    [
        ({"desk": {"date": "yesterday"}}, "desk.date", "2014-04-19"),
        ({"desk": None}, "desk.date", "2014-04-19"),
        ({"policy": "NS1999"}, "policy", "NS2014, NS2024"),
        ({"applications": {}}, "applications", "list"),
        ({"applications": [{"guardians": {}}]}, "applications[0].guardians", "list"),
        ({"documents": [{"fields": {}}]}, "documents[0].material", "A01"),
        ({"documents": [{"material": "A01", "fields": ["x"]}]}, "documents[0].fields", "object"),
        ({"documents": [{"material": "A01", "application": 3}]}, "documents[0].application", "0 to 0"),
        ({"documents": [{"material": "A01", "evidence": {"name": 1}}]}, "documents[0].evidence.name", "verdict"),
        ({"department_results": ["C01"]}, "department_results[0]", "object"),
        ({"department_results": [{"about": "C01", "application": 9}]}, "department_results[0].application", "0 to 0"),
    ],
)
def test_what_cannot_be_used_is_named_by_file_family_and_path_with_what_was_expected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict, place: str, expects: str
):
    error = _refused(tmp_path, capsys, **changes)
    assert error.startswith(place)
    assert expects in error


def test_a_category_no_rule_knows_is_refused_and_never_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    application = family("F01")["applications"][0]
    error = _refused(tmp_path, capsys, applications=[{**application, "hukou_category": "SZIN"}])
    assert error.startswith("applications[0].hukou_category")
    assert "SZ_IN" in error
    assert "guardians" in _refused(tmp_path, capsys, applications=[{**application, "guardians": []}])
    housing = {**application["housing"], "kind": "TENT"}
    assert "housing.kind" in _refused(tmp_path, capsys, applications=[{**application, "housing": housing}])
    assert (
        decide({**family("F01"), "applications": [{**application, "housing": housing}]}).decision().decision
        == "PENDING"
    )


def test_one_unusable_family_does_not_keep_the_others_waiting(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "day.jsonl"
    lines = [family("F01"), {"id": "broken"}, family("F04")]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    assert main(["decide", str(path), "--json"]) == 2
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["case"] for line in said] == ["F01", "broken", "F04"]
    assert ["error" in line for line in said] == [False, True, False]


def test_optional_parts_may_be_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    data = {k: v for k, v in family("F01").items() if k in ("policy", "desk", "applications")}
    path = tmp_path / "bare.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert main(["decide", str(path), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {r["code"] for r in answer["decisions"][0]["reasons"]} == {"R-MISSING"}


def test_a_paper_the_pack_does_not_know_and_a_day_that_is_none_are_mentioned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    data = family("F01")
    data["documents"].append({"material": "Z99", "holder": "child"})
    data["desk"]["date"] = "2014-04-23"
    path = tmp_path / "family.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    main(["decide", str(path), "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert ["Z99" in answer["warnings"][0], "2014-04-23" in answer["warnings"][1]] == [True, True]
    assert answer["period"] == {"day": "2014-04-23", "is": "between", "supplement_days_left": ["2014-04-24"]}


@pytest.mark.parametrize("family_id", IDS)
def test_every_result_carries_its_explanation_as_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], family_id: str
):
    main(["decide", _case(tmp_path, family_id), "--json", "--confirm-asks"])
    answer = json.loads(capsys.readouterr().out)
    why = answer["explanations"]
    assert [(e["doc"], e["field"]) for e in why["field_verdicts"]] == [
        (v["doc"], v["field"]) for v in answer["field_verdicts"]
    ]
    for explained in why["field_verdicts"]:
        assert explained["rule"]
        assert explained["declared"]["normal"]
        assert explained["printed"]["normal"]
        assert explained["sentence"]["key"].startswith(("matching.", "policy."))
    assert {e["rule"] for e in why["cross_checks"]} == {c["check"] for c in answer["cross_checks"]}
    for explained in why["cross_checks"]:
        assert explained["inputs"] or explained["rule"] in ("X-SURNAME", "X-SIBLING-MIX", "X-ADDR-HUKOU-HOUSING")
    assert all(m["predicate"] for m in why["materials"])
    assert len(why["reasons"]) == sum(len(d["reasons"]) for d in answer["decisions"])
