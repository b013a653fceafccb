"""Packs are data: broken ones are refused with the place of the mistake, new materials and reasons need no code."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from family_data import codes, family

from kiosk.policy import (
    Answers,
    CaseInput,
    PackError,
    builtin_packs,
    evaluate,
    expected_sets,
    load_pack,
    load_packs,
    to_expected_json,
)
from kiosk.policy.expressions import Expression, Facts
from kiosk.policy.loader import load_contents, read_contents
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
    assert set(builtin_packs()) == {"NS2014", "NS2024", "RH2024"}


BROKEN = [
    ("requirements.yaml", 'when: "proxy"', 'when: "proxy &&"', "predicate", "not a CEL expression"),
    (
        "requirements.yaml",
        'when: "proxy"',
        'when: "proxie"',
        "unknown_fact",
        "unknown fact 'proxie'; expected one of: proxy",
    ),
    ("requirements.yaml", "'HK', 'MO'] && size", "'HK'] && sise", "unknown_function", "expected one of: size"),
    ("requirements.yaml", 'when: "proxy"', "when: \"'x'\"", "not_truth", "must give true or false"),
    ("requirements.yaml", 'any: "guardian_roles"', 'any: "size(guardian_roles)"', "not_names", "a list of names"),
    (
        "requirements.yaml",
        "policy.family_planning_required",
        "policy.family_plan",
        "unknown_parameter",
        "'family_plan'",
    ),
    ("requirements.yaml", "早于{lease_fee", "早于{leese_fee", "unknown_placeholder", "{leese_fee"),
    ("requirements.yaml", 'material: "A04"', 'material: "A99"', "unknown_material", "unknown material 'A99'"),
    ("requirements.yaml", 'material: "A04"', 'material: "A03"', "repeated", "A03 stands here twice"),
    ("requirements.yaml", 'holder: "form"', 'holder: ""', "one_holder", "exactly one of holder, each, any"),
    ("materials.yaml", "class: cert", "class: certificate", "one_of", "expected id, cert, name"),
    ("materials.yaml", "comparator: business_number", "comparator: fuzzy", "comparator", "unknown comparator 'fuzzy'"),
    ("materials.yaml", "label: head,", "label: hat,", "unknown_label", "unknown label 'hat'"),
    ("materials.yaml", "  A03:", "  A02:", "twice", "this key stands twice"),
    ("materials.yaml", 'zh_TW: "坐落", ', "", "no_language", "zh_TW are missing"),
    ("materials.yaml", 'en: "Location"', 'en: " "', "expected", "text that is not empty"),
    ("checks.yaml", "code: X-AGE", "code: X-AGES", "unknown_check", "unknown check 'X-AGES'; expected one of: X-AGE"),
    ("checks.yaml", "reason: R-AGE", "reason: R-OLD", "unknown_reason", "unknown reason code 'R-OLD'"),
    ("checks.yaml", "severity: hard", "severity: harsh", "one_of", "expected hard, warning, note"),
    ("checks.yaml", "  R-COPY:", "  R-COPIES:", "reason_needed", "R-COPY is needed"),
    ("pack.yaml", '"2014-04-24"', '"2014-04-31"', "bad_day", "found '2014-04-31'"),
    ("pack.yaml", '"2014-04-24"', '"2014-04-20"', "supplement_too_early", "not after the last verification day"),
    ("pack.yaml", '"2014-04-24"', "24", "expected", "text in quotation marks"),
    ("pack.yaml", "image_retention_days: 30", "image_retention_day: 30", "unknown_key", "image_retention_days"),
    ("pack.yaml", "image_retention_days: 30", "image_retention_days: -1", "expected", "0 or more"),
    ("pack.yaml", "waivable: [C01", "waivable: [C99", "unknown_material", "unknown material 'C99'"),
]


@pytest.mark.parametrize(("file", "old", "new", "kind", "says"), BROKEN)
def test_a_mistake_is_named_with_file_line_place_and_what_was_expected(
    pack_copy: Path, file: str, old: str, new: str, kind: str, says: str
):
    line = _edit(pack_copy, file, old, new)
    with pytest.raises(PackError) as refused:
        load_pack(pack_copy)
    named = next(m for m in refused.value.mistakes if m.what.key == f"pack.mistake.{kind}")
    assert named.file == str(pack_copy / file)
    assert named.line == line or kind in ("repeated", "reason_needed", "one_holder")
    assert says in named.say("en")
    for language in LANGUAGES:
        assert not re.search(r"pack\.(mistake|expected)|{(?!leese)", named.say(language))


@pytest.mark.parametrize(
    ("written", "at"), [("proxy &&", "the end"), ("proxie", "proxie"), ("true || proxie", "proxie")]
)
def test_the_column_is_that_of_the_word_in_the_predicate(pack_copy: Path, written: str, at: str):
    line = _edit(pack_copy, "requirements.yaml", 'when: "proxy"', f'when: "{written}"')
    with pytest.raises(PackError) as refused:
        load_pack(pack_copy)
    mistake = refused.value.mistakes[0]
    there = (pack_copy / "requirements.yaml").read_text(encoding="utf-8").splitlines()[line - 1][mistake.column - 1 :]
    assert there.startswith(at) or (at == "the end" and there in ('&&"', '&"', '"'))


def test_mistakes_of_one_file_do_not_hide_those_of_another(pack_copy: Path):
    for file, old, new, *_ in (BROKEN[0], BROKEN[7], BROKEN[10], BROKEN[17], BROKEN[18], BROKEN[20], BROKEN[25]):
        _edit(pack_copy, file, old, new)
    with pytest.raises(PackError) as refused:
        load_pack(pack_copy)
    kinds = [m.what.key.removeprefix("pack.mistake.") for m in refused.value.mistakes]
    assert kinds == [
        "bad_day",
        "unknown_material",
        "one_of",
        "predicate",
        "unknown_material",
        "unknown_reason",
        "one_of",
    ]


def test_a_broken_entry_is_no_second_mistake_where_others_name_it(pack_copy: Path):
    _edit(pack_copy, "materials.yaml", "  A01:\n    name: {zh_CN:", "  A01:\n    name: {zh_XX:")
    with pytest.raises(PackError) as refused:
        load_pack(pack_copy)
    assert {m.place for m in refused.value.mistakes} == {"materials.A01.name.zh_CN", "materials.A01.name.zh_XX"}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"checks: [", "not_yaml"),
        (b"checks: \xff", "not_utf8"),
        (b"", "expected"),
        (b"- a", "expected"),
        (None, "no_file"),
    ],
)
def test_what_is_no_yaml_or_not_there_is_said_plainly(pack_copy: Path, content: bytes | None, kind: str):
    path = pack_copy / "checks.yaml"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(PackError) as refused:
        load_pack(pack_copy)
    assert f"pack.mistake.{kind}" in {m.what.key for m in refused.value.mistakes if m.file == str(path)}


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


# domain handbook §2.3: what the two years ask for, and what their packs know without asking for it
ASKED = {
    "NS2014": "G01 G04 A01 A03 A04 A05 A06 A07 A08 A09 A10 A11 A12 A13 A14 B01 B02 B03 B04 C01 C02 C03 C04 C05 C07 C08 C09 "
    "C10 C11 C12 C13 C14 C15 C16 C17 C18 D02 D03 D05 E01 F01 F02 F03 F04 F05",
    "NS2024": "G01 G04 A01 A03 A04 A05 A06 A07 A08 A09 A10 A11 A12 A13 A14 B01 B02 B03 B04 C01 C02 C03 C04 C05 C06 C07 "
    "C10 C11 C12 C13 C14 C15 C16 C17 C18 D02 D05 F01 F02 F03 F04 F05",
}
KNOWN = {"NS2014": "A02 C19 D01 D04 E02 E03 E04 G02", "NS2024": "A02 C08 C19 G02"}


@pytest.mark.parametrize("name", ASKED)
def test_the_packs_ask_for_every_paper_of_their_year(name: str):
    pack = builtin_packs()[name]
    assert {code for r in pack.requirements for code in r.codes} == set(ASKED[name].split())
    assert set(pack.materials) == {*ASKED[name].split(), *KNOWN[name].split()}


def _needed(data: dict[str, Any]) -> dict[str, str]:
    found = evaluate(builtin_packs()[data["policy"]], CaseInput.from_json(data), Answers(), visit_over=False)
    return {m.material: m.rule for m in found.materials}


def test_grandparents_of_the_same_booklet_need_no_notary():
    data = family("F06")
    data["applications"][0]["housing"]["kind"] = "GRANDPARENT"
    assert {"B03", "C18", "C01|C02"} <= set(_needed(data))
    data["applications"][0]["housing"]["same_booklet"] = True
    assert "B03" not in _needed(data)


def test_the_discontinued_blue_paper_is_replaced_by_contract_and_registration():
    data = family("F06")
    data["applications"][0]["housing"]["kind"] = "LEASE_BLUE"
    assert _needed(data)["C10"] == "blue lease information discontinued: contract and registration"
    assert "C08" not in _needed(data)


@pytest.mark.parametrize(
    ("changes", "holder"),
    [
        ({}, "mother"),
        ({"custody": {"to": "mother"}}, "mother"),
        ({"custody": {"to": "father"}}, "father"),
        ({"custody": {"to": "father"}, "remarried": {"cert_no": "J1"}}, "stepmother"),
    ],
)
def test_family_planning_is_the_mothers_or_that_of_who_has_custody(changes: dict[str, Any], holder: str):
    data = family("F04")
    data["applications"][0] |= changes
    papers = expected_sets(builtin_packs()["NS2014"], CaseInput.from_json(data))
    assert [doc_id for doc_id in papers if doc_id.startswith("E01")] == [f"E01:{holder}"]


def test_a_year_may_turn_hong_kong_and_macau_children_away(pack_copy: Path):
    data = family("F03")
    assert "R-NOT-ACCEPTED" not in codes(
        evaluate(load_pack(pack_copy), CaseInput.from_json(data), Answers(), visit_over=True)
    )
    _edit(pack_copy, "pack.yaml", "hk_mo_children_accepted: true", "hk_mo_children_accepted: false")
    refused = evaluate(load_pack(pack_copy), CaseInput.from_json(data), Answers(), visit_over=True)
    assert "R-NOT-ACCEPTED" in [r.code for r in refused.decision().reasons]


ODD = [None, 0, "", "{x}", [], {}, ["a"], [None], {"a": {"b": 1}}, {1: 2}]


@pytest.mark.parametrize("file", ["pack.yaml", "materials.yaml", "requirements.yaml", "checks.yaml"])
def test_whatever_stands_in_a_pack_it_is_refused_in_words(file: str):
    contents = read_contents(SERVICES / "shenzhen-movein-2024")
    data = yaml.safe_load(contents[file])
    for key in data:
        for odd in ODD:
            spoilt = yaml.safe_dump({**data, key: odd}, allow_unicode=True).encode()
            try:
                load_contents({**contents, file: spoilt})
            except PackError as refused:
                assert refused.mistakes
                assert all(m.file == file or m.line for m in refused.mistakes)


@pytest.mark.parametrize(
    ("expression", "gives"),
    [
        ("years_before('2024-02-29', 1)", "2023-02-28"),
        ("months_before('2024-03-31', 1)", "2024-02-29"),
        ("months_before('2024-01-15', 13)", "2022-12-15"),
        ("years_before('二〇二四年六月四日', 2)", "2022-06-04"),
        ("years_before('soon', 2)", ""),
        ("years_before('2024-01-01', -1)", ""),
    ],
)
def test_days_before(expression: str, gives: str):
    assert Expression(f"{expression} == '{gives}'").holds(Facts({}))


def test_a_file_that_contains_itself_is_refused(pack_copy: Path):
    (pack_copy / "checks.yaml").write_text("checks: &all [*all]\nreasons: {}\n", encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_pack(pack_copy)
    assert "pack.mistake.alias" in {m.what.key for m in refused.value.mistakes}
