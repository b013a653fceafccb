"""The sixteen families: fields, cross-checks, material states, decisions and reasons exactly as expected."""

from typing import Any

import pytest
from family_data import IDS, confirm_all, decide, expected, family

from kiosk.policy import builtin_packs, to_expected_json


def _answer(family_id: str) -> dict[str, Any]:
    data = family(family_id)
    return to_expected_json(builtin_packs()[data["policy"]], confirm_all(data))


@pytest.mark.parametrize("family_id", IDS)
def test_every_expected_field_verdict(family_id: str):
    found = {(v["application"], v["doc"], v["field"]): v for v in _answer(family_id)["field_verdicts"]}
    keys = ("material", "kind", "declared_path", "declared", "printed", "verdict", "machine_verdict")
    for wanted in expected(family_id)["field_verdicts"]:
        verdict = found[wanted["application"], wanted["doc"], wanted["field"]]
        assert {k: verdict.get(k) for k in keys} == {k: wanted.get(k) for k in keys}


@pytest.mark.parametrize("family_id", IDS)
def test_fields_beyond_the_expected_ones_raise_nothing(family_id: str):
    named = {(v["application"], v["doc"], v["field"]) for v in expected(family_id)["field_verdicts"]}
    others = [v for v in _answer(family_id)["field_verdicts"] if (v["application"], v["doc"], v["field"]) not in named]
    assert {v["verdict"] for v in others} <= {"match"}


@pytest.mark.parametrize("family_id", IDS)
def test_every_expected_cross_check(family_id: str):
    found = {(c["application"], c["check"]): c["verdict"] for c in _answer(family_id)["cross_checks"]}
    for wanted in expected(family_id)["cross_checks"]:
        assert found[wanted["application"], wanted["check"]] == wanted["verdict"], wanted["check"]


@pytest.mark.parametrize("family_id", IDS)
def test_materials_their_rules_states_and_documents(family_id: str):
    keys = ("application", "material", "rule", "state", "docs")
    found = [{k: m[k] for k in keys} for m in _answer(family_id)["materials"]]
    assert found == [{k: m[k] for k in keys} for m in expected(family_id)["materials"]]


@pytest.mark.parametrize("family_id", IDS)
def test_decisions_categories_and_reasons(family_id: str):
    assert _answer(family_id)["decisions"] == expected(family_id)["decisions"]


@pytest.mark.parametrize("family_id", IDS)
def test_questions_are_asked_where_a_person_had_to_confirm_and_nowhere_else(family_id: str):
    assert bool(decide(family(family_id)).questions) == bool(expected(family_id)["person_confirmations"])


def test_unanswered_questions_keep_the_decision_pending():
    evaluation = decide(family("F02"))
    assert evaluation.decision().decision == "PENDING"
    assert {(q.doc_id, q.field) for q in evaluation.questions} == {
        ("F02-D01", "members[mother].name"),
        ("F02-D02", "name"),
        ("F02-D03", "mother_name"),
        ("F02-D04", "obligees[mother].name"),
    }
