"""Checks of the home: whose it is, which flat it is, since when, until when, for how many families."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from kiosk.matching.addresses import compare_addresses, difference
from kiosk.matching.quantities import normal_text, parse_share
from kiosk.matching.result import Verdict
from kiosk.policy.checks.base import CheckCase, Finding, Paper, not_later, on_paper, same, settle
from kiosk.policy.roles import is_step
from kiosk.texts import text

TITLES = ("C01", "C02", "C03", "C04", "C12")
_OWNED = ("OWN_TITLE", "OWN_TITLE_MORTGAGED", "OWN_CONTRACT", "POLICY_OWN")
_LEASES = ("C07", "C08", "C10", "C11")
_HOLDER = re.compile(r"(?:obligees|buyers|holders)\[([^\]]+)\]\.")


def household_is_the_flat(case: CheckCase) -> Finding | None:
    """A family that claims to be registered in its own flat: household register and title name the same flat."""
    declared, flat = case.declared("household.address"), case.declared("housing.address")
    if (
        case.application.get("hukou_category") != "SZ_IN"
        or case.housing.get("kind") not in _OWNED
        or not declared
        or not flat
    ):
        return None
    claims = "户籍在房产上" in str(case.application.get("category_claimed", ""))
    if not claims and compare_addresses(declared, flat).verdict is not Verdict.MATCH:
        return Finding(Verdict.NOT_APPLICABLE, text("policy.check.same_flat.not_claimed"))
    booklets = [p for p in case.of("A01") if p.text("address")]
    if not booklets:
        return None
    titles = [p for p in case.of(*TITLES) if p.text("location")]
    if not titles and not case.waived & set(TITLES):
        return None
    booklet = booklets[0]
    there = titles[0].text("location") if titles else flat
    here = booklet.text("address")
    open_fields = [(booklet.doc_id, "address")] if booklet.open("address") else []
    open_fields += [(titles[0].doc_id, "location")] if titles and titles[0].open("location") else []
    docs = (booklet.doc_id, *(p.doc_id for p in titles[:1]))
    if open_fields:
        return Finding(Verdict.ASK, text("policy.check.same_flat.ask"), docs, rests_on=tuple(open_fields))
    comparison = compare_addresses(here, there)
    sure = booklet.sure("address") and (not titles or titles[0].sure("location"))
    verdict = comparison.verdict if sure or comparison.verdict is not Verdict.MISMATCH else Verdict.ASK
    left, right = difference(there, here)
    title = titles[0].material if titles else _waived_title(case)
    about = f"{title} 坐落 {left} / A01 住址 {right}"
    why = text(f"policy.check.same_flat.{verdict}", title=left, household=right)
    return Finding(verdict, why, docs, ("A01", *((titles[0].material,) if titles else ())), about)


def _waived_title(case: CheckCase) -> str:
    return next((m for m in TITLES if m in case.waived), "C01")


def _holders(paper: Paper) -> Iterator[str]:
    """The printed roles of those who hold the title, in their order."""
    names = (_HOLDER.match(name) for name in (*paper.document.texts, *paper.document.evidence))
    yield from dict.fromkeys(m[0] for m in names if m)


def _guardian_of(case: CheckCase, paper: Paper, prefix: str) -> Mapping[str, Any] | None:
    """The guardian who is this holder: by number, and by name only where no number is printed."""
    number, name = paper.text(f"{prefix}id_no"), paper.text(f"{prefix}name")
    for guardian in case.guardians:
        if number:
            if same("id", str(guardian.get("id_no", "")), number) is Verdict.MATCH:
                return guardian
        elif name and same("name", str(guardian.get("name", "")), name) is not Verdict.MISMATCH:
            return guardian
    return None


def title_holder(case: CheckCase) -> Finding | None:
    """A parent holds the title, by ID number. A step-parent alone is for the district to decide."""
    papers = [p for p in case.of(*TITLES) if any(_holders(p))]
    if case.housing.get("kind") == "GRANDPARENT":
        return _grandparents_title(case, papers[0]) if papers else None
    if not papers:
        return _declared_holder(case)
    paper = papers[0]
    docs = (paper.doc_id,)
    people = [(prefix, _guardian_of(case, paper, prefix)) for prefix in _holders(paper)]
    open_fields = tuple(
        (paper.doc_id, f"{p}{f}") for p, _ in people for f in ("id_no", "name") if paper.open(f"{p}{f}")
    )
    roles = [str(g.get("role", "")) for _, g in people if g]
    if open_fields:
        return Finding(Verdict.ASK, text("policy.check.holder.ask"), docs, rests_on=open_fields)
    if any(not is_step(role) for role in roles):
        return Finding(Verdict.MATCH, text("policy.check.holder.match"), docs)
    if roles:
        return Finding(Verdict.ASK, text("policy.check.holder.step"), docs, (), paper.material, refers=True)
    verdict = settle(False, not paper.document.machine_read)
    differs = paper.differing(*(f"{p}id_no" for p, _ in people))
    about = differs.declared_path if differs else f"{paper.material} housing.holder"
    return Finding(verdict, text(f"policy.check.holder.{verdict}"), docs, (paper.material,), about)


def _grandparents_title(case: CheckCase, paper: Paper) -> Finding:
    """The owner stands in the family's booklet, on its kinship certificate, or in the declaration as a grandparent."""
    numbers = [n for p in _holders(paper) if (n := paper.text(f"{p}id_no"))]
    names = [n for p in _holders(paper) if (n := paper.text(f"{p}name"))]
    members = [v for b in case.of("A01") for k, v in b.document.texts.items() if _MEMBER_NUMBER.fullmatch(k)]
    relatives = [v for b in case.of("B03") for k, v in b.document.texts.items() if k not in _NO_RELATIVE]
    declared = [g for key in ("grandparents", "other_relatives") for g in case.application.get(key) or []]
    known = [str(g.get("id_no", "")) for g in declared if isinstance(g, Mapping)]
    related = any(same("id", a, b) is Verdict.MATCH for a in numbers for b in (*members, *known) if b)
    related = related or any(n in normal_text(r).value for n in names for r in relatives)
    verdict = Verdict.MATCH if related else Verdict.ASK
    why = text("policy.check.holder.grandparent" if related else "policy.check.holder.stranger")
    rests = () if related else case.lacking("A01", "B03")
    return Finding(verdict, why, (paper.doc_id,), (paper.material,), paper.material, rests_on=rests)


