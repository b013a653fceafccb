"""Checks of living and working here: residence permit, insurance, business, military proof."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kiosk.matching.result import Verdict
from kiosk.policy.checks.base import CheckCase, Finding, same, settle
from kiosk.texts import text


def permit_active(case: CheckCase) -> Finding | None:
    """The residence permit's function is active: by police data, else by the state noted for each card. The face shows no expiry."""
    if "A12" not in case.required:
        return None
    cards = case.of("A12")
    docs = tuple(p.doc_id for p in cards)
    if case.department_says("conflict", "A12"):
        return Finding(Verdict.MISMATCH, text("policy.check.permit_active.mismatch"), docs, ("A12",), "A12")
    if case.department_says("matched", "A12"):
        return Finding(Verdict.MATCH, text("policy.check.permit_active.by_data"), docs)
    if not cards:
        return None
    states = [p.text("function_status") for p in cards]
    active, known = [s == "active" for s in states], [bool(s) for s in states]
    both = (case.parameter("residence_permit") or {}).get("who") == "BOTH_PARENTS"
    if (any(active) and not both) or all(active):
        return Finding(Verdict.MATCH, text("policy.check.permit_active.match"), docs)
    if (both and any(k and not a for k, a in zip(known, active, strict=True))) or all(known):
        return Finding(Verdict.MISMATCH, text("policy.check.permit_active.mismatch"), docs, ("A12",), "A12")
    return Finding(Verdict.ASK, text("policy.check.permit_active.ask"), docs, ("A12",), "A12")


def insured_months(case: CheckCase) -> Finding | None:
    """Months in a row back from the reference month with every insurance asked for, back-payments not counted."""
    rule: Mapping[str, Any] = case.parameter("social_insurance") or {}
    needed = rule.get("min_consecutive_months")
    if needed is None or "D02" not in case.required:
        return None
    if case.department_says("matched", "D02"):
        return Finding(Verdict.MATCH, text("policy.check.months.by_data"), tuple(p.doc_id for p in case.of("D02")))
    for paper in case.of("D02"):
        rows = paper.document.raw.get("months")
        docs = (paper.doc_id,)
        if not isinstance(rows, list):
            return Finding(Verdict.ASK, text("policy.check.months.ask", needed=needed), docs, ("D02",), "D02")
        count = count_months(rows, str(rule.get("counted_back_from", "")), rule)
        good = count >= int(needed)
        if not good and _printed_too_early(paper.text("printed_on"), rows, str(rule.get("counted_back_from", ""))):
            return Finding(Verdict.ASK, text("policy.check.months.early", needed=needed), docs, ("D02",), "D02")
        verdict = settle(good, not paper.document.machine_read)
        return Finding(
            verdict, text(f"policy.check.months.{verdict}", count=count, needed=needed), docs, ("D02",), "D02"
        )
    return None


def count_months(rows: list[Any], reference: str, rule: Mapping[str, Any]) -> int:
    """Good months in a row, ``reference`` (YYYY-MM) included. Rows of one month with two employers count together."""
    wanted = tuple(rule.get("insurances") or ("pension", "medical"))
    allowed = set(rule.get("back_payment_months_that_count") or ())
    paid: dict[str, set[str]] = {}
    for row in rows:
        if isinstance(row, Mapping):
            month = str(row.get("ym", ""))
            counts = not row.get("back_paid") or rule.get("back_payments_count") or month in allowed
            paid.setdefault(month, set()).update(kind for kind in wanted if counts and row.get(kind))
    if not re.fullmatch(r"\d{4}-\d{2}", reference):
        return 0
    year, month = map(int, reference.split("-"))
    count = 0
    while paid.get(f"{year:04}-{month:02}", set()) >= set(wanted):
        count += 1
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return count


def _printed_too_early(printed_on: str, rows: list[Any], reference: str) -> bool:
    """The list ends just before the reference month because it was printed before that month was paid in."""
    months = {str(r.get("ym", "")) for r in rows if isinstance(r, Mapping)}
    return reference not in months and bool(printed_on) and printed_on[:7] <= reference


def business_operator(case: CheckCase) -> Finding | None:
    """The operator or legal representative of the licence is a guardian, and the licence has not expired."""
    for paper in case.of("D03"):
        docs = (paper.doc_id,)
        name = paper.text("operator") or paper.text("legal_representative")
        if not name or paper.open("operator"):
            rests = ((paper.doc_id, "operator"),) if paper.open("operator") else ()
            return Finding(Verdict.ASK, text("policy.check.operator.ask"), docs, ("D03",), "D03", rests_on=rests)
        verdicts = {same("name", str(g.get("name", "")), name) for g in case.guardians}
        if Verdict.MATCH in verdicts:
            return Finding(Verdict.MATCH, text("policy.check.operator.match"), docs)
        verdict = Verdict.ASK if Verdict.ASK in verdicts or not paper.sure("operator") else Verdict.MISMATCH
        return Finding(verdict, text(f"policy.check.operator.{verdict}"), docs, ("D03",), "D03")
    return None


def military_level(case: CheckCase) -> Finding | None:
    """The proof was issued at the pack's level or above; ``military_levels`` orders the levels from low to high."""
    levels = [str(level) for level in case.parameter("military_levels") or []]
    least = str(case.parameter("military_proof_min_level"))
    for paper in case.of("F03"):
        docs = (paper.doc_id,)
        stated = " ".join(paper.text(f) for f in ("issuing_level", "issuer_level", "level") if paper.text(f))
        found = next((i for i, level in reversed(list(enumerate(levels))) if level in stated), None)
        if found is None or least not in levels:
            return Finding(Verdict.ASK, text("policy.check.military.ask", level=least), docs, ("F03",), "F03")
        verdict = settle(found >= levels.index(least), not paper.document.machine_read)
        return Finding(verdict, text(f"policy.check.military.{verdict}", level=least), docs, ("F03",), "F03")
    return None
