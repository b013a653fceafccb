"""From findings to a decision: every defect is named at once (一次性告知), and nothing is decided while something is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.policy.checks.base import CheckCase
from kiosk.policy.evaluation import Decision, FieldVerdict, Question, ReasonGiven
from kiosk.policy.expressions import Facts
from kiosk.policy.pack import Pack
from kiosk.policy.period import Period, period_of
from kiosk.policy.requirements import Standing
from kiosk.policy.vocabulary import unknown_to
from kiosk.texts import Text, say

if TYPE_CHECKING:
    from kiosk.policy.engine import CheckedFinding


def decide(
    pack: Pack,
    facts: Facts,
    case: CheckCase,
    fields: Sequence[FieldVerdict],
    checked: Sequence[CheckedFinding],
    standings: Sequence[Standing],
    questions: Sequence[Question],
) -> Decision:
    """RETURN when anything is not in order, else REFER when the district has to decide, else RECEIPT; PENDING while anything is open."""
    defects = [
        *_check_reasons(pack, checked),
        *_field_reasons(pack, fields, checked),
        *_missing(pack, standings),
        *_as_laid_down(pack, case),
    ]
    period = period_of(pack.calendar, case.case.desk_date)
    reasons = _as_of(period, _in_order(pack, defects))
    referrals = _in_order(pack, list(_referrals(pack, checked)))
    outstanding = (*(u.words for u in unknown_to(pack, facts)), *_outstanding(case, standings, questions))
    if outstanding:
        return Decision(case.index, "PENDING", None, tuple([*reasons, *referrals]), outstanding)
    if reasons:
        return Decision(case.index, "RETURN", None, tuple([*reasons, *referrals]))
    if referrals:
        return Decision(case.index, "REFER", None, tuple(referrals))
    return Decision(case.index, "RECEIPT", category(pack, facts))


def category(pack: Pack, facts: Facts) -> str:
    """The category as verified, for the receipt."""
    parts: list[str] = []
    for group in (pack.category.first, pack.category.second):
        found = next((p for p in group if p.when.holds(facts)), None)
        if found:
            parts.append(say(found.text.text()))
    parts += [say(p.text.text()) for p in pack.category.further if p.when.holds(facts)]
    return "+".join(parts)


def _outstanding(case: CheckCase, standings: Sequence[Standing], questions: Sequence[Question]) -> tuple[Text, ...]:
    coming = [] if case.visit_over else [line for s in standings for line in s.lacking]
    return (*coming, *(q.text for q in questions))


def _reason(pack: Pack, code: str, about: str, detail: Text | None = None) -> ReasonGiven:
    reason = pack.reasons[code]
    bring = reason.bring.text() if reason.bring else None
    return ReasonGiven(code, reason.text.text(), about, reason.curable, bring, detail)


def _as_of(period: Period, reasons: list[ReasonGiven]) -> list[ReasonGiven]:
    """Nothing can be cured this year once the last supplementary day has come."""
    return reasons if period.days_left else [replace(r, curable=False) for r in reasons]


def _check_reasons(pack: Pack, checked: Sequence[CheckedFinding]) -> Iterator[ReasonGiven]:
    for item in checked:
        code = item.finding.reason or item.check.reason
        if item.settled == "mismatch" and item.check.severity != "note" and code:
            yield _reason(pack, code, item.finding.about or item.check.code, item.finding.why)


def _referrals(pack: Pack, checked: Sequence[CheckedFinding]) -> Iterator[ReasonGiven]:
    for item in checked:
        if item.finding.refers and item.settled == "ask" and item.check.refer_reason:
            yield _reason(pack, item.check.refer_reason, item.finding.about, item.finding.why)


def _field_reasons(
    pack: Pack, fields: Sequence[FieldVerdict], checked: Sequence[CheckedFinding]
) -> Iterator[ReasonGiven]:
    failed = {c.check.code for c in checked if c.settled == "mismatch"}
    for verdict in fields:
        if verdict.settled == "unreadable":
            yield _reason(pack, "R-UNREADABLE", f"{verdict.material} {say(verdict.label)}")
        elif verdict.settled == "mismatch" and verdict.covered_by not in failed:
            yield _reason(pack, verdict.reason, verdict.declared_path, verdict.why)


def _missing(pack: Pack, standings: Sequence[Standing]) -> Iterator[ReasonGiven]:
    for standing in standings:
        for about in standing.missing_about:
            yield _reason(pack, "R-MISSING", about)


def _as_laid_down(pack: Pack, case: CheckCase) -> Iterator[ReasonGiven]:
    """Papers that cannot be judged at all: a copy where the original is needed, an original that nobody can read."""
    for code, papers in (("R-COPY", case.copies), ("R-UNREADABLE", case.unreadable)):
        for paper in papers:
            yield _reason(pack, code, case.about(paper, papers))


def _in_order(pack: Pack, reasons: list[ReasonGiven]) -> list[ReasonGiven]:
    """Each defect once, in the pack's order of codes."""
    order = {code: i for i, code in enumerate(pack.reasons)}
    once = {(r.code, r.about): r for r in reasons}
    return sorted(once.values(), key=lambda r: order[r.code])