_MEMBER_NUMBER = re.compile(r"members\[[^\]]+\]\.id_no")
_NO_RELATIVE = ("notary_office", "doc_no", "dated", "child_name")


def _declared_holder(case: CheckCase) -> Finding | None:
    """Without an original: the departments confirmed the declared holder."""
    about = [d.about for d in case.departments(*TITLES) if d.result == "matched"]
    if not about or not case.waived & set(TITLES):
        return None
    roles = [r for r in case.declared("housing.holder").split("+") if r]
    if roles and all(is_step(role) for role in roles):
        return Finding(Verdict.ASK, text("policy.check.holder.step"), (), (), about[0], refers=True)
    known = {str(g.get("role", "")) for g in case.guardians}
    if set(roles) & known:
        return Finding(Verdict.MATCH, text("policy.check.holder.by_data"))
    return None


def share(case: CheckCase) -> Finding | None:
    """The guardians' shares together reach the pack's least share and the declared one. Joint ownership is the whole."""
    if case.housing.get("kind") == "GRANDPARENT":
        return None
    least = Fraction(str(case.parameter("min_parent_share_percent") or 0))
    declared = parse_share(case.declared("housing.share_percent") or 0) or Fraction(0)
    papers = [p for p in case.of("C01", "C02", "C03") if any(_holders(p))]
    papers = papers or [p for p in case.of("C04", "C12") if _shares(p, list(_holders(p)))]
    if not papers:
        if not case.waived & {"C01", "C02", "C03"} or "share_percent" not in case.housing:
            return None
        verdict = settle(declared >= least, True)
        why = text(f"policy.check.share.{verdict}", share=_percent(declared), least=_percent(least))
        return Finding(verdict, why, (), (), "housing.share_percent")
    paper = papers[0]
    docs = (paper.doc_id,)
    unsettled = paper.unsettled(*(f"{p}id_no" for p in _holders(paper)))
    if unsettled:  # nobody can add up shares before it is clear whose they are
        why = text("policy.check.share.ask", least=_percent(least))
        return Finding(Verdict.ASK, why, docs, (paper.material,), paper.material, rests_on=unsettled)
    total = _printed_share(case, paper)
    if total is None:
        why = text("policy.check.share.ask", least=_percent(least))
        return Finding(Verdict.ASK, why, docs, (paper.material,), paper.material)
    sure = all(paper.sure(f"{p}id_no") for p in _holders(paper)) and not paper.document.machine_read
    verdict = settle(total >= max(least, declared), sure)
    why = text(f"policy.check.share.{verdict}", share=_percent(total), least=_percent(max(least, declared)))
    return Finding(verdict, why, docs, (paper.material,), paper.material)


