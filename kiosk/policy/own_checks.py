"""Checks a pack brings along itself: a condition over the facts and the values printed on a paper, and what to say of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.matching.dates import parse_date
from kiosk.matching.result import Verdict
from kiosk.policy.checks import findings_of as program_findings
from kiosk.policy.checks.base import CheckCase, Finding, Paper
from kiosk.policy.expressions import ExpressionError, Facts
from kiosk.policy.facts import facts_of
from kiosk.policy.schema import Check, Material, Said
from kiosk.texts import Text, say

OWN = "Q-"  # how the codes of a pack's own checks begin
PAPER = "paper"  # the fact under which a condition finds the printed values


def findings_of(check: Check, case: CheckCase) -> list[Finding]:
    """What a check of the pack says of a case: one of the program's by its code, or the pack's own condition."""
    if check.holds is None:
        return program_findings(check.code, case)
    finding = _own_finding(check, case)
    return [finding] if finding is not None else []


def _own_finding(check: Check, case: CheckCase) -> Finding | None:
    facts = facts_of(case.case, case.index, case.pack.parameters, case.pack.facts)
    if check.when is not None and not check.when.holds(facts):
        return None
    paper = next(iter(case.of(*check.looks_at)), None)
    if check.looks_at and paper is None:
        return None  # nothing to look at (yet); that a required paper is missing is said elsewhere
    return _judge(check, case, facts, paper)


def _judge(check: Check, case: CheckCase, facts: Facts, paper: Paper | None) -> Finding:
    assert check.holds is not None
    assert check.says is not None
    docs = (paper.doc_id,) if paper else ()
    material = paper.material if paper else ""
    names = check.holds.members(PAPER)
    values = {n: _value(case.pack.materials[material], n, paper.text(n)) for n in names} if paper else {}
    open_fields = tuple((paper.doc_id, n) for n in names if paper.open(n)) if paper else ()
    words = {**_plain(facts.values), **_plain(case.pack.parameters), **values}

    def found(verdict: Verdict, *, refers: bool = False) -> Finding:
        materials = (material,) if material else ()
        rests = open_fields if verdict is Verdict.ASK else ()
        why = _say(check.says, verdict, words)
        return Finding(verdict, why, docs, materials, material or say(why), rests_on=rests, refers=refers)

    if open_fields or not all(values.values()):
        return found(Verdict.ASK)
    known = with_paper(facts, values)
    try:
        good = check.holds.holds(known)
    except ExpressionError:
        return found(Verdict.ASK)
    if good:
        return found(Verdict.MATCH)
    if known.unsure or (paper is not None and not all(paper.sure(name) for name in names)):
        return found(Verdict.ASK)
    return found(Verdict.ASK, refers=True) if check.refer_reason else found(Verdict.MISMATCH)


def _value(material: Material, name: str, printed: str) -> str:
    """The printed value as conditions see it: a date as an ISO day, whatever it was printed like."""
    day = parse_date(printed) if printed and is_date(material, name) else None
    return day.isoformat() if day else printed


def is_date(material: Material, name: str) -> bool:
    """Whether a printed value is a date: compared as one, or named as one."""
    classes = {c.field: c.field_class for c in material.compare}
    return classes.get(name) == "date" or name.endswith(("date", "_on", "_to", "_from", "dated"))


def with_paper(facts: Facts, values: Mapping[str, str]) -> Facts:
    return facts.beside({PAPER: dict(values)})


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if isinstance(value, str | int)}


def _say(said: Said | None, verdict: Verdict, words: Mapping[str, Any]) -> Text:
    assert said is not None
    return getattr(said, verdict.value).text(**words)
