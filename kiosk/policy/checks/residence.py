"""Checks of living and working here: residence permit, insurance, business, military proof."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.matching.dates import parse_date
from kiosk.matching.result import Verdict
from kiosk.policy.checks.base import CheckCase, Finding, Input, Paper, on_paper, same, settle
from kiosk.texts import text


def permit_active(case: CheckCase) -> Finding | None:
    """The residence permit's function is active: by police data, else by the state noted for each card. The face shows no expiry."""
    if "A12" not in case.required:
        return None
    cards = case.of("A12")
    docs = tuple(p.doc_id for p in cards)
    states = {p.doc_id: p.text("function_status") for p in cards}
    active = [p.doc_id for p in cards if states[p.doc_id] == "active"]
    inactive = [p.doc_id for p in cards if states[p.doc_id] not in ("", "active")]
    both = (case.parameter("residence_permit") or {}).get("who") == "BOTH_PARENTS"
    conflict = case.department_says("conflict", "A12")
    if active and not both and (inactive or not conflict):
        return Finding(Verdict.MATCH, text("policy.check.permit_active.match"), tuple(active))
    if case.department_says("matched", "A12") and not conflict:
        return Finding(Verdict.MATCH, text("policy.check.permit_active.by_data"), docs)
    if conflict or (inactive and (both or len(inactive) == len(cards))):
        why = text("policy.check.permit_active.mismatch")
        return Finding(Verdict.MISMATCH, why, docs, ("A12",), "A12", papers=tuple(inactive))
    if not cards:
        return None
    if len(active) == len(cards):
        return Finding(Verdict.MATCH, text("policy.check.permit_active.match"), docs)
    return Finding(Verdict.ASK, text("policy.check.permit_active.ask"), docs, ("A12",), "A12")


def insured_months(case: CheckCase) -> Iterator[Finding]:
    """Months in a row back from the reference month with every insurance asked for, back-payments not counted. One parent's suffice."""
    rule: Mapping[str, Any] = case.parameter("social_insurance") or {}
    needed = rule.get("min_consecutive_months")
    wanted = rule.get("required_for") or ()
    if needed is None or "D02" not in case.required or case.application.get("hukou_category") not in wanted:
        return
    if case.department_says("matched", "D02"):
        docs = tuple(p.doc_id for p in case.of("D02"))
        yield Finding(Verdict.MATCH, text("policy.check.months.by_data"), docs)
        return
    found = [_months_of(paper, rule, int(needed)) for paper in case.of("D02")]
    enough = [f for f in found if f.verdict is Verdict.MATCH]
    yield from enough or found


def _months_of(paper: Paper, rule: Mapping[str, Any], needed: int) -> Finding:
    rows = paper.document.raw.get("months")
    if not isinstance(rows, list):
        return on_paper(paper, Verdict.ASK, text("policy.check.months.ask", needed=needed), "D02")
    reference = str(rule.get("counted_back_from", ""))
    count = count_months(rows, reference, rule)
    paper.trace.append(Input(paper.doc_id, "months", f"{len(rows)} rows, {count} in a row back from {reference}"))
    good = count >= needed
    if not good and _printed_too_early(paper.text("printed_on"), rows, reference):
        return on_paper(paper, Verdict.ASK, text("policy.check.months.early", needed=needed), "D02")
    verdict = settle(good, not paper.document.machine_read)
    return on_paper(paper, verdict, text(f"policy.check.months.{verdict}", count=count, needed=needed), "D02")


def count_months(rows: list[Any], reference: str, rule: Mapping[str, Any]) -> int:
    """Good months in a row, ``reference`` (YYYY-MM) included. Rows of one month with two employers count together."""
    wanted = tuple(rule.get("insurances") or ("pension", "medical"))
    allowed = set(rule.get("back_payment_months_that_count") or ())
    paid: dict[str, set[str]] = {}
    for row in rows:
        if isinstance(row, Mapping):
            month = _month(row)
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


def _month(row: Mapping[str, Any]) -> str:
    """YYYY-MM of a row, however it is written; "" when it names no month."""
    value = row.get("ym") or row.get("month") or ""
    if isinstance(value, int) and row.get("year"):
        value = f"{row['year']}-{value}"
    found = re.fullmatch(r"(\d{4})\s*[-./年]?\s*(\d{1,2})月?", str(value).strip())
    return f"{found[1]}-{int(found[2]):02}" if found else ""


def _printed_too_early(printed_on: str, rows: list[Any], reference: str) -> bool:
    """The list ends just before the reference month because it was printed before that month was paid in."""
    months = {_month(r) for r in rows if isinstance(r, Mapping)}
    printed = parse_date(printed_on)
    return reference not in months and printed is not None and printed.strftime("%Y-%m") <= reference


def business_operator(case: CheckCase) -> Iterator[Finding]:
    """The operator or legal representative of the licence is a guardian. Whether it has expired is for X-DOC-VALID."""
    for paper in case.of("D03"):
        field = next((f for f in ("operator", "legal_representative") if paper.text(f)), "")
        if not field:
            yield on_paper(paper, Verdict.ASK, text("policy.check.operator.ask"), "D03")
            continue
        if paper.open(field):
            rests = ((paper.doc_id, field),)
            why = text("policy.check.operator.ask")
            yield Finding(Verdict.ASK, why, (paper.doc_id,), ("D03",), "D03", rests_on=rests, key=paper.doc_id)
            continue
        verdicts = {same("name", str(g.get("name", "")), paper.text(field)) for g in case.guardians}
        doubtful = Verdict.ASK in verdicts or not paper.sure(field)
        verdict = Verdict.MATCH if Verdict.MATCH in verdicts else Verdict.ASK if doubtful else Verdict.MISMATCH
        differs = paper.differing(field)
        about = differs.declared_path if differs else "D03"
        yield on_paper(paper, verdict, text(f"policy.check.operator.{verdict}"), about)


_LEVEL = re.compile(r"(军|师|旅|团|营|连)(?:[(（][^)）]*[)）])?(?:职|级|(?:及)?以上)")
_LEVEL_FIELD = re.compile(r".*(?:level|issu|unit|office).*")


def military_level(case: CheckCase) -> Iterator[Finding]:
    """The proof was issued at the pack's level or above; ``military_levels`` orders the levels from low to high."""
    levels = [str(level) for level in case.parameter("military_levels") or []]
    least = str(case.parameter("military_proof_min_level"))
    for paper in case.of("F03"):
        stated = " ".join(paper.text(f) for f in paper.document.texts if _LEVEL_FIELD.fullmatch(f))
        named = [levels.index(f"{m}级") for m in _LEVEL.findall(stated) if f"{m}级" in levels]
        named = named or [i for i, level in enumerate(levels) if level in stated]
        if not named or least not in levels:
            yield on_paper(paper, Verdict.ASK, text("policy.check.military.ask", level=least), "F03")
            continue
        verdict = settle(max(named) >= levels.index(least), not paper.document.machine_read)
        yield on_paper(paper, verdict, text(f"policy.check.military.{verdict}", level=least), "F03")
