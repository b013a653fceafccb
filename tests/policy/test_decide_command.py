"""yanhe decide, as people and scripts call it."""

import json
from pathlib import Path

import pytest
from family_data import IDS, expected, family

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