def _printed_share(case: CheckCase, paper: Paper) -> Fraction | None:
    """Σ of the guardians' printed shares in per cent; None when it cannot be known.

    Where no shares are printed the owners hold the whole together: it is the guardians' when all owners are guardians, and nobody
    can tell how much of it is theirs when somebody else is among them.
    """
    prefixes = list(_holders(paper))
    ours = [p for p in prefixes if _guardian_of(case, paper, p)]
    if not _shares(paper, prefixes):
        if not ours:
            return Fraction(0)
        return Fraction(100) if len(ours) == len(prefixes) else None
    shares = _shares(paper, ours)
    return sum(shares, Fraction(0)) if len(shares) == len(ours) else None


def _shares(paper: Paper, prefixes: list[str]) -> list[Fraction]:
    values = (parse_share(paper.text(f"{p}share_percent")) for p in prefixes if paper.text(f"{p}share_percent"))
    return [v for v in values if v is not None]


def _percent(value: Fraction) -> str:
    return f"{float(value):g}"


# What a home may also be registered for beside living, and then counts only if a person says so.
_NOT_FOR_LIVING = re.compile(r"非住宅|办公|商业|商铺|店铺|商务|厂房|工业|仓库|车库")


def usage(case: CheckCase) -> Iterator[Finding]:
    """The home is registered for living: 用途 contains 住宅. Offices and shops never count; a mixed use is a question."""
    for paper in case.of(*TITLES, *_LEASES):
        stated = paper.text("usage")
        if stated:
            normal = normal_text(stated).value
            other = bool(_NOT_FOR_LIVING.search(normal))
            living = "住宅" in normal.replace("非住宅", "")
            good = None if living and other else living
            verdict = settle(good, not paper.document.machine_read)
            yield on_paper(paper, verdict, text(f"policy.check.usage.{verdict}", usage=stated), paper.material)


def handover(case: CheckCase) -> Finding | None:
    """The flat is handed over by the pack's day: by the hand-over notice, else by the contract."""
    limit = case.parameter("handover_on_or_before")
    if case.housing.get("kind") not in ("OWN_CONTRACT", "POLICY_OWN") or not limit:
        return None
    if case.of("C01", "C02"):  # a title was issued: the contract's date no longer counts (domain.md P4)
        return Finding(Verdict.NOT_APPLICABLE, text("policy.check.handover.titled"))
    for paper, field in [*((p, "dated") for p in case.of("C06")), *((p, "handover_by") for p in case.of("C04", "C12"))]:
        day = paper.text(field)
        if day:
            good = not_later(day, str(limit))
            verdict = settle(good, paper.sure(field))
            why = text(f"policy.check.handover.{verdict}", date=day, limit=str(limit))
            return Finding(verdict, why, (paper.doc_id,), (paper.material,), paper.material)
    return None


