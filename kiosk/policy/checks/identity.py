"""Checks of who the child is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kiosk.matching.dates import parse_date
from kiosk.matching.personal_numbers import resident_id_facts
from kiosk.matching.result import Verdict
from kiosk.policy.checks.base import CheckCase, Finding, Paper, not_later, same, settle
from kiosk.policy.evaluation import FieldVerdict
from kiosk.texts import text

# The child's printed birth date, by kind of paper, in the order in which a slip names them.
_BIRTH_FIELDS = (
    ("A04", "born_at_date"), ("A01", "birth_date"), ("A02", "birth_date"), ("A05", "birth_date"), ("A06", "birth_date"),
    ("A07", "birth_date"), ("A08", "birth_date"), ("A09", "birth_date"), ("A10", "birth_date"),
)  # fmt: skip
_SONS = re.compile(r"(长|次|二|三|四|五|独生|继|养)?(子|孙|孙子|外孙|外孙子|曾孙)")
_DAUGHTERS = re.compile(r"(长|次|二|三|四|五|独生|继|养)?(女|孙女|外孙女|曾孙女)")


def age(case: CheckCase) -> Finding | None:
    """Born on or before the pack's day, by the printed dates, not by the declaration."""
    limit = str(case.parameter("born_on_or_before"))
    printed = list(_printed_births(case))
    if not printed:
        if not case.visit_over:
            return None
        declared = str((case.application.get("child") or {}).get("birth_date", ""))
        verdict = settle(not_later(declared, limit), True)
        return Finding(verdict, text(f"policy.check.age.{verdict}", date=declared, limit=limit), about=declared)
    late = [(p, f, v) for p, f, v in printed if not_later(v, limit) is False]
    docs = tuple(p.doc_id for p, _, _ in printed)
    if late:
        verdict = settle(False, any(p.sure(f) for p, f, _ in late))
        materials = tuple(dict.fromkeys(p.material for p, _, _ in late))
        why = text(f"policy.check.age.{verdict}", date=_iso(late[0][2]), limit=limit)
        return Finding(verdict, why, docs, materials, ", ".join(materials))
    unclear = [(p.doc_id, f) for p, f, v in printed if not_later(v, limit) is None]
    if unclear and len(unclear) == len(printed):
        return Finding(
            Verdict.ASK, text("policy.check.age.ask", date=printed[0][2], limit=limit), docs, rests_on=tuple(unclear)
        )
    return Finding(Verdict.MATCH, text("policy.check.age.match", date=_iso(printed[0][2]), limit=limit), docs)


def _printed_births(case: CheckCase) -> list[tuple[Paper, str, str]]:
    found: list[tuple[Paper, str, str]] = []
    for material, name in _BIRTH_FIELDS:
        for paper in case.of(material):
            if material not in ("A01", "A04") and paper.document.holder not in ("child", ""):
                continue
            field = case.child_field(paper, name) if material == "A01" else name
            value = paper.text(field)
            if value and not paper.open(field):
                found.append((paper, field, value))
    return found


def _iso(value: str) -> str:
    parsed = parse_date(value)
    return parsed.isoformat() if parsed else value


def child_id_birth(case: CheckCase) -> Finding | None:
    """Digits 7–14 of the child's resident number are its birth date and digit 17 its sex: on the paper and in the declaration."""
    child: Mapping[str, Any] = case.application.get("child") or {}
    docs: list[str] = []
    sure = True
    pairs = [("declared", str(child.get("id_no", "")), str(child.get("birth_date", "")), str(child.get("sex", "")))]
    for paper in case.of("A01", "A02"):
        name = (lambda f, p=paper: case.child_field(p, f)) if paper.material == "A01" else (lambda f: f)
        number, born, sex = (paper.text(name(f)) for f in ("id_no", "birth_date", "sex"))
        if number:
            docs.append(paper.doc_id)
            pairs.append(("printed", number, born, sex))
            sure = sure and paper.sure(name("id_no")) and paper.sure(name("birth_date"))
    if not docs:
        return None
    judged = False
    for origin, number, born, sex in pairs:
        facts = resident_id_facts(number)
        day = parse_date(born)
        if not facts.valid or facts.birth_date is None or day is None:
            continue
        judged = True
        if facts.birth_date != day or (sex in ("男", "女") and sex != facts.sex):
            verdict = settle(False, sure or origin == "declared")
            why = text(
                "policy.check.child_id_birth.mismatch", inside=facts.birth_date.isoformat(), date=day.isoformat()
            )
            field = "child.birth_date" if facts.birth_date != day else "child.sex"
            return Finding(verdict, why, tuple(docs), ("A01",), field)
    if not judged:
        return None
    return Finding(Verdict.MATCH, text("policy.check.child_id_birth.match"), tuple(docs))


