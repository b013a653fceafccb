"""yanhe pack check, explain, diff, as authors of packs and scripts call them."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from kiosk.policy import builtin_packs
from kiosk.texts import LANGUAGES, catalogue
from yanhe.main import main

ROOT = Path(__file__).parent.parent.parent
SERVICES = ROOT / "resources" / "services"
FAMILIES = ROOT / "practice" / "data" / "families.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SERVICES / "nanshan-primary-2014", tmp_path / "pack"))


def _edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", sorted(p.name for p in SERVICES.iterdir() if p.is_dir()))
def test_the_packs_of_the_program_are_right(name: str, capsys: pytest.CaptureFixture[str]):
    assert main(["pack", "check", str(SERVICES / name), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mistakes"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_pack_is_told_line_by_line_in_the_readers_language(
    folder: Path, language: str, capsys: pytest.CaptureFixture[str]
):
    _edit(folder, "checks.yaml", "reason: R-AGE", "reason: R-OLD")
    _edit(folder, "pack.yaml", '"2014-04-24"', '"2014-04-31"')
    assert main(["pack", "check", str(folder), "--language", language]) == 1
    first, second, total = capsys.readouterr().err.splitlines()
    assert first.startswith(f"{folder}/pack.yaml:8:21: calendar.supplement_days.0: ")
    assert second.startswith(f"{folder}/checks.yaml:3:27: checks.0.reason: ")
    assert "2" in total


def test_mistakes_as_data(folder: Path, capsys: pytest.CaptureFixture[str]):
    _edit(folder, "checks.yaml", "reason: R-AGE", "reason: R-OLD")
    assert main(["pack", "check", str(folder), "--json", "--language", "en"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    (mistake,) = answer["mistakes"]
    assert (mistake["line"], mistake["column"], mistake["mistake"]) == (3, 27, "unknown_reason")
    assert mistake["text"].startswith("unknown reason code 'R-OLD'")


def _explained(folder: Path, family: str, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    arguments = ["pack", "explain", str(folder), "--case", str(FAMILIES), "--family", family, "--json", *more]
    assert main(arguments) == 0
    return {m["material"]: m for m in json.loads(capsys.readouterr().out)["materials"]}


def test_why_a_material_is_needed_with_the_facts_that_decided(folder: Path, capsys: pytest.CaptureFixture[str]):
    found = _explained(folder, "F04", capsys)["C09"]
    (occasion,) = found["occasions"]
    assert occasion["holds"] is True
    assert "first_registered < policy.lease_fee_invoice_if_first_issued_before" in occasion["when"]
    assert occasion["why"] == "因为租赁凭证首次签发早于2013-01-01"
    assert {f["name"]: (f["label"], f["words"]) for f in occasion["facts"]} == {
        "housing": ("住房类型", "租房（红本）"),
        "first_registered": ("首次登记日期", "2012-11-05"),
        "policy.lease_fee_invoice_if_first_issued_before": (
            "本包规定 lease_fee_invoice_if_first_issued_before",
            "2013-01-01",
        ),
    }
    assert found["holders"] == ["lessee"]


def test_by_whom_and_when_an_original_was_waived(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    data = next(f for f in json.loads(FAMILIES.read_text(encoding="utf-8"))["families"] if f["id"] == "F01")
    for answer in data["department_results"]:
        answer["answered_on"] = "2014-04-16"
    case = tmp_path / "case.json"
    case.write_text(json.dumps(data), encoding="utf-8")
    assert main(["pack", "explain", str(folder), "--case", str(case), "--json"]) == 0
    found = {m["material"]: m for m in json.loads(capsys.readouterr().out)["materials"]}
    assert found["C01|C02"]["state"] == "WAIVED_BY_DATA"
    assert found["C01|C02"]["waived_by"]["department"] == "不动产登记部门"
    assert found["C01|C02"]["waived_by"]["date"] == "2014-04-16"
    assert found["A04"]["waivable"] is False


def test_what_is_not_needed_is_explained_when_asked(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert "B02" not in _explained(folder, "F01", capsys)
    found = _explained(folder, "F01", capsys, "--all")["B02"]
    assert found["needed"] is False
    assert [o["holds"] for o in found["occasions"]] == [False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_has_a_name_for_people(folder: Path, language: str, capsys: pytest.CaptureFixture[str]):
    for name, pack in builtin_packs().items():
        case = ROOT / "practice" / "data" / ("movein.json" if name == "RH2024" else "families.json")
        source = next(p for p in SERVICES.iterdir() if f"id: {name}\n" in (p / "pack.yaml").read_text(encoding="utf-8"))
        assert main(["pack", "explain", str(source), "--case", str(case), "--all", "--language", language]) == 0
        said = capsys.readouterr().out
        assert "pack.fact" not in said
        assert "pack.explain" not in said
        assert pack.version in said


def test_what_a_new_version_would_change(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    after = Path(shutil.copytree(folder, tmp_path / "after"))
    _edit(after, "pack.yaml", 'born_on_or_before: "2008-08-31"', 'born_on_or_before: "2008-09-30"')
    _edit(after, "pack.yaml", "waivable: [C01, C02, ", "waivable: [")
    _edit(
        after,
        "requirements.yaml",
        '  - material: "G04"',
        '  - material: "G02"\n    required_when:\n      - {when: "hukou == \'SZ_NONE\'", rule: new, '
        'why: {zh_CN: 新, zh_TW: 新, en: new}}\n    holder: child\n  - material: "G04"',
    )
    cases = tmp_path / "cases"
    cases.mkdir()
    shutil.copy(FAMILIES, cases / "families.json")
    assert main(["pack", "diff", str(folder), str(after), "--cases", str(cases), "--json", "--confirm-asks"]) == 0
    *lines, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    by_case = {line["case"]: line for line in lines}
    assert by_case["F08"]["reasons_dropped"]
    assert by_case["F01"]["materials_changed"]
    assert by_case["F04"]["materials_added"] == ["G02"]
    assert by_case["F13"]["same"]
    summary = last["summary"]
    assert summary["applications"] == len(lines)
    assert summary["changed"] == sum(not line["same"] for line in lines)
    others = [f for f in json.loads(FAMILIES.read_text(encoding="utf-8"))["families"] if f["policy"] != "NS2014"]
    assert summary["of_other_packs"] == sum(len(f["applications"]) for f in others) > 0


def test_the_same_pack_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["pack", "diff", str(folder), str(folder), "--cases", str(FAMILIES), "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert "0 change" in said.splitlines()[0]


def test_cases_that_are_not_there_are_said_plainly(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["pack", "diff", str(folder), str(folder), "--cases", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err


def test_every_mistake_has_words_in_every_language():
    keys = {key for key in catalogue("zh_CN") if key.startswith("pack.")}
    for language in LANGUAGES:
        assert keys == {key for key in catalogue(language) if key.startswith("pack.")}
