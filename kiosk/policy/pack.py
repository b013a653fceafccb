"""A service pack, loaded and checked: the rules of one service in one year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kiosk.policy.expressions import compared_words
from kiosk.policy.local_text import LocalText
from kiosk.policy.roles import role_text
from kiosk.policy.schema import (
    Calendar,
    Category,
    Check,
    DeclaredFact,
    Material,
    MayShow,
    Paper,
    PersonalData,
    Reason,
    Requirement,
    SecondPerson,
)
from kiosk.texts import Text


@dataclass(frozen=True)
class Pack:
    """``materials`` by code; ``requirements`` in the order of the checklist; ``checks`` in the order of the report."""

    id: str
    version: str
    title: LocalText
    calendar: Calendar
    parameters: Mapping[str, Any]
    waivable: frozenset[str]
    image_retention_days: int
    category: Category
    paper: Paper
    labels: Mapping[str, LocalText]
    materials: Mapping[str, Material]
    requirements: tuple[Requirement, ...]
    may_show: tuple[MayShow, ...]
    checks: tuple[Check, ...]
    reasons: Mapping[str, Reason]
    facts: Mapping[str, DeclaredFact] = field(default_factory=dict)
    roles: Mapping[str, LocalText] = field(default_factory=dict)
    second_person: SecondPerson = field(default_factory=SecondPerson)
    personal_data: PersonalData | None = None

    @cached_property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """Which categories its predicates know, by fact; see kiosk.policy.vocabulary."""
        return compared_words(self._sources())

    def _sources(self) -> Iterator[str]:
        for requirement in self.requirements:
            yield from (o.when.source for o in requirement.required_when)
            yield from (e.source for e in (requirement.each, requirement.any) if e is not None)
        for group in (self.category.first, self.category.second, self.category.further):
            yield from (part.when.source for part in group)

    def material_name(self, codes: str, language: str = "zh_CN") -> str:
        """The name of a material or of alternatives ("C01|C02" → 房地产证/不动产权证书)."""
        return "/".join(getattr(self.materials[c].name, language) for c in codes.split("|"))

    def role_name(self, role: str) -> Text:
        """What this service calls a person of the case, else what everybody does."""
        return role_text(role, self.roles)
