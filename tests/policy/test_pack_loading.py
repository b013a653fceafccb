"""Packs are data: broken ones are refused with the place of the mistake, new materials and reasons need no code."""

import shutil
from pathlib import Path

import pytest
from family_data import codes, family

from kiosk.policy import Answers, CaseInput, PackError, builtin_packs, evaluate, load_pack, load_packs, to_expected_json
from kiosk.texts import LANGUAGES, say

SERVICES = Path(__file__).parent.parent.parent / "resources" / "services"


@pytest.fixture
def pack_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SERVICES / "nanshan-primary-2014", tmp_path / "copy"))


def _edit(folder: Path, file: str, old: str, new: str) -> int:
    """Replaces the first ``old``; returns its line."""
    path = folder / file
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")
    return source[: source.index(old)].count("\n") + 1


def test_the_built_in_packs_load():
    assert set(builtin_packs()) == {"NS2014", "NS2024"}


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("requirements.yaml", 'when: "proxy"', 'when: "proxy &&"', "not a CEL expression"),
        ("requirements.yaml", 'when: "proxy"', 'when: "proxie"', "cannot evaluate"),
        ("requirements.yaml", 'when: "proxy"', "when: \"'x'\"", "must give true or false"),
        ("requirements.yaml", 'any: "guardian_roles"', 'any: "size(guardian_roles)"', "must give a list of names"),
        ("requirements.yaml", 'material: "A04"', 'material: "A99"', "unknown material 'A99'"),
        ("materials.yaml", "class: cert", "class: certificate", "'id', 'cert', 'name'"),
        ("materials.yaml", "comparator: business_number", "comparator: fuzzy", "unknown comparator 'fuzzy'"),
        ("materials.yaml", "label: head,", "label: hat,", "unknown label 'hat'"),
        ("checks.yaml", "code: X-AGE", "code: X-AGES", "unknown check 'X-AGES'"),
        ("checks.yaml", "reason: R-AGE", "reason: R-OLD", "unknown reason code 'R-OLD'"),
        ("checks.yaml", "severity: hard", "severity: harsh", "'hard', 'warning' or 'note'"),
        ("pack.yaml", '"2014-04-24"', '"2014-04-31"', "day is out of range"),
        ("pack.yaml", "image_retention_days: 30", "image_retention_day: 30", "Extra inputs are not permitted"),
        ("pack.yaml", "waivable: [C01", "waivable: [C99", "unknown material 'C99'"),
    ],
)
def test_a_broken_pack_is_refused_with_file_line_and_what_was_expected(
    pack_copy: Path, file: str, old: str, new: str, says: str
):
    line = _edit(pack_copy, file, old, new)
    with pytest.raises(PackError) as refused:
        load_pack(pack_copy)
    complaint = next(c for c in str(refused.value).splitlines() if says in c)
    assert complaint.startswith(f"{pack_copy / file}:")
    assert abs(int(complaint.removeprefix(f"{pack_copy / file}:").split(":")[0]) - line) <= 1


def test_all_mistakes_of_a_pack_are_named_at_once(pack_copy: Path):
    _edit(pack_copy, "checks.yaml", "code: X-AGE", "code: X-AGES")
    _edit(pack_copy, "requirements.yaml", 'material: "A04"', 'material: "A99"')
    with pytest.raises(PackError) as refused:
        load_pack(pack_copy)
    assert {"X-AGES", "A99"} <= {
        word.strip("'") for line in str(refused.value).splitlines() for word in line.replace(";", " ").split()
    }


def test_what_is_no_yaml_or_not_there_is_said_plainly(pack_copy: Path):
    (pack_copy / "checks.yaml").write_text("checks: [", encoding="utf-8")
    with pytest.raises(PackError, match="not YAML"):
        load_pack(pack_copy)
    (pack_copy / "checks.yaml").unlink()
    with pytest.raises(PackError, match=r"checks\.yaml: expected a readable"):
        load_pack(pack_copy)


def test_two_packs_with_one_id_are_refused(tmp_path: Path):
    for name in ("one", "two"):
        shutil.copytree(SERVICES / "nanshan-primary-2014", tmp_path / name)
    with pytest.raises(PackError, match="already the id"):
        load_packs(tmp_path)


def test_a_new_material_and_a_new_reason_work_without_code(pack_copy: Path):
    text = "{zh_CN: 泳池健康证, zh_TW: 泳池健康證, en: Swimming certificate}"
    _edit(
        pack_copy,
        "materials.yaml",
        "  G04:",
        f"  Z01:\n    name: {text}\n    compare:\n      - {{field: owner, declared: child.name, label: name, class: name, reason: R-SWIM}}\n  G04:",
    )
    _edit(
        pack_copy,
        "requirements.yaml",
        '  - material: "G04"',
        f'  - material: "Z01"\n    required_when:\n      - {{when: "hukou == \'SZ_IN\'", rule: swimmers, why: {text}}}\n    holder: child\n  - material: "G04"',
    )
    _edit(pack_copy, "checks.yaml", "  R-AGE:", f"  R-SWIM:\n    text: {text}\n    curable: true\n  R-AGE:")
    pack = load_pack(pack_copy)
    data = family("F01")
    missing = evaluate(pack, CaseInput.from_json(data), Answers(), visit_over=True)
    assert [(r.code, r.about) for r in missing.decision().reasons] == [("R-MISSING", "Z01 泳池健康证")]
    data["documents"].append(
        {"doc_id": "Z01:child", "material": "Z01", "holder": "child", "fields": {"owner": "陈试川"}}
    )
    shown = evaluate(pack, CaseInput.from_json(data), Answers(), visit_over=True)
    assert codes(shown) == ["R-SWIM"]
    assert say(shown.decision().reasons[0].text, "en") == "Swimming certificate"
    assert to_expected_json(pack, shown)["decisions"][0]["reasons"][0]["text_zh"] == "泳池健康证"


@pytest.mark.parametrize("pack", builtin_packs().values(), ids=lambda p: p.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_material_and_reason_has_words_in_every_language(pack, language: str):
    for material in pack.materials.values():
        assert say(material.name.text(), language).strip()
    for reason in pack.reasons.values():
        assert say(reason.text.text(), language).strip()


def test_the_parameters_are_those_of_the_published_policies():
    pack = builtin_packs()["NS2024"]
    assert pack.parameters["social_insurance"]["min_consecutive_months"] == 12
    assert pack.calendar.verify_days == ("2024-05-18", "2024-05-19", "2024-05-20")
