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
from kiosk.policy.paths import declared_value
from kiosk.texts import text

# The child's printed birth date, by kind of paper, in the order in which a slip names them.
_BIRTH_FIELDS = (
    ("A04", "born_at_date"), ("A01", "birth_date"), ("A02", "birth_date"), ("A05", "birth_date"), ("A06", "birth_date"),
    ("A07", "birth_date"), ("A08", "birth_date"), ("A09", "birth_date"), ("A10", "birth_date"),
)  # fmt: skip
_WHICH = "(?:长|次|大|二|三|四|五|六|独生|继|养|其他)?"
_SONS = re.compile(rf"{_WHICH}(?:子|儿子|孙|孙子|外孙|外孙子|曾孙|曾孙子)")
_DAUGHTERS = re.compile(rf"{_WHICH}(?:女|女儿|孙女|外孙女|曾孙女)")
_EITHER = re.compile(r"(?:曾)?孙子女|外孙子女|子女|户主|本人|集体户成员|集体户")


def age(case: CheckCase) -> Finding | None:
    """Born on or before the pack's day, by the printed dates, not by the declaration."""
    limit = str(case.parameter("born_on_or_before"))
    printed = list(_printed_births(case))
    if not printed:
        if not case.visit_over:
            return None
        declared = case.declared("child.birth_date")
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
    """Digits 7–14 of the child's resident number are its birth date and digit 17 its sex: on every paper and in the declaration."""
    docs: list[str] = []
    sure = True
    declared = case.declared("child.id_no"), case.declared("child.birth_date"), case.declared("child.sex")
    pairs: list[tuple[Paper | None, str, str, str]] = [(None, *declared)]
    for paper in case.of("A01", "A02", "A04"):
        if paper.material == "A02" and paper.document.holder not in ("child", ""):
            continue
        names = [_printed_name(case, paper, f) for f in ("id_no", "birth_date", "sex")]
        number, born, sex = (paper.text(name) for name in names)
        number = number or (declared[0] if paper.material == "A04" else "")  # the certificate is older than the number
        if number and born:
            docs.append(paper.doc_id)
            pairs.append((paper, number, born, sex))
            sure = sure and all(paper.sure(name) for name in names[:2] if paper.text(name))
    if not docs:
        return None
    judged = False
    for where, number, born, sex in pairs:
        facts = resident_id_facts(number)
        day = parse_date(born)
        if not facts.valid or facts.birth_date is None or day is None:
            continue
        judged = True
        if facts.birth_date != day or (sex in ("男", "女") and sex != facts.sex):
            verdict = settle(False, sure or where is None)
            inside = f"{facts.birth_date.isoformat()} {facts.sex}"
            why = text("policy.check.child_id_birth.mismatch", inside=inside, date=f"{day.isoformat()} {sex}".strip())
            field = "child.birth_date" if facts.birth_date != day else "child.sex"
            return Finding(verdict, why, tuple(docs), (where.material if where else "A01",), field)
    if not judged:
        return None
    return Finding(Verdict.MATCH, text("policy.check.child_id_birth.match"), tuple(docs))


def _printed_name(case: CheckCase, paper: Paper, name: str) -> str:
    if paper.material == "A01":
        return case.child_field(paper, name)
    return "born_at_date" if (paper.material, name) == ("A04", "birth_date") else name


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
    proven = bool(case.of("B04") or (case.of("B02") and case.application.get("custody")))
    explained = proven or bool(case.of("B02")) or not others
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
            by_chain = by_chain or proven
            strangers += [] if proven else [side]
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
    if strangers or (by_chain and not explained):
        why = text("policy.check.birth_parents.stranger" if strangers else "policy.check.birth_parents.unexplained")
        return Finding(Verdict.ASK, why, docs, ("A04",), "A04", rests_on=case.lacking("B02", "B04"))
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
        sex = paper.text(case.child_field(paper, "sex")) or case.declared("child.sex")
        son, daughter = bool(_SONS.fullmatch(relation)), bool(_DAUGHTERS.fullmatch(relation))
        if (son and sex == "女") or (daughter and sex == "男"):
            return Finding(Verdict.ASK, text("policy.check.relation.sex", relation=relation), docs, ("A01",), "A01")
        numbers = {str(g.get("id_no", "")).upper() for g in case.guardians}
        together = any(
            v.upper() in numbers
            for k, v in paper.document.texts.items()
            if k.startswith("members[") and k.endswith("id_no")
        )
        if son or daughter or together or _EITHER.fullmatch(relation):
            return Finding(Verdict.MATCH, text("policy.check.relation.match", relation=relation), docs)
        why = text("policy.check.relation.ask", relation=relation)
        numbers_in_doubt = paper.unsettled(*(f for f in paper.verdicts if f.endswith(".id_no")))
        return Finding(Verdict.ASK, why, docs, ("A01",), "A01", rests_on=numbers_in_doubt)
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
    return Paper(paper.document, {**paper.verdicts, "child_name": asked}, paper.trace)


def surname(case: CheckCase) -> Finding:
    """Never compared: double surnames and step-families are ordinary (domain.md §4.2 rule 7)."""
    return Finding(Verdict.NOT_APPLICABLE, text("policy.check.surname"))


def sibling_mix(case: CheckCase) -> Finding | None:
    """With brothers and sisters at the desk: the papers under this application are this child's."""
    if len(case.case.applications) < 2:
        return None
    papers = [
        p for p in case.of(*_OWN_PAPERS) if p.document.applications is not None and p.document.holder in ("child", "")
    ]
    if not papers:
        return None
    elsewhere = misplaced(case)
    wrong = [p for p in papers if p.verdicts and p.doc_id in elsewhere]
    docs = tuple(p.doc_id for p in papers)
    if wrong:
        return Finding(Verdict.ASK, text("policy.check.sibling.ask"), docs, rests_on=(("", f"move:{wrong[0].doc_id}"),))
    return Finding(Verdict.MATCH, text("policy.check.sibling.match"), docs)


# The child's own papers: the field with their number, where the declared number stands, and the field with the name.
_OWN_PAPERS: Mapping[str, tuple[str, str, str, str]] = {
    "A02": ("id_no", "child.id_no", "id", "name"),
    "A04": ("cert_no", "birth_cert_no", "certificate", "child_name"),
    "A05": ("permit_no", "child.id_no", "id", "name_zh"),
    "A06": ("hkid", "child.hkid", "id", "name_zh"),
    "A07": ("id_no", "child.id_no", "id", "name"),
    "A08": ("permit_no", "child.id_no", "id", "name_zh"),
    "A09": ("id_no", "child.id_no", "id", "name"),
    "A10": ("passport_no", "child.id_no", "id", "name_zh"),
}


def misplaced(case: CheckCase) -> dict[str, int]:
    """The child's own papers laid under this application that are a sibling's: doc_id → the sibling's application."""
    found: dict[str, int] = {}
    for paper in case.of(*_OWN_PAPERS):
        if paper.document.applications is None or paper.document.holder not in ("child", ""):
            continue
        fits = [i for i, application in enumerate(case.case.applications) if _fits(paper, application)]
        if fits and case.index not in fits:
            found[paper.doc_id] = fits[0]
    return found


def _fits(paper: Paper, application: Mapping[str, Any]) -> bool:
    number, path, comparator, name = _OWN_PAPERS[paper.material]
    texts = paper.document.texts
    declared = declared_value(application, path) or ""
    named = declared_value(application, "child.name") or ""
    return (
        same(comparator, declared, texts.get(number, "")) is Verdict.MATCH
        and same("name", named, texts.get(name, "")) is Verdict.MATCH
    )
