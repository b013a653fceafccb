"""The files of a service pack, as models: every key is known, every predicate compiles, or the pack is refused."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from kiosk.matching.compare import BY_FIELD_CLASS, COMPARATORS
from kiosk.policy.expressions import Expression, ExpressionError
from kiosk.policy.local_text import LocalText

FieldClass = Literal["id", "cert", "name", "address", "date", "other"]


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise PydanticCustomError("pack.bad_day", "expected a day, found {found}", {"found": value}) from error


Day = Annotated[str, AfterValidator(_day)]  # ISO 8601, in quotation marks
Word = Annotated[str, StringConstraints(min_length=1)]


class PackModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _compiled(source: Any) -> Expression:
    if source is True or source is False:
        source = "true" if source else "false"
    if not isinstance(source, str):
        raise PydanticCustomError("pack.no_predicate", "expected an expression as text")
    try:
        return Expression(source)
    except ExpressionError as error:
        context = {k: str(v) for k, v in error.what.params.items()}
        raise PydanticCustomError(
            "pack.predicate", "{problem}", {**context, "offset": error.offset, "problem": context["problem"]}
        ) from error


class Calendar(PackModel):
    """Days are ISO dates. The desk clock decides the day; weekends are days like others (2014 verified on a weekend)."""

    online_window: tuple[Day, Day]
    verify_days: tuple[Day, ...] = Field(min_length=1)
    supplement_days: tuple[Day, ...] = ()
    hours: str = ""
    hours_of: dict[str, str] = {}  # hours of schools that have others, by school code
    result: LocalText | None = None
    contest: LocalText | None = None


class DeclaredFact(PackModel):
    """A value of the application that predicates may name, beside the facts every service has.

    ``default`` is the value where nothing is declared; it also says which kind of value it is: text, whole number, true/false or
    a list of texts. ``values`` are words for its codes.
    """

    path: Word
    default: bool | int | str | tuple[str, ...] = ""
    name: LocalText
    values: dict[str, LocalText] = {}


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
            known = ", ".join(sorted(COMPARATORS))
            raise PydanticCustomError("pack.comparator", "unknown comparator", {"found": value, "known": known})
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


class Said(PackModel):
    """What a pack's own check found, in words. May name values of the paper and parameters in braces."""

    match: LocalText
    mismatch: LocalText
    ask: LocalText


class Check(PackModel):
    """A cross-check in use. ``severity``: hard cannot be overruled at the desk, warning can; note never returns a family.

    A check of the pack's own (its code begins with Q-) says what must hold, as an expression over the facts and ``paper``, the values
    printed on the first shown paper of ``looks_at``. It waits until one is shown, and a value that is missing makes it a question.
    """

    code: str
    reason: str = ""
    severity: Literal["hard", "warning", "note"] = "hard"
    refer_reason: str = ""
    question: LocalText | None = None
    when: Expression | None = None
    looks_at: tuple[str, ...] = ()
    holds: Expression | None = None
    says: Said | None = None

    _compile = field_validator("when", "holds", mode="before")(_compiled)


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
    subject: LocalText | None = (
        None  # what the person is called whom the application is about; a child where nothing is said
    )
    office: LocalText | None = None  # what the place is called where papers are checked; a school where nothing is said


By = Literal["colleague", "supervisor"]
"""Who may be the second person: anybody else who works cases, or a supervisor."""


class SecondForOverride(PackModel):
    """Overruling the machine's mismatch on a field of one of these classes."""

    classes: tuple[FieldClass, ...] = Field(min_length=1)
    by: By


class SecondForDecision(PackModel):
    outcomes: tuple[Literal["RECEIPT", "RETURN", "REFER"], ...] = Field(min_length=1)
    by: By


class SecondForUndo(PackModel):
    """Taking back a decision whose paper has been printed."""

    by: By


class SecondPerson(PackModel):
    """The acts for which a person of the desk needs the agreement of another one; what is not named needs none."""

    override: SecondForOverride | None = None
    decide: SecondForDecision | None = None
    undo_printed: SecondForUndo | None = None


class PersonalData(PackModel):
    """The notice before anything is photographed, where the district has words of its own: what is read, why, what is kept how
    long, and who answers for it. ``{school}`` stands for the place where the desk is."""

    what: LocalText | None = None
    why: LocalText | None = None
    kept: LocalText | None = None
    whose: LocalText | None = None


class Head(PackModel):
    """pack.yaml: who the pack is, its days, its numbers."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]+$")]  # part of every paper's number
    version: Word
    title: LocalText
    calendar: Calendar
    parameters: dict[str, Any]
    facts: dict[str, DeclaredFact] = {}
    roles: dict[str, LocalText] = {}  # what this service calls its persons, where the general words do not fit
    waivable: tuple[str, ...]
    image_retention_days: int = Field(ge=0)
    category: Category
    paper: Paper
    second_person: SecondPerson = SecondPerson()
    personal_data: PersonalData | None = None


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
