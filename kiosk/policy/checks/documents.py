"""Checks of the papers themselves: numbers, machine-readable zones, validity, seals. One finding for each paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kiosk.matching.business_numbers import business_number_problems
from kiosk.matching.dates import LONG_TERM, parse_date
from kiosk.matching.latin import compare_latin_names
from kiosk.matching.mrz import MachineZone, read_zone
from kiosk.matching.personal_numbers import hong_kong_id_valid, lifetime_number, resident_id_facts
from kiosk.matching.result import Verdict
from kiosk.policy.checks.base import CheckCase, Finding, Input, Paper, not_later, on_paper, settle
from kiosk.texts import Text, text

_PERMITS = ("A05", "A08")
_NUMBERS = ("passport_no", "permit_no", "id_no", "card_no")
_LATIN_NAMES = ("name_latin", "name_en")
_SEAL_FLAG = re.compile(r"(?:.*[._])?(?:sealed|seal|stamped)")
_FOR_EVER = frozenset({"永久", "永续", "永久有效", "无固定期限"})


def permit_lifetime_number(case: CheckCase) -> Iterator[Finding]:
    """The declared permit number and the printed one share the part that never changes; the issue count does not matter."""
    for paper in case.of(*_PERMITS):
        verdict = paper.verdicts.get("permit_no")
        if verdict is None:
            continue
        printed, declared = lifetime_number(paper.text("permit_no")), lifetime_number(verdict.declared)
        docs = (paper.doc_id,)
        if verdict.settled == "ask":
            rests = ((paper.doc_id, "permit_no"),)
            yield Finding(Verdict.ASK, text("policy.check.permit.ask"), docs, rests_on=rests, key=paper.doc_id)
            continue
        good = printed is not None and printed == declared
        outcome = settle(good, paper.sure("permit_no"))
        why = text(f"policy.check.permit.{outcome}", number=printed or paper.text("permit_no"))
        yield on_paper(paper, outcome, why, verdict.declared_path)


def machine_zone(case: CheckCase) -> Iterator[Finding]:
    """All check digits agree, and number, birth, expiry and name in the zone are the printed ones."""
    for paper in case.papers:
        lines = [v for k, v in sorted(paper.document.texts.items()) if k.startswith("mrz[")]
        if not lines:
            continue
        zone = read_zone(lines)
        differs = [name for name, inside, printed in _zone_pairs(paper, zone) if printed and inside != printed]
        if not zone.valid:
            yield on_paper(paper, Verdict.ASK, text("policy.check.mrz.unreadable"), paper.material)
        elif differs:
            why = text("policy.check.mrz.differs", fields=", ".join(differs))
            yield on_paper(paper, settle(False, not paper.document.machine_read), why, paper.material)
        elif _other_name(paper, zone):
            yield on_paper(paper, Verdict.ASK, text("policy.check.mrz.differs", fields="name"), paper.material)
        else:
            yield on_paper(paper, Verdict.MATCH, text("policy.check.mrz.match"))


def _zone_pairs(paper: Paper, zone: MachineZone) -> Iterator[tuple[str, str, str]]:
    number = next((n for f in _NUMBERS if (n := paper.text(f))), "").replace(" ", "").upper()
    inside = zone.number if paper.material == "A10" else lifetime_number(zone.number) or zone.number
    yield "number", inside, number if paper.material == "A10" else lifetime_number(number) or number
    for name, value, field in (("birth", zone.birth, "birth_date"), ("expiry", zone.expiry, "valid_to")):
        day = parse_date(paper.text(field))
        yield name, value, day.strftime("%y%m%d") if day else ""


def _other_name(paper: Paper, zone: MachineZone) -> bool:
    printed = next((n for f in _LATIN_NAMES if (n := paper.text(f))), "")
    return bool(printed and zone.name) and compare_latin_names(zone.name, printed).verdict is not Verdict.MATCH


def check_digits(case: CheckCase) -> Iterator[Finding]:
    """Printed numbers agree with their own check characters; a few genuine ones do not, so a failure is a question.

    A number that differs from the declared one is a defect already, and one still in question is asked about anyway.
    """
    for paper in case.papers:
        checked = list(_checked_numbers(paper))
        wrong = [field for field, good in checked if not good]
        if wrong:
            why = text("policy.check.check_digit.ask", material=paper.material)
            yield on_paper(paper, Verdict.ASK, why, f"{paper.material} {wrong[0]}")
        elif checked:
            yield on_paper(paper, Verdict.MATCH, text("policy.check.check_digit.match"))


def _checked_numbers(paper: Paper) -> Iterator[tuple[str, bool]]:
    for field, verdict in paper.verdicts.items():
        if verdict.field_class != "id" or verdict.settled != "match":
            continue
        number = re.sub(r"\s", "", paper.text(field))
        if paper.material == "D03":
            yield field, not business_number_problems(number)
        elif field == "hkid":
            if not number[:1].isdigit():  # the algorithm of Macau's card is not published
                yield field, hong_kong_id_valid(number)
        elif re.fullmatch(r"[0-9]{17}[0-9Xx]|[0-9]{15}", number):
            yield field, resident_id_facts(number).valid


def valid_on_desk_day(case: CheckCase) -> Iterator[Finding]:
    """Every paper that is needed is still valid on the day of the visit; a payment list as long as its verification code."""
    dated = [(p, u) for p in case.papers if p.material not in case.waived and (u := _valid_until(p))]
    expired = [p for p, until in dated if until_before(until, case.case.desk_date)]
    for paper, until in dated:
        if paper in expired:
            verdict = settle(False, paper.sure("valid_to"))
            why = text(f"policy.check.doc_valid.{verdict}", material=paper.material, date=until)
            yield on_paper(paper, verdict, why, case.about(paper, expired))
        elif parse_date(until) is None:
            why = text("policy.check.doc_valid.ask", material=paper.material, date=until)
            yield on_paper(paper, Verdict.ASK, why, case.about(paper))
        else:
            yield on_paper(paper, Verdict.MATCH, text("policy.check.doc_valid.match"))


def _valid_until(paper: Paper) -> str:
    until = paper.text("valid_to").strip()
    if until:
        return LONG_TERM if until in _FOR_EVER else until
    printed, months = parse_date(paper.text("printed_on")), paper.text("verify_code_valid_months")
    return _months_later(printed, int(months)).isoformat() if printed and months.isdigit() else ""


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    return day


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


def seals(case: CheckCase) -> Iterator[Finding]:
    """Every seal the pack names is on the paper. What nobody has looked at is a question."""
    unsealed: list[Paper] = []
    for paper in case.papers:
        material = case.pack.materials.get(paper.material)
        if material is None or not (material.seals or material.person_looks):
            continue
        state = _seals_present(paper, material.seals)
        if state is None and (not material.person_looks or paper.material in case.waived):
            continue
        verdict = settle(state, True)
        unsealed += [paper] if state is False else []
        why: Text = text(f"policy.check.seal.{verdict}", material=material.name.text())
        about = case.about(paper, unsealed)
        yield on_paper(paper, verdict, text("policy.check.seal.match") if state else why, about)


def _seals_present(paper: Paper, wanted: tuple[str, ...]) -> bool | None:
    """True or False when the seals were looked at, None when nobody said."""
    texts = paper.document.texts
    said = {k: v for k, v in texts.items() if v in ("true", "false") and _SEAL_FLAG.fullmatch(k) and k[:6] != "seals["}
    paper.trace.extend(Input(paper.doc_id, k, v) for k, v in said.items())
    if paper.document.seals is not None:
        paper.trace.append(Input(paper.doc_id, "seals", "、".join(paper.document.seals)))
    flags = list(said.values())
    if "false" in flags:
        return False
    if paper.document.seals is not None:
        present = paper.document.seals
        if wanted:
            return all(any(name in seal for name in one.split("|") for seal in present) for one in wanted)
        return bool(present) or (True if flags else None)
    return True if flags else None
