"""What holds for every family of every category, not only for the sixteen."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from family_data import codes, confirm_all, decide
from generated_families import alteration, altered, everybody_received, families, plans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.policy import builtin_packs, to_expected_json
from practice import generated
from practice.generated import HOUSING, HUKOU, PACKS, Plan

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
many = settings(few, max_examples=200)


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("hukou", HUKOU)
def test_every_category_gets_a_receipt_when_every_fact_agrees(pack: str, hukou: str):
    for housing in HOUSING:
        for waived in (False, True):
            data = generated.family(Plan(pack, hukou, housing, waived=waived), Random(f"{pack}{hukou}{housing}"))
            evaluation = decide(data)
            assert everybody_received(evaluation), (housing, evaluation.questions, evaluation.decisions)


@many
@given(families())
def test_a_family_whose_every_fact_agrees_always_gets_a_receipt(data: dict[str, Any]):
    evaluation = decide(data)
    assert everybody_received(evaluation), (evaluation.questions, evaluation.decisions)


@many
@given(families(), st.data())
def test_no_single_alteration_of_a_compared_field_gets_a_receipt_without_a_person(data: dict[str, Any], draw: Any):
    verdict = draw.draw(st.sampled_from([v for v in decide(data).field_verdicts if v.settled == "match"]))
    value = alteration(draw.draw, verdict)
    evaluation = decide(altered(data, verdict, value))
    assert evaluation.decision(verdict.application).decision != "RECEIPT", (verdict.field, verdict.printed, value)


@few
@given(families(), st.sampled_from(["C01", "C02", "C07", "C08", "C11", "A12", "B01", "D02", "D03", "E01", "A01"]))
def test_a_departmental_match_never_adds_a_requirement_nor_costs_a_receipt(data: dict[str, Any], about: str):
    before = decide(data)
    answers = [*data["department_results"], {"application": "shared", "about": about, "result": "matched"}]
    after = decide({**data, "department_results": answers})
    assert {(m.application, m.material) for m in after.materials} <= {
        (m.application, m.material) for m in before.materials
    }
    assert everybody_received(after)


@few
@given(families(), st.randoms(use_true_random=False), st.data())
def test_the_order_of_documents_never_matters(data: dict[str, Any], shuffle: Any, draw: Any):
    left = draw.draw(st.sampled_from(data["documents"]))["doc_id"]  # also when something lacks
    data["documents"] = [d for d in data["documents"] if d["doc_id"] != left]
    pack = builtin_packs()[data["policy"]]
    before = to_expected_json(pack, confirm_all(data))
    shuffle.shuffle(data["documents"])
    assert to_expected_json(pack, confirm_all(data)) == before


@few
@given(families(), st.data())
def test_a_slip_lists_all_defects_at_once(data: dict[str, Any], draw: Any):
    """Each of several defects alone gives its reasons; all of them together give them all."""
    shown = [v for v in decide(data).field_verdicts if v.settled == "match" and v.application == 0]
    chosen = draw.draw(st.lists(st.sampled_from(shown), min_size=2, max_size=3, unique_by=lambda v: v.doc_id))
    values = [(v, alteration(draw.draw, v)) for v in chosen]
    left = draw.draw(
        st.sampled_from([d for d in data["documents"] if d["doc_id"] not in {v.doc_id for v in chosen}] or [None])
    )
    alone = [altered(data, v, value) for v, value in values]
    together = json.loads(json.dumps(data))
    for v, value in values:
        together = altered(together, v, value)
    if left:
        alone.append({**data, "documents": [d for d in data["documents"] if d["doc_id"] != left["doc_id"]]})
        together["documents"] = [d for d in together["documents"] if d["doc_id"] != left["doc_id"]]
    named = set(codes(confirm_all(together)))
    for one in alone:
        assert set(codes(confirm_all(one))) - {"R-ADDR-DIFF"} <= named | {"R-DECL-DIFF"}, (one, named)


@few
@given(plans, st.integers(0, 10**6))
def test_the_same_seed_makes_the_same_family(plan: Plan, seed: int):
    assert generated.family(plan, Random(seed)) == generated.family(plan, Random(seed))
