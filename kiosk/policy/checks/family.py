"""Checks of how the family belongs together: notarised kinship, custody, the chain to a step-parent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kiosk.matching.quantities import normal_text
from kiosk.matching.result import Verdict
from kiosk.policy.checks.base import CheckCase, Finding, Paper, on_paper, same, settle
from kiosk.policy.roles import is_step
from kiosk.texts import text


def notary_office(case: CheckCase) -> Iterator[Finding]:
    """The kinship certificate comes from a notary office of the pack's city."""
    city = str(case.parameter("kinship_notary_city"))
    for paper in case.of("B03"):
        office = paper.text("notary_office")
        if not office:
            yield on_paper(paper, Verdict.ASK, text("policy.check.notary.ask"), "B03")
            continue
        verdict = settle(city in normal_text(office).value, paper.sure("notary_office"))
        yield on_paper(paper, verdict, text(f"policy.check.notary.{verdict}", office=office), "B03")


def kinship(case: CheckCase) -> Iterator[Finding]:
    """The certificate names the child and those whose kinship it proves, and its notary office is one of the pack's city.

    For a child from Hong Kong or Macau these are both guardians; for a grandparents' flat one parent and the owner.
    """
    for paper in case.of("B03"):
        verdict = _names_family(case, paper)
        why = text(f"policy.check.kinship.{verdict}")
        child = paper.differing("child_name")
        yield on_paper(paper, verdict, why, child.declared_path if child else "B03", "R-DECL-DIFF")
    for finding in notary_office(case):
        if finding.verdict is Verdict.MISMATCH:
            yield replace(finding, key=f"{finding.key}:office")


def _names_family(case: CheckCase, paper: Paper) -> Verdict:
    printed = _named(paper)
    child = paper.verdicts.get("child_name")
    if child is not None and child.settled == "mismatch":
        return Verdict.MISMATCH
    if not printed:
        return Verdict.ASK
    found = [_worst_of(printed, str(g.get("name", ""))) for g in case.guardians]
    if case.housing.get("kind") == "GRANDPARENT" and case.application.get("hukou_category") not in ("HK", "MO"):
        owners = [n for title in case.of(*_TITLES) for n in _owner_names(title)]
        owners = owners or [str(g.get("name", "")) for g in case.application.get("grandparents") or [] if g]
        related = [_worst_of(printed, name) for name in owners] or [_somebody_else(case, printed)]
        found = [min(found, key=_BEST.index, default=Verdict.ASK), min(related, key=_BEST.index)]
    worst = max(found, key=_BEST.index, default=Verdict.ASK)
    return Verdict.ASK if worst is Verdict.MISMATCH and paper.document.machine_read else worst


def _somebody_else(case: CheckCase, printed: Sequence[str]) -> Verdict:
    """Departments confirmed the title without naming its owner here: the certificate names a relative beside the family."""
    family = [str(p.get("name", "")) for p in (*case.guardians, case.child)]
    others = [n for n in printed if all(same("name", name, n) is Verdict.MISMATCH for name in family)]
    return Verdict.MATCH if others else Verdict.ASK


_BEST = (Verdict.MATCH, Verdict.ASK, Verdict.MISMATCH)
_TITLES = ("C01", "C02", "C03")
# What else stands on a kinship certificate; every other field names a person.
_NO_PERSON = re.compile(
    r"notary_office|doc_no|case_no|dated|issued_on|kind|relation.*_to.*|relationship|child_name|child\..*|.*id_no|seal.*"
)


def _named(paper: Paper) -> list[str]:
    """Every relative the certificate names, in a list or in one line."""
    lines = [paper.text(k) for k in sorted(paper.document.texts) if not _NO_PERSON.fullmatch(k)]
    return [name for line in lines for name in re.split(r"[、,，;；]", line) if name.strip()]


def _owner_names(title: Paper) -> list[str]:
    return [title.text(k) for k in title.document.texts if k.startswith("obligees[") and k.endswith("].name")]


