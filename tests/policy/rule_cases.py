"""Families made for one rule each."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from family_data import codes, confirm_all, decide, document

from kiosk.policy import Evaluation
from practice.generated import Plan, family


def made(
    pack: str = "NS2024", hukou: str = "SZ_IN", housing: str = "OWN_TITLE", seed: int = 1, **more: Any
) -> dict[str, Any]:
    """A family of this kind whose every fact agrees and who brings every original."""
    return family(Plan(pack, hukou, housing, **more), Random(seed))


def fields(data: Mapping[str, Any], material: str) -> dict[str, Any]:
    return document(dict(data), material)["fields"]


def without(data: dict[str, Any], *materials: str) -> dict[str, Any]:
    return {**data, "documents": [d for d in data["documents"] if d["material"] not in materials]}


def answer(data: dict[str, Any], about: str, result: str, **more: Any) -> dict[str, Any]:
    said = [*data["department_results"], {"application": "shared", "about": about, "result": result, **more}]
    return {**data, "department_results": said}


def outcome(data: dict[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    """(decision, [(code, about)]) with every question answered yes."""
    decision = confirm_all(data).decision()
    return decision.decision, [(r.code, r.about) for r in decision.reasons]


def asked(data: dict[str, Any]) -> list[str]:
    return [q.id for q in decide(data).questions]


def needed(data: dict[str, Any]) -> set[str]:
    return {m.material for m in decide(data).materials}


def reason(evaluation: Evaluation, code: str) -> Any:
    return next(r for r in evaluation.decision().reasons if r.code == code)


__all__ = [
    "answer",
    "asked",
    "codes",
    "confirm_all",
    "decide",
    "document",
    "fields",
    "made",
    "needed",
    "outcome",
    "reason",
    "without",
]
