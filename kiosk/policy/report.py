"""An evaluation in the shape of ``expected`` in families.json: for ``yanhe decide``, replays and comparisons."""

from __future__ import annotations

from typing import Any

from kiosk.policy.evaluation import CrossCheck, Decision, Evaluation, FieldVerdict, MaterialOutcome
from kiosk.policy.explanations import explanations
from kiosk.policy.pack import Pack
from kiosk.texts import say

# The families' names for field classes.
_KINDS = {"address": "addr", "other": "text"}


def to_expected_json(pack: Pack, evaluation: Evaluation) -> dict[str, Any]:
    """Plain data: field_verdicts, cross_checks, materials, questions, decisions, and beside them everything behind each of these
    (``explanations``). ``state`` may also be one of an unfinished visit.
    """
    return {
        "pack": {"id": evaluation.pack_id, "version": evaluation.pack_version},
        "field_verdicts": [_field(v) for v in evaluation.field_verdicts],
        "cross_checks": [_check(c) for c in evaluation.cross_checks],
        "materials": [_material(m) for m in evaluation.materials],
        "questions": [
            {"id": q.id, "application": q.application, "text": say(q.text), "doc": q.doc_id, "field": q.field}
            for q in evaluation.questions
        ],
        "decisions": [_decision(pack, d) for d in evaluation.decisions],
        "explanations": explanations(evaluation),
    }


def _field(verdict: FieldVerdict) -> dict[str, Any]:
    found: dict[str, Any] = {
        "application": verdict.application,
        "doc": verdict.doc_id,
        "material": verdict.material,
        "field": verdict.field,
        "kind": _KINDS.get(verdict.field_class, verdict.field_class),
        "declared_path": verdict.declared_path,
        "declared": verdict.declared,
        "printed": verdict.printed,
        "verdict": verdict.verdict.value,
        "why": say(verdict.why),
        "rule": verdict.comparison.rule,
    }
    if verdict.machine_verdict is not verdict.verdict:
        found["machine_verdict"] = verdict.machine_verdict.value
    if verdict.comparison.normalisations:
        found["normalisation"] = list(verdict.comparison.normalisations)
    if verdict.by_person:
        found["person"] = verdict.settled
    return found


def _check(check: CrossCheck) -> dict[str, Any]:
    return {
        "application": check.application,
        "check": check.code,
        "verdict": check.verdict.value,
        "docs": list(check.docs),
        "why": say(check.why),
        **({"settled": check.settled} if check.settled != check.verdict.value else {}),
    }


def _material(outcome: MaterialOutcome) -> dict[str, Any]:
    found: dict[str, Any] = {
        "application": outcome.application,
        "material": outcome.material,
        "rule": outcome.rule,
        "state": outcome.state.value,
        "docs": list(outcome.docs),
        "why": say(outcome.why),
    }
    if outcome.served_by:
        found["served_by"] = list(outcome.served_by)
    if outcome.waived_by:
        found["waived_by"] = {"department": outcome.waived_by.department, "date": outcome.waived_by.date}
    return found


def _decision(pack: Pack, decision: Decision) -> dict[str, Any]:
    return {
        "application": decision.application,
        "decision": decision.decision,
        "category": decision.category,
        "receipt_printed": decision.decision == "RECEIPT",
        "return_slip_printed": decision.decision == "RETURN",
        "reasons": [
            {
                "code": reason.code,
                "text_zh": pack.reasons[reason.code].text.zh_CN,
                "text_en": pack.reasons[reason.code].text.en,
                "curable_by_supplement_day": pack.reasons[reason.code].curable,
                "about": reason.about,
            }
            for reason in decision.reasons
        ],
        **({"outstanding": [say(line) for line in decision.outstanding]} if decision.outstanding else {}),
    }
