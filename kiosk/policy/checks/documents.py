"""Checks of the papers themselves: numbers, machine-readable zones, validity, seals."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.matching.business_numbers import business_number_problems
from kiosk.matching.dates import LONG_TERM, parse_date
from kiosk.matching.mrz import read_zone
from kiosk.matching.personal_numbers import hong_kong_id_valid, lifetime_number, resident_id_facts
from kiosk.matching.result import Verdict
from kiosk.policy.checks.base import CheckCase, Finding, Paper, not_later, settle
from kiosk.texts import text

_PERMITS = ("A05", "A08")
_WITH_ZONE = ("A05", "A08", "A10")


def permit_lifetime_number(case: CheckCase) -> Finding | None:
    """The declared permit number and the printed one share the part that never changes; the issue count does not matter."""
    for paper in case.of(*_PERMITS):
        verdict = paper.verdicts.get("permit_no")
        if verdict is None:
            continue
        printed, declared = lifetime_number(paper.text("permit_no")), lifetime_number(verdict.declared)
        docs = (paper.doc_id,)
        if verdict.settled == "ask":
            return Finding(Verdict.ASK, text("policy.check.permit.ask"), docs, rests_on=((paper.doc_id, "permit_no"),))
        good = printed is not None and printed == declared
        outcome = settle(good, paper.sure("permit_no"))
        why = text(f"policy.check.permit.{outcome}", number=printed or paper.text("permit_no"))
        return Finding(outcome, why, docs, (paper.material,), "child.id_no")
    return None


def machine_zone(case: CheckCase) -> Finding | None:
    """All check digits agree, and number, birth and expiry in the zone are the printed ones."""
    for paper in case.of(*_WITH_ZONE):
        lines = [v for k, v in sorted(paper.document.texts.items()) if k.startswith("mrz[")]
        if not lines:
            continue
        zone = read_zone(lines)
        docs = (paper.doc_id,)
        if not zone.valid:
            return Finding(Verdict.ASK, text("policy.check.mrz.unreadable"), docs, (paper.material,), paper.material)
        differs = [name for name, inside, printed in _zone_pairs(paper, zone) if printed and inside != printed]
        if differs:
            why = text("policy.check.mrz.differs", fields=", ".join(differs))
            return Finding(settle(False, not paper.document.machine_read), why, docs, (paper.material,), paper.material)
        return Finding(Verdict.MATCH, text("policy.check.mrz.match"), docs)
    return None


def _zone_pairs(paper: Paper, zone: object) -> Iterator[tuple[str, str, str]]:
    number = paper.text("passport_no") or paper.text("permit_no")
    yield "number", getattr(zone, "number", ""), number.replace(" ", "").upper()
    for name, field in (("birth", "birth_date"), ("expiry", "valid_to")):
        day = parse_date(paper.text(field))
        yield name, getattr(zone, name, ""), day.strftime("%y%m%d") if day else ""


def check_digits(case: CheckCase) -> Finding | None:
    """Printed numbers agree with their own check characters; a few genuine ones do not, so a failure is a question."""
    seen: list[str] = []
    for paper in case.papers:
        for field, good in _checked_numbers(paper):
            if not good:
                why = text("policy.check.check_digit.ask", material=paper.material)
                return Finding(Verdict.ASK, why, (paper.doc_id,), (paper.material,), f"{paper.material} {field}")
            if paper.doc_id not in seen:
                seen.append(paper.doc_id)
    return Finding(Verdict.MATCH, text("policy.check.check_digit.match"), tuple(seen)) if seen else None


def _checked_numbers(paper: Paper) -> Iterator[tuple[str, bool]]:
    if paper.material == "D03":
        for field in ("reg_no", "uscc"):
            if paper.text(field) and not paper.open(field):
                yield field, not business_number_problems(paper.text(field))
    elif paper.material == "A06":
        if paper.text("hkid") and not paper.open("hkid"):
            yield "hkid", hong_kong_id_valid(paper.text("hkid"))
    elif paper.material in ("A02", "A03", "A12"):
        number = paper.text("id_no").replace(" ", "")
        if len(number) == 18 and not paper.open("id_no"):
            yield "id_no", resident_id_facts(number).valid


def valid_on_desk_day(case: CheckCase) -> Finding | None:
    """No shown paper has expired on the day of the visit."""
    docs: list[str] = []
    for paper in case.papers:
        until = paper.text("valid_to")
        if not until or parse_date(until) is None:
            continue
        docs.append(paper.doc_id)
        if until_before(until, case.case.desk_date):
            verdict = settle(False, paper.sure("valid_to"))
            why = text(f"policy.check.doc_valid.{verdict}", material=paper.material, date=until)
            return Finding(verdict, why, (paper.doc_id,), (paper.material,), paper.material)
    if not docs:
        return None
    return Finding(Verdict.MATCH, text("policy.check.doc_valid.match"), tuple(docs))


def until_before(until: str, day: str) -> bool:
    """Whether a validity ends before ``day``. 长期 never does."""
    parsed = parse_date(until)
    return parsed is not None and parsed.isoformat() != LONG_TERM and not_later(day, until) is False


def latin_name(case: CheckCase) -> Finding | None:
    """Spellings of Hong Kong, Macau and Taiwan are no pinyin: never compared with the Chinese name."""
    papers = [p for p in case.of("A05", "A06", "A08") if p.text("name_en") or p.text("name_latin")]
    if not papers:
        return None
    return Finding(Verdict.NOT_APPLICABLE, text("policy.check.latin_name"), tuple(p.doc_id for p in papers))


def seals(case: CheckCase) -> Finding | None:
    """Every seal the pack names is on the paper. What nobody has looked at is a question."""
    docs: list[str] = []
    for paper in case.papers:
        material = case.pack.materials.get(paper.material)
        if material is None or not (material.seals or material.person_looks):
            continue
        state = _seals_present(paper, material.seals)
        if state is None and not material.person_looks:
            continue
        docs.append(paper.doc_id)
        if state is not True:
            verdict = settle(state, True)
            why = text(f"policy.check.seal.{verdict}", material=material.name.text())
            return Finding(verdict, why, (paper.doc_id,), (paper.material,), paper.material)
    return Finding(Verdict.MATCH, text("policy.check.seal.match"), tuple(docs)) if docs else None


def _seals_present(paper: Paper, wanted: tuple[str, ...]) -> bool | None:
    """True or False when the seals were looked at, None when nobody said."""
    flags = [v for k, v in paper.document.texts.items() if k == "sealed" or k.endswith(".sealed")]
    if "false" in flags:
        return False
    if paper.document.seals is not None:
        return all(any(seal in present for present in paper.document.seals) for seal in wanted)
    return True if flags else None
