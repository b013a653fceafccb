"""The fictitious families, as cases and as what is expected of them."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.policy import Answers, CaseInput, Evaluation, builtin_packs, evaluate

_FILE = Path(__file__).parent.parent.parent / "practice" / "data" / "families.json"
IDS = [f"F{n:02}" for n in range(1, 17)]


@cache
def _families() -> dict[str, dict[str, Any]]:
    return {f["id"]: f for f in json.loads(_FILE.read_text(encoding="utf-8"))["families"]}


def family(family_id: str) -> dict[str, Any]:
    """A copy to alter as a test likes, without what is expected."""
    found = copy.deepcopy(_families()[family_id])
    del found["expected"]
    return found


def expected(family_id: str) -> dict[str, Any]:
    return _families()[family_id]["expected"]


def decide(data: dict[str, Any], answers: Answers | None = None, *, visit_over: bool = True) -> Evaluation:
    return evaluate(
        builtin_packs()[data["policy"]], CaseInput.from_json(data), answers or Answers(), visit_over=visit_over
    )


def confirm_all(data: dict[str, Any], *, visit_over: bool = True) -> Evaluation:
    """Every question answered with yes."""
    answers = Answers()
    evaluation = decide(data, answers, visit_over=visit_over)
    while fresh := {q.id: True for q in evaluation.questions if q.id not in answers.questions}:
        answers = Answers(questions={**answers.questions, **fresh})
        evaluation = decide(data, answers, visit_over=visit_over)
    return evaluation


def document(data: dict[str, Any], material: str) -> dict[str, Any]:
    return next(d for d in data["documents"] if d["material"] == material)


def codes(evaluation: Evaluation, application: int = 0) -> list[str]:
    return [r.code for r in evaluation.decision(application).reasons]


def state(evaluation: Evaluation, material: str, application: int = 0) -> str:
    return next(m.state.value for m in evaluation.materials if (m.material, m.application) == (material, application))


def verdict(evaluation: Evaluation, check: str, application: int = 0) -> str | None:
    return next(
        (c.verdict.value for c in evaluation.cross_checks if (c.code, c.application) == (check, application)), None
    )
