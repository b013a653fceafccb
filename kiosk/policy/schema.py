"""The files of a service pack, as models: every key is known, every predicate compiles, or the pack is refused."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from kiosk.matching.compare import BY_FIELD_CLASS, COMPARATORS
from kiosk.policy.expressions import Expression
from kiosk.policy.local_text import LocalText

FieldClass = Literal["id", "cert", "name", "address", "date", "other"]


class PackModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _compiled(source: Any) -> Expression:
    if source is True or source is False:
        source = "true" if source else "false"
    if not isinstance(source, str):
        raise ValueError("expected a CEL expression as text")
    return Expression(source)


class Calendar(PackModel):
    """Days are ISO dates. The desk clock decides the day; weekends are days like others (2014 verified on a weekend)."""

    online_window: tuple[str, str]
    verify_days: tuple[str, ...] = Field(min_length=1)
    supplement_days: tuple[str, ...] = ()
    hours: str = ""
    result: LocalText | None = None
    contest: LocalText | None = None

    @field_validator("online_window", "verify_days", "supplement_days")
    @classmethod
    def _days(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for day in value:
            date.fromisoformat(day)
        return value


class ComparedField(PackModel):
    """One printed field against the declaration.

    ``field`` and ``declared`` may contain {guardian} (repeated for each guardian), {holder} (repeated for each guardian who holds the
    home, as declared or as printed), {child} (the child's page, whatever its printed role), {person} (whose paper it is: ``child`` or
    ``guardians[father]``) and {a}/{b} (the two spouses, bound by their numbers).
    ``declared`` lists paths; the first that is declared counts. ``number`` is the field whose agreement settles a missing separator
    in a name. ``reason`` is the code when the two differ; ``covered_by`` names a cross-check that says it better.
    """

    field: str
    declared: tuple[str, ...] = Field(min_length=1)
    label: str
    field_class: FieldClass = Field(alias="class")
    comparator: str = ""
    number: str = ""
    optional: bool = False
    declared_like: re.Pattern[str] | None = (
        None  # a declared value of another form belongs to another field of the paper
    )
    reason: str = "R-DECL-DIFF"
    covered_by: str = ""

    @field_validator("declared", mode="before")
    @classmethod
    def _one_or_more(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    @field_validator("comparator")
    @classmethod
    def _known(cls, value: str) -> str:
        if value and value not in COMPARATORS:
            raise ValueError(f"unknown comparator {value!r}; expected one of {', '.join(sorted(COMPARATORS))}")
        return value

    @property
    def compared_by(self) -> str:
        return self.comparator or BY_FIELD_CLASS[self.field_class]


class Material(PackModel):
    """A kind of document. ``pages`` may contain {member} (one page for each person of the booklet)."""

    name: LocalText
    department: LocalText | None = None  # whose data can confirm it
    pages: tuple[str, ...] = ()
    compare: tuple[ComparedField, ...] = ()
    seals: tuple[str, ...] = ()  # each (or one of a|b) must be part of the name of a seal that is on the paper
    person_looks: bool = False  # seals and paper are for a person's eye when nobody has said what is on it
    copy_accepted: bool = False  # the paper is a copy by nature, made valid by its seal


class Occasion(PackModel):
    """When a material is required, by which rule, and why in words for the family."""

    when: Expression
    rule: str
    why: LocalText

    _compile = field_validator("when", mode="before")(_compiled)


class Requirement(PackModel):
    """A material, or alternatives ("C01|C02"), the first true occasion making it required.

    ``holder`` names the document (``A01:household``) where one is enough, {person} standing for the first of ``roles``; with ``each``
    or ``any`` it is shown by the roles that the expression lists: all of them, or one at least. ``roles`` lists whose names may stand
    on a single document.
    """

    material: str
    required_when: tuple[Occasion, ...] = Field(min_length=1)
    holder: str = ""
    each: Expression | None = None
    any: Expression | None = None
    roles: Expression | None = None
    also_accept: tuple[str, ...] = ()  # other documents that serve for a holder who has no such document
    waived_by: tuple[str, ...] = ()  # departmental answers that waive it beside those about its own codes
    settled_at_check_in: bool = False

    @field_validator("each", "any", "roles", mode="before")
    @classmethod
    def _compile(cls, value: Any) -> Any:
        return None if value is None else _compiled(value)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.material.split("|"))


class Check(PackModel):
    """A cross-check in use. ``severity``: hard cannot be overruled at the desk, warning can; note never returns a family."""

    code: str
    reason: str = ""
    severity: Literal["hard", "warning", "note"] = "hard"
    refer_reason: str = ""
    question: LocalText | None = None


class Reason(PackModel):
    text: LocalText
    curable: bool
    bring: LocalText | None = None


class CategoryPart(PackModel):
    when: Expression
    text: LocalText

    _compile = field_validator("when", mode="before")(_compiled)


class Category(PackModel):
    """``first`` and ``second``: the first true part of each; ``further``: every true part. Joined with +."""

    first: tuple[CategoryPart, ...]
    second: tuple[CategoryPart, ...]
    further: tuple[CategoryPart, ...] = ()


class Paper(PackModel):
    """Words of receipt, return slip and referral slip."""

    receipt_title: LocalText
    return_title: LocalText
    refer_title: LocalText
    not_an_admission: LocalText
    all_defects_listed: LocalText
    appeal: LocalText
    refer_note: LocalText


class Head(PackModel):
    """pack.yaml: who the pack is, its days, its numbers."""

    id: str
    version: str
    title: LocalText
    calendar: Calendar
    parameters: dict[str, Any]
    waivable: tuple[str, ...]
    image_retention_days: int = Field(ge=0)
    category: Category
    paper: Paper


class MaterialsFile(PackModel):
    labels: dict[str, LocalText]
    materials: dict[str, Material]


class MayShow(PackModel):
    """A paper nobody has to show but many bring; it is read and compared when it lies there."""

    material: str
    holder: str
    when: Expression

    _compile = field_validator("when", mode="before")(_compiled)


class RequirementsFile(PackModel):
    requirements: tuple[Requirement, ...] = Field(min_length=1)
    may_show: tuple[MayShow, ...] = ()


class ChecksFile(PackModel):
    checks: tuple[Check, ...]
    reasons: dict[str, Reason]
