"""One page on the table, several children at the desk: whose cases does it concern?

The reader judges a page against the values of every child in hand at once. A page of the whole family (the booklet's first page, a parent's
card, the home's papers) goes into each case in which it has a place; a child's own page only to the child whose values it bears out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kiosk.desk.family import OpenCase
from kiosk.desk.place import support
from kiosk.desk.rules import Rules
from kiosk.desk.understand import CASE_CODE, Keeper, Understood, understand
from scanner.types import ExpectedSet, Reading, Verdict

RulesFor = Callable[[OpenCase], Rules]
_BETWEEN = "|"
_OWN_HOLDERS = ("child", "form")  # documents that belong to one child of the family


@dataclass(frozen=True)
class Share:
    """What the page means for one case."""

    case: OpenCase
    found: Understood

    @property
    def taken(self) -> bool:
        return self.found.act.kind == "page.read"


def expected_of(cases: Sequence[OpenCase], rules_for: RulesFor) -> dict[str, ExpectedSet]:
    """What the reader judges the page against: every document of every child, each under a key of its own."""
    return {
        f"{case.number}{_BETWEEN}{doc_id}": expected
        for case in cases
        for doc_id, expected in rules_for(case).expected(case.record).items()
    }


def share(
    reading: Reading, capture_id: str, cases: Sequence[OpenCase], rules_for: RulesFor, keeper: Keeper
) -> list[Share]:
    """The cases that the page concerns, each with the act to write; where it concerns none, why, for the first of ``cases``."""

    several = len(cases) > 1

    def shares(of: Sequence[OpenCase], keep: Keeper) -> list[Share]:
        return [
            Share(
                case,
                understand(_own(reading, case, several), capture_id, case.record, case.state, rules_for(case), keep),
            )
            for case in of
        ]

    told = _named_by_code(reading)
    chosen = [case for case in cases if case.number == told] or list(cases)
    if len(chosen) > 1:
        taken = _whose(reading, [s for s in shares(chosen, NothingKept()) if s.taken], rules_for)
        chosen = [s.case for s in taken] or chosen[:1]
    return shares(chosen, keeper)


class NothingKept:
    """For looking only."""

    def keep_crops(self, crops: Mapping[str, bytes]) -> str:
        return ""

    def address_of(self, picture: bytes) -> str:
        return ""


def same_field(one: OpenCase, other: OpenCase, doc_id: str, field: str, rules_for: RulesFor) -> bool:
    """A person's word on a field of ``one`` is also true of ``other``: the same photograph, the same declared value."""
    declared = [rules_for(case).expected_values(case.record).get(doc_id, {}).get(field) for case in (one, other)]
    photographs = [_photographs(case, doc_id, field) for case in (one, other)]
    return declared[0] is not None and declared[0] == declared[1] and bool(photographs[0] & photographs[1])


def same_paper(one: OpenCase, other: OpenCase, doc_id: str) -> bool:
    """Both children's cases have this document from the same photographs, and it is no child's own."""
    photographs = [_photographs(case, doc_id) for case in (one, other)]
    return bool(photographs[0]) and photographs[0] == photographs[1] and doc_id.split(":")[-1] not in _OWN_HOLDERS


def _photographs(case: OpenCase, doc_id: str, field: str = "") -> set[str]:
    pages = case.state.documents().get(doc_id, [])
    return {page.capture_id for page in pages if not field or field in page.fields}


def _named_by_code(reading: Reading) -> str:
    """The application that the page itself names by its code."""
    found = (CASE_CODE.fullmatch(code.text) for code in reading.barcodes if code.accepted)
    return next((match[1] for match in found if match), "")


def _own(reading: Reading, case: OpenCase, several: bool) -> Reading:
    """The reading as if only this case had been asked about; ``several``: it was asked about others as well."""
    prefix = case.number + _BETWEEN
    verdicts = {key.removeprefix(prefix): said for key, said in reading.verdicts.items() if key.startswith(prefix)}
    document = reading.document
    if several and document.page == "member" and (role := _bound_role(verdicts)):
        document = replace(document, page=f"member_{role}")  # two children's values may stand for different persons
    return replace(reading, verdicts=verdicts, document=document)


def _bound_role(verdicts: Mapping[str, Mapping[str, object]]) -> str:
    roles = {
        name.split("[", 1)[1].split("]", 1)[0]
        for said in verdicts.values()
        for name, field in said.items()
        if name.startswith("members[") and getattr(field, "verdict", None) is not Verdict.NOT_FOUND
    }
    return roles.pop() if len(roles) == 1 else ""


def _whose(reading: Reading, taken: list[Share], rules_for: RulesFor) -> list[Share]:
    """Of the cases that could take a child's own page, those whose child it bears out best."""
    if len(taken) < 2 or not any(_is_own(s.found) for s in taken):
        return taken
    scores = [_score(reading, s, rules_for) for s in taken]
    best = max(scores)
    if best <= 0:
        return taken[:1]  # it bears out nobody: a person looks at it where it was laid
    return [s for s, score in zip(taken, scores, strict=True) if score == best][:1]


def _is_own(found: Understood) -> bool:
    act = found.act
    return act.kind == "page.read" and (act.holder in _OWN_HOLDERS or act.page.startswith("member_child"))


def _score(reading: Reading, share: Share, rules_for: RulesFor) -> float:
    act = share.found.act
    assert act.kind == "page.read"
    said = reading.verdicts.get(f"{share.case.number}{_BETWEEN}{act.doc_id}", {})
    return support(said, rules_for(share.case).field_classes(share.case.record))