def birth_certificate_parents(case: CheckCase) -> Finding | None:
    """Both printed parents are guardians, or parents declared as absent whose absence a custody or guardianship paper explains."""
    papers = case.of("A04")
    if not papers:
        return None
    paper = papers[0]
    guardians, others = (
        case.guardians,
        [p for p in case.application.get("other_parents") or [] if isinstance(p, Mapping)],
    )
    explained = bool(case.of("B02", "B04")) or not others
    open_fields: list[tuple[str, str]] = []
    strangers: list[str] = []
    by_chain = False
    differs: FieldVerdict | None = None
    for side in ("mother", "father"):
        number, name = paper.text(f"{side}_id"), paper.text(f"{side}_name")
        if not number and not name:
            continue
        if any(_is(p, number, name) for p in guardians):
            deciding = f"{side}_id" if number else f"{side}_name"
            open_fields += [(paper.doc_id, deciding)] if paper.open(deciding) else []
        elif any(_is(p, number, name) for p in others):
            by_chain = True
        else:
            open_fields += [(paper.doc_id, f) for f in (f"{side}_name", f"{side}_id") if paper.open(f)]
            strangers.append(side)
            differs = differs or next(
                (v for f in _sides(side) if (v := paper.verdicts.get(f)) and v.settled == "mismatch"), None
            )
    docs = (paper.doc_id,)
    if open_fields:
        return Finding(Verdict.ASK, text("policy.check.birth_parents.ask"), docs, rests_on=tuple(open_fields))
    if differs is not None:
        return Finding(
            Verdict.MISMATCH, text("policy.check.birth_parents.mismatch"), docs, ("A04",), differs.declared_path
        )
    if strangers:
        return Finding(Verdict.ASK, text("policy.check.birth_parents.stranger"), docs, ("A04",), "A04")
    if by_chain and not explained:
        verdict = Verdict.ASK
        return Finding(verdict, text("policy.check.birth_parents.unexplained"), docs, ("A04",), "A04")
    return Finding(
        Verdict.MATCH,
        text("policy.check.birth_parents.chain" if by_chain else "policy.check.birth_parents.match"),
        docs,
    )


def _sides(side: str) -> tuple[str, str]:
    return f"{side}_id", f"{side}_name"


def _is(person: Mapping[str, Any], number: str, name: str) -> bool:
    """By number where both have one; the name decides only where the paper prints no number."""
    if number:
        return same("id", str(person.get("id_no", "")), number) is Verdict.MATCH
    return same("name", str(person.get("name", "")), name) is not Verdict.MISMATCH


def household_relation(case: CheckCase) -> Finding | None:
    """The child's relation to the head is a child's or grandchild's of its sex, or a guardian stands in the same booklet."""
    for paper in case.of("A01"):
        relation = paper.text(case.child_field(paper, "relation_to_head")).strip()
        if not relation:
            continue
        docs = (paper.doc_id,)
        sex = paper.text(case.child_field(paper, "sex")) or str((case.application.get("child") or {}).get("sex", ""))
        son, daughter = bool(_SONS.fullmatch(relation)), bool(_DAUGHTERS.fullmatch(relation))
        if (son and sex == "女") or (daughter and sex == "男"):
            return Finding(Verdict.ASK, text("policy.check.relation.sex", relation=relation), docs, ("A01",), "A01")
        numbers = {str(g.get("id_no", "")).upper() for g in case.guardians}
        together = any(
            v.upper() in numbers
            for k, v in paper.document.texts.items()
            if k.startswith("members[") and k.endswith("id_no")
        )
        if son or daughter or together:
            return Finding(Verdict.MATCH, text("policy.check.relation.match", relation=relation), docs)
        return Finding(Verdict.ASK, text("policy.check.relation.ask", relation=relation), docs, ("A01",), "A01")
    return None