def _worst_of(printed: Sequence[str], name: str) -> Verdict:
    """Whether ``name`` is among the printed ones: the best verdict of all."""
    return min((same("name", name, other) for other in printed), key=_BEST.index)


def custody(case: CheckCase) -> Iterator[Finding]:
    """The custody paper gives this child to the guardian who applies."""
    if not case.application.get("custody"):
        return
    case.declared("custody.to")
    for paper in case.of("B02"):
        fields = [f for f in ("custody_to", "child_name") if f in paper.verdicts]
        open_fields = tuple((paper.doc_id, f) for f in fields if paper.open(f))
        if open_fields:
            why = text("policy.check.custody.ask")
            yield Finding(Verdict.ASK, why, (paper.doc_id,), rests_on=open_fields, key=paper.doc_id)
        elif not fields:
            yield on_paper(paper, Verdict.ASK, text("policy.check.custody.ask"), "B02")
        else:
            good = all(paper.verdicts[f].settled == "match" for f in fields)
            verdict = Verdict.MATCH if good else Verdict.MISMATCH
            yield on_paper(paper, verdict, text(f"policy.check.custody.{verdict}"), "B02")


def marriage_chain(case: CheckCase) -> Finding | None:
    """Child → parent (birth certificate) → step-parent (marriage certificate)."""
    step = next((g for g in case.guardians if is_step(str(g.get("role", "")))), None)
    parents = [g for g in case.guardians if g is not step]
    if step is None or not parents:
        return None
    births, marriages = case.of("A04"), case.of("B01")
    if not births or (not marriages and "B01" not in case.waived):
        return None
    docs = tuple(p.doc_id for p in (*births[:1], *marriages[:1]))
    on_certificate = {births[0].text("mother_id"), births[0].text("father_id")}
    parent = next((p for p in parents if _among(str(p.get("id_no", "")), on_certificate)), None)
    if parent is None:
        rests = births[0].unsettled("mother_id", "father_id")
        return Finding(Verdict.ASK, text("policy.check.chain.ask"), docs, ("A04",), "A04", rests_on=rests)
    if marriages and not _joins(marriages[0], str(parent.get("id_no", "")), str(step.get("id_no", ""))):
        verdict = Verdict.ASK if marriages[0].document.machine_read else Verdict.MISMATCH
        differs = marriages[0].differing("spouse_a.id_no", "spouse_b.id_no")
        about = differs.declared_path if differs else "B01"
        return Finding(verdict, text(f"policy.check.chain.{verdict}"), docs, ("B01",), about)
    return Finding(Verdict.MATCH, text("policy.check.chain.match"), docs)


def _among(number: str, printed: set[str]) -> bool:
    return any(same("id", number, other) is Verdict.MATCH for other in printed if other)


def _joins(marriage: Paper, one: str, other: str) -> bool:
    spouses = {marriage.text("spouse_a.id_no"), marriage.text("spouse_b.id_no")}
    return _among(one, spouses) and _among(other, spouses)


def family_planning_mother(case: CheckCase) -> Finding | None:
    """The family-planning number belongs to the parent whose number counts, by the department or by the paper (domain.md P15)."""
    if case.department_says("matched", "E01"):
        return Finding(Verdict.MATCH, text("policy.check.fp_mother.match"))
    for paper in case.of("E01"):
        verdict = next((v for f in ("mother_id", "holder_id", "id_no") if (v := paper.verdicts.get(f))), None)
        if verdict is None:
            continue
        paper.text(verdict.field)
        if verdict.settled == "ask":
            rests = ((paper.doc_id, verdict.field),)
            return Finding(Verdict.ASK, text("policy.check.fp_mother.ask"), (paper.doc_id,), rests_on=rests)
        outcome = Verdict.MATCH if verdict.settled == "match" else Verdict.MISMATCH
        return Finding(outcome, text(f"policy.check.fp_mother.{outcome}"), (paper.doc_id,), ("E01",), "E01")
    return None
