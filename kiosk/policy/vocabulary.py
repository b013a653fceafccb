"""Categories a pack knows nothing of: an application that names one must never pass for lack of a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.policy.case_input import CaseInput
from kiosk.policy.facts import facts_of
from kiosk.policy.pack import Pack
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


def unknown_to(pack: Pack, facts: Mapping[str, Any]) -> Iterator[Unknown]:
    """What this application declares that no predicate of the pack mentions. A pack without such categories knows every word."""
    for name, path in _DECLARED_AT.items():
        known = pack.words.get(name, ())
        if known and facts[name] not in known:
            yield Unknown(path, str(facts[name]), known)
    if "guardian_roles" in pack.words and not any(facts["guardian_roles"]):
        yield Unknown("guardians", "", ())


def unknown_words(pack: Pack, case: CaseInput, application: int) -> list[Unknown]:
    return list(unknown_to(pack, facts_of(case, application, pack.parameters).values))
