"""What holds for the sixteen families, altered in any single place; test_policy_generated.py holds all categories to the same."""

from typing import Any

from family_data import IDS, confirm_all, decide, family
from generated_families import put
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.policy import Answers, CaseFormatError, CaseInput, builtin_packs, evaluate, expected_sets, to_expected_json

RECEIVED = ["F01", "F03", "F09", "F11", "F12", "F15", "F16"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_single_altered_digit_gets_a_receipt_without_a_person(data: st.DataObject):
    case = family(data.draw(st.sampled_from(RECEIVED)))
    compared = [
        v
        for v in decide(case).field_verdicts
        if any(c.isdigit() for c in v.printed) and not v.printed.startswith("H99")
    ]
    field = data.draw(st.sampled_from(compared))
    place = data.draw(st.sampled_from([i for i, c in enumerate(field.printed) if c.isdigit()]))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != field.printed[place]]))
    paper = next(d for d in case["documents"] if d["doc_id"] == field.doc_id)
    put(paper["fields"], field.field, field.printed[:place] + digit + field.printed[place + 1 :])
    evaluation = decide(case)
    assert evaluation.decision(field.application).decision != "RECEIPT", field.field


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(IDS), st.sampled_from(["C01", "C02", "C07", "A12", "D02", "D03", "B01", "E01"]))
def test_a_departmental_match_never_adds_a_requirement(family_id: str, about: str):
    data = family(family_id)
    before = {(m.application, m.material) for m in decide(data).materials}
    data["department_results"].append({"application": 0, "about": about, "result": "matched"})
    assert {(m.application, m.material) for m in decide(data).materials} == before


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(IDS), st.randoms(use_true_random=False))
def test_the_order_of_documents_never_matters(family_id: str, shuffle: Any):
    data = family(family_id)
    pack = builtin_packs()[data["policy"]]
    before = to_expected_json(pack, confirm_all(data))
    shuffle.shuffle(data["documents"])
    assert to_expected_json(pack, confirm_all(data)) == before


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(IDS), st.data())
def test_every_paper_left_at_home_is_named_on_the_slip(family_id: str, data: st.DataObject):
    case = family(family_id)
    left = data.draw(st.sets(st.sampled_from(sorted({d["material"] for d in case["documents"]})), min_size=1))
    case["documents"] = [d for d in case["documents"] if d["material"] not in left]
    evaluation = confirm_all(case)
    for decision in evaluation.decisions:
        missing = [
            m
            for m in evaluation.materials
            if m.application == decision.application and m.state.value == "MISSING" and not m.docs
        ]
        named = [r.about for r in decision.reasons if r.code == "R-MISSING"]
        assert all(any(about.startswith(m.material) for about in named) for m in missing)


def _places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place for key, value in items for place in ((*path, key), *_places(value, (*path, key)))]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(IDS), st.sampled_from([None, "", 0, True, "样本", [], {}, ["x"]]), st.data())
def test_whatever_a_case_lacks_it_is_evaluated_or_refused_plainly(family_id: str, junk: Any, data: st.DataObject):
    case = family(family_id)
    *path, last = data.draw(st.sampled_from(_places(case)))
    node = case
    for key in path:
        node = node[key]
    node[last] = junk
    try:
        parsed = CaseInput.from_json(case)
    except CaseFormatError as refused:
        assert str(refused)
        return
    pack = builtin_packs().get(parsed.policy) or builtin_packs()["NS2014"]
    for visit_over in (False, True):
        to_expected_json(pack, evaluate(pack, parsed, Answers(), visit_over=visit_over))
    expected_sets(pack, parsed)


def test_the_same_case_gives_the_same_answer_again():
    data = family("F02")
    assert decide(data) == decide(data)