def former_name(case: CheckCase) -> Finding | None:
    """A former name in the household register explains another name on the birth certificate."""
    for booklet, certificate, former in _former_names(case):
        docs = (booklet.doc_id, certificate.doc_id)
        return Finding(Verdict.MATCH, text("policy.check.former_name.match", name=former), docs)
    return None


def _former_names(case: CheckCase) -> Iterator[tuple[Paper, Paper, str]]:
    for booklet in case.of("A01"):
        former = booklet.text(case.child_field(booklet, "former_name")).strip()
        for certificate in case.of("A04") if former else []:
            if same("name", former, certificate.document.texts.get("child_name", "")) is Verdict.MATCH:
                yield booklet, certificate, former


def explained_by_former_name(case: CheckCase) -> Sequence[Paper]:
    """The papers, with a difference of the child's name that a former name explains made a question instead of a mismatch."""
    explained = {certificate.doc_id: former for _, certificate, former in _former_names(case)}
    return [_explain(p, explained[p.doc_id]) if p.doc_id in explained else p for p in case.papers]


def _explain(paper: Paper, former: str) -> Paper:
    verdict = paper.verdicts.get("child_name")
    if verdict is None or verdict.machine_verdict is not Verdict.MISMATCH:
        return paper
    settled = verdict.settled if verdict.by_person else "ask"
    why = text("policy.check.former_name.match", name=former)
    asked = replace(verdict, verdict=Verdict.ASK, machine_verdict=Verdict.ASK, settled=settled, proposal=False, why=why)
    return Paper(paper.document, {**paper.verdicts, "child_name": asked})


def surname(case: CheckCase) -> Finding:
    """Never compared: double surnames and step-families are ordinary (domain.md §4.2 rule 7)."""
    return Finding(Verdict.NOT_APPLICABLE, text("policy.check.surname"))


def sibling_mix(case: CheckCase) -> Finding | None:
    """With brothers and sisters at the desk: the papers under this application are this child's."""
    if len(case.case.applications) < 2:
        return None
    papers = [p for p in case.of("A04", "A02") if p.document.applications is not None]
    if not papers:
        return None
    wrong = [p for p in papers if p.verdicts and p.document.doc_id in misplaced(case)]
    docs = tuple(p.doc_id for p in papers)
    if wrong:
        return Finding(Verdict.ASK, text("policy.check.sibling.ask"), docs, rests_on=(("", f"move:{wrong[0].doc_id}"),))
    return Finding(Verdict.MATCH, text("policy.check.sibling.match"), docs)


def misplaced(case: CheckCase) -> dict[str, int]:
    """Birth certificates and ID cards laid under this application that are a sibling's: doc_id → the sibling's application."""
    found: dict[str, int] = {}
    for paper in case.of("A04", "A02"):
        number = ("cert_no", "birth_cert_no") if paper.material == "A04" else ("id_no", "")
        name = "child_name" if paper.material == "A04" else "name"
        if paper.document.applications is None or (
            paper.material == "A02" and paper.document.holder not in ("child", "")
        ):
            continue
        fits = [
            index for index, application in enumerate(case.case.applications) if _fits(paper, application, number, name)
        ]
        if fits and case.index not in fits:
            found[paper.doc_id] = fits[0]
    return found


def _fits(paper: Paper, application: Mapping[str, Any], number: tuple[str, str], name: str) -> bool:
    child = application.get("child") or {}
    printed_number, printed_name = paper.document.texts.get(number[0], ""), paper.document.texts.get(name, "")
    declared = str(application.get(number[1], "") if number[1] else child.get("id_no", ""))
    comparator = "certificate" if number[1] else "id"
    return (
        same(comparator, declared, printed_number) is Verdict.MATCH
        and same("name", str(child.get("name", "")), printed_name) is Verdict.MATCH
    )
