"""What the departments say against an original that looks right."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.matching.result import Verdict
from kiosk.policy.checks.base import CheckCase, Finding
from kiosk.texts import text

# Their own checks look at these answers.
_JUDGED_ELSEWHERE = frozenset({"A12", "HOUSELOCK"})


def contradicts(case: CheckCase) -> Iterator[Finding]:
    """A department's data differ from the declaration, and the original agrees with it: a person says which one stands."""
    for answer in case.departments(*(a.about for a in case.case.departments[case.index])):
        papers = case.of(answer.about)
        if answer.result != "conflict" or answer.about in _JUDGED_ELSEWHERE or not papers:
            continue
        if all(v.settled == "match" for p in papers for v in p.verdicts.values()):
            why = text("policy.check.department.ask", detail=answer.detail)
            docs = tuple(p.doc_id for p in papers)
            yield Finding(Verdict.ASK, why, docs, (answer.about,), answer.about, key=answer.about)