def lease_since(case: CheckCase) -> Finding | None:
    """First registered by the pack's day; the first issue counts where it differs from the start of the lease."""
    limit = case.parameter("lease_first_issued_on_or_before")
    if not limit or case.housing.get("kind") not in ("LEASE_RED", "LEASE_BLUE", "LEASE_REG"):
        return None
    day, paper, sure = _first_registered(case)
    if not day:
        return None
    verdict = settle(not_later(day, str(limit)), sure)
    why = text(f"policy.check.lease_since.{verdict}", date=day, limit=str(limit))
    material = paper.material if paper else _lease_code(case)
    return Finding(verdict, why, (paper.doc_id,) if paper else (), (material,), material)


def _first_registered(case: CheckCase) -> tuple[str, Paper | None, bool]:
    for paper in case.of(*_LEASES):
        for field in ("first_issued", "first_registered", "registered_on", "term_from"):  # the first issue counts (P8)
            if paper.text(field):
                return paper.text(field), paper, paper.sure(field)
    return case.declared("housing.first_issued") or case.declared("housing.first_registered"), None, True


def _lease_code(case: CheckCase) -> str:
    return {"LEASE_BLUE": "C08", "LEASE_REG": "C10"}.get(str(case.housing.get("kind")), "C07")


def lease_until(case: CheckCase) -> Iterator[Finding]:
    """The lease runs at least until the pack's day."""
    limit = case.parameter("lease_valid_until_on_or_after")
    for paper in case.of(*_LEASES) if limit else []:
        until = paper.text("term_to")
        if until:
            verdict = settle(not_later(str(limit), until), paper.sure("term_to"))
            why = text(f"policy.check.lease_until.{verdict}", date=until, limit=str(limit))
            yield on_paper(paper, verdict, why, paper.material)


def lease_fee(case: CheckCase) -> Finding | None:
    """A voucher first issued before the pack's day needs the fee invoice (C09)."""
    limit = case.parameter("lease_fee_invoice_if_first_issued_before")
    if not limit or case.housing.get("kind") != "LEASE_RED":
        return None
    day, _, _ = _first_registered(case)
    if not day:
        return None
    if not_later(str(limit), day):
        return Finding(
            Verdict.NOT_APPLICABLE, text("policy.check.lease_fee.not_applicable", date=day, limit=str(limit))
        )
    invoices = case.of("C09")
    if invoices:
        return Finding(Verdict.MATCH, text("policy.check.lease_fee.match"), tuple(p.doc_id for p in invoices))
    if not case.visit_over:
        return None
    return Finding(Verdict.MISMATCH, text("policy.check.lease_fee.mismatch", date=day, limit=str(limit)), about="C09")


def house_lock(case: CheckCase) -> Finding | None:
    """No other family uses the flat's place in this cycle; children of one family do not lock one another out.

    Where no department said so, two applications at one desk for one flat by different families are a question: only one is accepted.
    """
    answers = list(case.departments("HOUSELOCK"))
    results = {d.result for d in answers}
    if results & {"locked", "conflict"}:
        return Finding(Verdict.MISMATCH, text("policy.check.house_lock.mismatch"), about="HOUSELOCK")
    if results & {"same_family", "matched", "not_found"}:
        return Finding(Verdict.MATCH, text("policy.check.house_lock.match"))
    if answers:
        return Finding(Verdict.ASK, text("policy.check.house_lock.ask"), about="HOUSELOCK")
    if _shared_with_strangers(case):
        return Finding(Verdict.ASK, text("policy.check.house_lock.two_families"), about="HOUSELOCK")
    return None


def _shared_with_strangers(case: CheckCase) -> bool:
    flat, ours = case.declared("housing.address"), _guardian_numbers(case.application)
    for index, other in enumerate(case.case.applications):
        if index != case.index and flat and not ours & _guardian_numbers(other):
            theirs = str((other.get("housing") or {}).get("address") or "")
            if theirs and compare_addresses(flat, theirs).verdict is Verdict.MATCH:
                return True
    return False


def _guardian_numbers(application: Mapping[str, Any]) -> set[str]:
    people = [g for g in application.get("guardians") or [] if isinstance(g, Mapping)]
    return {str(g["id_no"]).upper() for g in people if g.get("id_no")}
