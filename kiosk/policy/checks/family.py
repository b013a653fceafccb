"""Checks of how the family belongs together: notarised kinship, custody, the chain to a step-parent."""

from __future__ import annotations

from kiosk.matching.result import Verdict
from kiosk.policy.checks.base import CheckCase, Finding, Paper, same
from kiosk.texts import text


def is_step(role: str) -> bool:
    return role.startswith("step")


def notary_office(case: CheckCase) -> Finding | None:
    """The kinship certificate comes from a notary office of the pack's city."""
    for paper in case.of("B03"):
        office = paper.text("notary_office")
        docs = (paper.doc_id,)
        if not office:
            return Finding(Verdict.ASK, text("policy.check.notary.ask"), docs, ("B03",), "B03")
        here = str(case.parameter("kinship_notary_city")) in office
        verdict = Verdict.MATCH if here else Verdict.MISMATCH if paper.sure("notary_office") else Verdict.ASK
        return Finding(verdict, text(f"policy.check.notary.{verdict}", office=office), docs, ("B03",), "B03")
    return None


def kinship(case: CheckCase) -> Finding | None:
    """The certificate names the child and both guardians, and its notary office is one of the pack's city."""
    office = notary_office(case)
    if office is None or office.verdict is not Verdict.MATCH:
        return office
    paper = case.of("B03")[0]
    printed = [v for k, v in sorted(paper.document.texts.items()) if k.startswith("parents[")]
    printed = printed or [
        part for part in paper.text("relatives").replace("、", ",").replace("，", ",").split(",") if part
    ]
    if not printed:
        return Finding(Verdict.ASK, text("policy.check.kinship.ask"), (paper.doc_id,), ("B03",), "B03")
    worst = Verdict.MATCH
    for guardian in case.guardians:
        verdicts = {same("name", str(guardian.get("name", "")), name) for name in printed}
        if Verdict.MATCH not in verdicts:
            worst = Verdict.ASK if Verdict.ASK in verdicts or paper.document.machine_read else Verdict.MISMATCH
            break
    child = paper.verdicts.get("child_name")
    if worst is Verdict.MATCH and child is not None and child.settled == "mismatch":
        worst = Verdict.MISMATCH
    return Finding(worst, text(f"policy.check.kinship.{worst}"), (paper.doc_id,), ("B03",), "B03", reason="R-DECL-DIFF")


def custody(case: CheckCase) -> Finding | None:
    """The custody paper gives this child to the guardian who applies."""
    if not case.application.get("custody"):
        return None
    for paper in case.of("B02"):
        docs = (paper.doc_id,)
        fields = [f for f in ("custody_to", "child_name") if f in paper.verdicts]
        open_fields = tuple((paper.doc_id, f) for f in fields if paper.open(f))
        if open_fields:
            return Finding(Verdict.ASK, text("policy.check.custody.ask"), docs, rests_on=open_fields)
        good = bool(fields) and all(paper.verdicts[f].settled == "match" for f in fields)
        verdict = Verdict.MATCH if good else Verdict.MISMATCH
        return Finding(verdict, text(f"policy.check.custody.{verdict}"), docs, ("B02",), "B02")
    return None


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
        return Finding(Verdict.ASK, text("policy.check.chain.ask"), docs, ("A04",), "A04")
    if marriages and not _joins(marriages[0], str(parent.get("id_no", "")), str(step.get("id_no", ""))):
        verdict = Verdict.ASK if marriages[0].document.machine_read else Verdict.MISMATCH
        return Finding(verdict, text(f"policy.check.chain.{verdict}"), docs, ("B01",), "B01")
    return Finding(Verdict.MATCH, text("policy.check.chain.match"), docs)


def _among(number: str, printed: set[str]) -> bool:
    return any(same("id", number, other) is Verdict.MATCH for other in printed if other)


def _joins(marriage: Paper, one: str, other: str) -> bool:
    spouses = {marriage.text("spouse_a.id_no"), marriage.text("spouse_b.id_no")}
    return _among(one, spouses) and _among(other, spouses)


def family_planning_mother(case: CheckCase) -> Finding | None:
    """The family-planning number belongs to the mother: by the department, or by the paper."""
    if case.department_says("matched", "E01"):
        return Finding(Verdict.MATCH, text("policy.check.fp_mother.match"))
    for paper in case.of("E01"):
        verdict = paper.verdicts.get("mother_id")
        if verdict is None:
            continue
        if verdict.settled == "ask":
            return Finding(
                Verdict.ASK,
                text("policy.check.fp_mother.ask"),
                (paper.doc_id,),
                rests_on=((paper.doc_id, "mother_id"),),
            )
        outcome = Verdict.MATCH if verdict.settled == "match" else Verdict.MISMATCH
        return Finding(outcome, text(f"policy.check.fp_mother.{outcome}"), (paper.doc_id,), ("E01",), "E01")
    return None
