"""What a layout file says about one page of one kind of document.

All lengths are millimetres on the paper, boxes are (x, y, width, height) from the page's top-left corner. A layout is a
description, not a stencil: editions and printers differ by millimetres, so values are looked for beside the *found*
labels, and boxes only say on which side, how far and over how many lines.

A letter (``letter: true``) has no stencil at all: everybody who writes one arranges it differently. It is known by its
title and its words wherever they stand, and its values are what is printed beside them.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Box = tuple[float, float, Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]]
NOWHERE: Box = (0.0, 0.0, 1.0, 1.0)
FieldClass = Literal["id", "cert", "name", "address", "date", "other"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(_Strict):
    """Printed words that are the same on every copy. ``id`` tells equal words apart (身份证号 of mother and father).

    Where the arrangement is free, ``follows`` names the label that these words come after, before the next such one:
    the 身份证号码 of the tenant is the one after 承租人.
    """

    text: str = Field(min_length=1)
    at: Box = NOWHERE  # to be given unless the layout is a letter
    id: str = ""
    also: tuple[str, ...] = ()  # other wordings of the same label
    weight: float = Field(default=1.0, ge=0)
    title: bool = False  # names the paper: no other kind prints these words
    floats: bool = False  # stands below something of varying length: looked for on the whole page
    follows: str = ""  # key of the label that this one comes after, where the arrangement is free
    needed: bool = False  # a letter without these words is another kind

    @property
    def key(self) -> str:
        return self.id or self.text

    @property
    def placed(self) -> bool:
        """Does the file say where on the page these words stand?"""
        return "at" in self.model_fields_set


class Slot(_Strict):
    """One place of a repeated field: the second owner's row, the second spouse's block."""

    box: Box | None = None
    label: str | None = None


class FieldSpec(_Strict):
    """Where one value stands and what it may look like.

    ``label``: key of the label the value belongs to. ``box``: the room the value may fill. ``flow``: the value runs on
    in a sentence after its label, up to the next label. ``before`` / ``after``: patterns of printed text that stand
    beside the value without belonging to it. ``pattern``: what the value looks like; a reading that does not fit it
    is never trusted to contradict an expected value. ``within`` / ``take``: the value shares the place of another field,
    or stands among other print; ``take`` is a pattern whose first group is the value (2009.07.01-2029.07.01). ``slots`` or ``split`` make a repeated field (``owners[*].name``):
    several places, or one place with a separator. ``anywhere``: where the arrangement is free and no label is found, what
    fits the ``pattern`` is looked for on the whole page: the first, the last, or the one and ``only`` such print.
    """

    cls: FieldClass = Field(alias="class")
    title: str = ""  # what to call the field when there is no label
    label: str | None = None
    box: Box | None = None
    flow: bool = False
    before: str = ""
    after: str = ""
    pattern: str = ""
    split: str = ""
    within: str = ""
    take: str = ""
    slots: tuple[Slot, ...] = ()
    anywhere: Literal["", "first", "last", "only"] = ""

    @field_validator("before", "after", "pattern", "split", "take")
    @classmethod
    def _compiles(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        return value

    @model_validator(mode="after")
    def _can_be_found(self) -> FieldSpec:
        if self.flow and not self.label:
            raise ValueError("a flowing field needs a label")
        if self.anywhere and not self.pattern:
            raise ValueError("a field that may stand anywhere needs a pattern to be known by")
        if self.take and re.compile(self.take).groups != 1:
            raise ValueError("take has exactly one group")
        return self

    def has_a_place(self, *, letter: bool) -> bool:
        """Is it said where the value stands? In a letter a label, or a pattern to look for, is enough."""
        boxed = bool(self.box or self.flow or self.slots or self.within)
        return boxed or (letter and bool(self.label or self.anywhere))


class BarcodeSpec(_Strict):
    """A symbol printed on the page. ``field``: the field whose value the symbol carries, after ``prefix``."""

    format: str
    field: str = ""
    prefix: str = ""


class Layout(_Strict):
    """One page of one kind. ``kind`` is a material code (domain.md §2.3), ``also_kinds`` codes with the same paper.

    ``tells``: a field's pattern that must hold for this kind, where two kinds print the same labels. ``letter``: freely
    arranged. Whether the parts of a layout fit each other is checked by ``scanner.layouts.checking``.
    """

    kind: str
    page: str
    name: str
    size_mm: tuple[float, float]
    labels: tuple[Label, ...]
    fields: dict[str, FieldSpec]
    also_kinds: tuple[str, ...] = ()
    edition: str = ""
    barcodes: tuple[BarcodeSpec, ...] = ()
    tells: dict[str, str] = {}
    letter: bool = False

    def label(self, key: str) -> Label:
        return next(label for label in self.labels if label.key == key)

    def kinds(self) -> tuple[str, ...]:
        return (self.kind, *self.also_kinds)
