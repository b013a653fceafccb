"""Categories a pack knows nothing of: an application that names one must never pass for lack of a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.policy.case_input import CaseInput
from kiosk.policy.expressions import Facts
from kiosk.policy.facts import facts_of
from kiosk.policy.pack import Pack
from kiosk.policy.schema import Requirement
from kiosk.texts import Text, text

# fact → where the application declares it
_DECLARED_AT = {"hukou": "hukou_category", "housing": "housing.kind"}


@dataclass(frozen=True)
class Unknown:
    """``path`` in the application, what stands there, and what the pack knows there ("" and () for no guardian at all)."""

    path: str
    value: str
    known: tuple[str, ...]

    @property
    def words(self) -> Text:
        if not self.known:
            return text("policy.unknown.guardian")
        return text("policy.unknown.category", path=self.path, value=self.value)

    def __str__(self) -> str:
        if not self.known:
            return f"{self.path}: expected a list with at least one guardian"
        said = repr(self.value) if self.value else "nothing"
        return f"{self.path}: the pack has no rule for {said}; expected one of {', '.join(self.known)}"


def unknown_to(pack: Pack, facts: Facts) -> Iterator[Unknown]:
    """What this application declares that no predicate of the pack mentions. A pack without such categories knows every word."""
    values = facts.values
    for name, path in _DECLARED_AT.items():
        known = pack.words.get(name, ())
        if known and values[name] not in known:
            yield Unknown(path, str(values[name]), known)
    if not any(values["guardian_roles"]) and any(_nobody_left(r, facts) for r in pack.requirements):
        yield Unknown("guardians", "", ())


def _nobody_left(requirement: Requirement, facts: Facts) -> bool:
    """The requirement holds and its papers would be the guardians', of whom there are none."""
    holders = requirement.each or requirement.any
    if holders is None or "guardian_roles" not in holders.facts:
        return False
    return any(o.when.holds(facts) for o in requirement.required_when) and not any(holders.names(facts))


def unknown_words(pack: Pack, case: CaseInput, application: int) -> list[Unknown]:
    return list(unknown_to(pack, facts_of(case, application, pack.parameters, pack.facts)))
