"""A service pack, loaded and checked: the rules of one service in one year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.policy.local_text import LocalText
from kiosk.policy.schema import (
    Calendar,
    Category,
    Check,
    DeclaredFact,
    Material,
    MayShow,
    Paper,
    Reason,
    Requirement,
)
from kiosk.texts import Text, text


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

    def material_name(self, codes: str, language: str = "zh_CN") -> str:
        """The name of a material or of alternatives ("C01|C02" → 房地产证/不动产权证书)."""
        return "/".join(getattr(self.materials[c].name, language) for c in codes.split("|"))

    def role_name(self, role: str) -> Text:
        """What this service calls a person of the case, else what everybody does."""
        word = self.roles.get(role)
        return word.text() if word else text(f"policy.role.{role}")
