"""Why everything is as it is, as data: rule, inputs, both values, what was done to them, and the sentence's key and parameters.

Screen, slip and audit say their sentences from these; nothing in them has to be worked out again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.policy.evaluation import CheckPart, CrossCheck, Decision, Evaluation, FieldVerdict, MaterialOutcome
from kiosk.texts import Text, say


def explanations(evaluation: Evaluation) -> dict[str, list[dict[str, Any]]]:
    """For each field verdict, each part of a cross-check, each material and each reason given, in the order of the evaluation."""
    return {
        "field_verdicts": [_field(v) for v in evaluation.field_verdicts],
        "cross_checks": [_part(c, part) for c in evaluation.cross_checks for part in c.parts],
        "materials": [_material(m) for m in evaluation.materials],
        "reasons": [line for d in evaluation.decisions for line in _reasons(d)],
    }


def sentence(words: Text) -> dict[str, Any]:
    """A sentence not yet in words: its key in the catalogue and its parameters, nested sentences likewise."""
    return {
        "key": words.key,
        "params": {k: sentence(v) if isinstance(v, Text) else _plain(v) for k, v in words.params.items()},
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _field(verdict: FieldVerdict) -> dict[str, Any]:
    comparison = verdict.comparison
    return {
        "application": verdict.application,
        "doc": verdict.doc_id,
        "field": verdict.field,
        "rule": comparison.rule,
        "comparator": verdict.comparator,
        "declared": {"path": verdict.declared_path, "value": verdict.declared, "normal": comparison.declared_normal},
        "printed": {"source": verdict.source or "print", "value": verdict.printed, "normal": comparison.printed_normal},
        "normalisation": list(comparison.normalisations),
        "verdict": verdict.verdict.value,
        "machine_verdict": verdict.machine_verdict.value,
        "settled": verdict.settled,
        "by_person": verdict.by_person,
        "reason_code": verdict.reason if verdict.settled == "mismatch" else "",
        "sentence": sentence(verdict.why),
    }


def _part(check: CrossCheck, part: CheckPart) -> dict[str, Any]:
    return {
        "application": check.application,
        "rule": check.code,
        "severity": check.severity,
        "verdict": part.verdict.value,
        "settled": part.settled,
        "docs": list(part.docs),
        "inputs": [{"source": source, "name": name, "value": value} for source, name, value in part.inputs],
        "about": part.about,
        "reason_code": part.reason,
        "sentence": sentence(part.why),
    }


def _material(outcome: MaterialOutcome) -> dict[str, Any]:
    waiver = outcome.waived_by
    found: Mapping[str, Any] = {
        "application": outcome.application,
        "material": outcome.material,
        "rule": outcome.rule,
        "predicate": outcome.predicate,
        "state": outcome.state.value,
        "needs": [{"holder": n.holder, "page": n.page, "seen": n.seen} for n in outcome.needs],
        "sentence": sentence(outcome.why),
    }
    if waiver is None:
        return dict(found)
    return {**found, "waived_by": {"department": waiver.department, "date": waiver.date, "detail": waiver.detail}}


def _reasons(decision: Decision) -> list[dict[str, Any]]:
    return [
        {
            "application": decision.application,
            "code": reason.code,
            "about": reason.about,
            "can_still_be_cured": reason.curable,
            "bring": say(reason.bring) if reason.bring else "",
            "sentence": sentence(reason.text),
            "detail": sentence(reason.detail) if reason.detail else None,
        }
        for reason in decision.reasons
    ]
