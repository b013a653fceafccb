"""What the files of a pack say about each other: every code, label, fact and placeholder that one names must be known to another.

Works on what is right of each file, so that one mistake never hides another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from kiosk.matching.compare import COMPARATORS
from kiosk.policy.case_input import CaseInput
from kiosk.policy.checks import CHECKS
from kiosk.policy.expressions import KNOWN_FUNCTIONS, Expression, ExpressionError, Facts
from kiosk.policy.facts import facts_of
from kiosk.policy.local_text import LocalText
from kiosk.policy.mistakes import Mistake, Place
from kiosk.policy.own_checks import OWN, PAPER, is_date, with_paper
from kiosk.policy.pack_yaml import PackFile
from kiosk.policy.schema import Check, ChecksFile, DeclaredFact, Head, MaterialsFile, Requirement, RequirementsFile
from kiosk.texts import Text, text

# The engine gives these by itself.
ALWAYS_GIVEN = ("R-MISSING", "R-UNREADABLE", "R-DECL-DIFF", "R-COPY")
_MOST_NAMES = 12
_Finds = Iterator[tuple[Place, Text] | tuple[Place, Text, int]]


@dataclass(frozen=True)
class PackFiles:
    head: PackFile[Head]
    materials: PackFile[MaterialsFile]
    requirements: PackFile[RequirementsFile]
    checks: PackFile[ChecksFile]

    @property
    def mistakes(self) -> list[Mistake]:
        return [m for f in (self.head, self.materials, self.requirements, self.checks) for m in f.mistakes]


def cross_reference(files: PackFiles) -> list[Mistake]:
    """The mistakes between the files, in the order of the files."""
    known = _Known(files)
    found: list[Mistake] = []
    for file, finds in (
        (files.head, _in_head(files.head.model, known)),
        (files.materials, _in_materials(files.materials.model, known)),
        (files.requirements, _in_requirements(files.requirements.model, known)),
        (files.checks, _in_checks(files.checks.model, known)),
    ):
        for place, what, *offset in finds:
            found.append(file.at(place, what, offset=offset[0] if offset else 0))
    return found


class _Known:
    """Everything that may be named. What a broken entry of a file is called counts: its own mistake has been told."""

    def __init__(self, files: PackFiles) -> None:
        head = files.head.model
        self.materials = files.materials.names("materials")
        self.labels = files.materials.names("labels")
        self.reasons = files.checks.names("reasons")
        self.checks = _codes(files.checks.data)
        self.documents = files.materials.model.materials if files.materials.model else {}
        written = files.head.data.get("parameters") if isinstance(files.head.data, dict) else None
        named = written.items() if isinstance(written, dict) else ()
        self.parameters: Mapping[str, Any] = {name: value for name, value in named if isinstance(name, str)}
        self.own_facts: Mapping[str, DeclaredFact] = head.facts if head else {}
        self.broken_facts = files.head.names("facts") - set(self.own_facts)
        self.general = set(_sample(self.parameters, {}).values)
        self.sample = _sample(self.parameters, self.own_facts)
        self.facts = set(self.sample.values) | self.broken_facts

    def material(self, code: str) -> Text | None:
        return None if code in self.materials else _unknown("material", code, self.materials)

    def reason(self, code: str) -> Text | None:
        return None if not code or code in self.reasons else _unknown("reason", code, self.reasons)


def _codes(data: Any) -> set[str]:
    entries = data.get("checks") if isinstance(data, dict) else None
    return {str(e.get("code")) for e in entries if isinstance(e, dict)} if isinstance(entries, list) else set()


def _unknown(what: str, found: str, known: set[str]) -> Text:
    """The likeliest of what is known first; a long list is cut, the documentation has the rest."""
    close = get_close_matches(found, known, n=3, cutoff=0.5)
    names = [*close, *sorted(known.difference(close))]
    more = ["…"] if len(names) > _MOST_NAMES else []
    return text(f"pack.mistake.unknown_{what}", found=found, known=", ".join([*names[:_MOST_NAMES], *more]))


def _sample(parameters: Mapping[str, Any], own: Mapping[str, DeclaredFact]) -> Facts:
    """Facts of a made-up application: enough to try every predicate."""
    case = CaseInput.from_json({"policy": "-", "desk": {"date": "2000-01-01"}, "applications": [{"x": 0}]})
    return facts_of(case, 0, parameters, own)


def _try(place: Place, expression: Expression | None, known: _Known, *, names: bool = False, more: Facts | None = None) -> _Finds:  # fmt: skip
    """Unknown facts and parameters by name, wherever they stand; then the whole expression, tried out."""
    if expression is None:
        return
    allowed = known.facts | ({PAPER} if more else set())
    strangers = [name for name in expression.facts if name not in allowed]
    missing = [name for name in expression.members("policy") if name not in known.parameters]
    for name in strangers:
        yield place, _unknown("fact", name, allowed), expression.character(name)
    for name in missing:
        what = _unknown("parameter", name, set(known.parameters))
        yield place, what, expression.character(f"policy.{name}")
    unheard = [name for name in expression.functions if name not in KNOWN_FUNCTIONS]
    for name in re.findall(r"\bsame\('([^']*)'", expression.source):
        if name not in COMPARATORS:
            yield place, _unknown("comparator", name, set(COMPARATORS)), expression.character(f"'{name}'")
    for name in unheard:
        yield place, _unknown("function", name, set(KNOWN_FUNCTIONS)), expression.character(name)
    if strangers or missing or unheard or known.broken_facts.intersection(expression.facts):
        return
    try:
        facts = more or known.sample
        _ = expression.names(facts) if names else expression.holds(facts)
    except ExpressionError as error:
        yield place, error.what, error.offset


def _words(place: Place, sentence: LocalText | None, allowed: set[str]) -> _Finds:
    for name in sorted((sentence.placeholders if sentence else set()) - allowed):
        yield place, _unknown("placeholder", name, allowed)


def _in_head(head: Head | None, known: _Known) -> _Finds:
    if head is None:
        return
    for name in head.facts:
        if name in known.general:
            yield ("facts", name), text("pack.mistake.taken_fact", found=name)
    for group in ("first", "second", "further"):
        for i, part in enumerate(getattr(head.category, group)):
            yield from _try(("category", group, i, "when"), part.when, known)
    for i, code in enumerate(head.waivable):
        if (what := known.material(code)) is not None:
            yield ("waivable", i), what
    days = head.calendar
    if days.online_window[0] > days.online_window[1]:
        yield ("calendar", "online_window"), text("pack.mistake.window_backwards")
    for i, day in enumerate(days.supplement_days):
        if day <= max(days.verify_days):
            yield ("calendar", "supplement_days", i), text("pack.mistake.supplement_too_early", found=day)


def _in_materials(file: MaterialsFile | None, known: _Known) -> _Finds:
    for code, material in (file.materials if file else {}).items():
        fields = {c.field for c in material.compare}
        for i, compared in enumerate(material.compare):
            place: Place = ("materials", code, "compare", i)
            if compared.label not in known.labels:
                yield (*place, "label"), _unknown("label", compared.label, known.labels)
            if (what := known.reason(compared.reason)) is not None:
                yield (*place, "reason"), what
            if compared.covered_by and compared.covered_by not in known.checks:
                yield (*place, "covered_by"), _unknown("check", compared.covered_by, known.checks)
            if compared.number and compared.number not in fields:
                yield (*place, "number"), _unknown("field", compared.number, fields)


def _in_requirements(file: RequirementsFile | None, known: _Known) -> _Finds:
    if file is None:
        return
    plain = {name for name, value in known.parameters.items() if isinstance(value, str | int)}
    for place in _repeated(("requirements",), [r.material for r in file.requirements]):
        yield (*place, "material"), text("pack.mistake.repeated", found=file.requirements[int(place[1])].material)
    for i, requirement in enumerate(file.requirements):
        place: Place = ("requirements", i)
        for key, codes in (
            ("material", requirement.codes),
            ("also_accept", requirement.also_accept),
            ("waived_by", requirement.waived_by),
        ):
            for code in codes:
                if (what := known.material(code)) is not None:
                    yield (*place, key), what
        yield from _holders(place, requirement, known)
        for j, occasion in enumerate(requirement.required_when):
            yield from _try((*place, "required_when", j, "when"), occasion.when, known)
            yield from _words((*place, "required_when", j, "why"), occasion.why, plain)
    for place in _repeated(("may_show",), [(p.material, p.holder) for p in file.may_show]):
        yield (*place, "material"), text("pack.mistake.repeated", found=file.may_show[int(place[1])].material)
    for i, paper in enumerate(file.may_show):
        if (what := known.material(paper.material)) is not None:
            yield ("may_show", i, "material"), what
        yield from _try(("may_show", i, "when"), paper.when, known)


def _holders(place: Place, requirement: Requirement, known: _Known) -> _Finds:
    if sum(bool(x) for x in (requirement.holder, requirement.each, requirement.any)) != 1:
        yield place, text("pack.mistake.one_holder")
    for key in ("each", "any", "roles"):
        yield from _try((*place, key), getattr(requirement, key), known, names=True)


def _repeated(place: Place, entries: list[Any]) -> Iterator[Place]:
    seen: Counter[Any] = Counter()
    for i, entry in enumerate(entries):
        seen[entry] += 1
        if seen[entry] > 1:
            yield (*place, i)


def _in_checks(file: ChecksFile | None, known: _Known) -> _Finds:
    if file is None:
        return
    for place in _repeated(("checks",), [c.code for c in file.checks]):
        yield (*place, "code"), text("pack.mistake.repeated", found=file.checks[int(place[1])].code)
    for i, check in enumerate(file.checks):
        place: Place = ("checks", i)
        for key in ("reason", "refer_reason"):
            if (what := known.reason(getattr(check, key))) is not None:
                yield (*place, key), what
        if check.code.startswith(OWN):
            yield from _own_check(place, check, known)
        elif check.code not in CHECKS:
            yield (*place, "code"), _unknown("check", check.code, set(CHECKS))
        elif check.holds is not None or check.looks_at or check.when is not None or check.says is not None:
            yield (*place, "code"), text("pack.mistake.own_check_code", found=check.code)
    for code in ALWAYS_GIVEN:
        if code not in known.reasons:
            yield ("reasons",), text("pack.mistake.reason_needed", found=code)


def _own_check(place: Place, check: Check, known: _Known) -> _Finds:
    """A condition of the pack's own is tried on a made-up paper with all the values it names."""
    for code in check.looks_at:
        if (what := known.material(code)) is not None:
            yield (*place, "looks_at"), what
    if check.holds is None or check.says is None:
        yield place, text("pack.mistake.own_check_lacks")
        return
    yield from _try((*place, "when"), check.when, known)
    names = check.holds.members(PAPER)
    if names and not check.looks_at:
        yield (*place, "looks_at"), text("pack.mistake.no_paper")
    documents = [known.documents[code] for code in check.looks_at if code in known.documents]
    values = {n: "2000-01-01" if any(is_date(m, n) for m in documents) else "0" for n in names}
    yield from _try((*place, "holds"), check.holds, known, more=with_paper(known.sample, values))
    plain = {n for n, v in {**known.parameters, **known.sample.values}.items() if isinstance(v, str | int)} | set(names)
    for name in ("match", "mismatch", "ask"):
        yield from _words((*place, "says", name), getattr(check.says, name), plain)
