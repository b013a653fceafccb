"""What a layout file says about one page of one kind of document.

All lengths are millimetres on the paper, boxes are (x, y, width, height) from the page's top-left corner. A layout is a
description, not a stencil: editions and printers differ by millimetres, so values are looked for beside the *found*
labels, and boxes only say on which side, how far and over how many lines.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Box = tuple[float, float, Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]]
FieldClass = Literal["id", "cert", "name", "address", "date", "other"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(_Strict):
    """Printed words that are the same on every copy. ``id`` tells equal words apart (身份证号 of mother and father)."""

    text: str = Field(min_length=1)
    at: Box
    id: str = ""
    also: tuple[str, ...] = ()  # other wordings of the same label
    weight: float = Field(default=1.0, ge=0)
    title: bool = False  # names the paper: no other kind prints these words
    floats: bool = False  # stands below something of varying length: looked for on the whole page

    @property
    def key(self) -> str:
        return self.id or self.text


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
    several places, or one place with a separator.
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

    @field_validator("before", "after", "pattern", "split", "take")
    @classmethod
    def _compiles(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        return value

    @model_validator(mode="after")
    def _has_a_place(self) -> FieldSpec:
        if self.flow and not self.label:
            raise ValueError("a flowing field needs a label")
        if not (self.box or self.flow or self.slots or self.within):
            raise ValueError("say where the field stands: box, flow, slots or within")
        if self.take and re.compile(self.take).groups != 1:
            raise ValueError("take has exactly one group")
        return self


class BarcodeSpec(_Strict):
    """A symbol printed on the page. ``field``: the field whose value the symbol carries, after ``prefix``."""

    format: str
    field: str = ""
    prefix: str = ""


class Layout(_Strict):
    """One page of one kind. ``kind`` is a material code (domain.md §2.3), ``also_kinds`` codes with the same paper.

    ``tells``: a field's pattern that must hold for this kind, where two kinds print the same labels.
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

    @model_validator(mode="after")
    def _hangs_together(self) -> Layout:
        keys = [label.key for label in self.labels]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise ValueError(f"labels need an id, they stand here more than once: {', '.join(sorted(twice))}")
        for name, spec in self.fields.items():
            for label in (spec.label, *(slot.label for slot in spec.slots)):
                if label is not None and label not in keys:
                    raise ValueError(f"field {name}: there is no label {label!r}")
            if spec.within and (spec.within not in self.fields or self.fields[spec.within].within):
                raise ValueError(f"field {name}: there is no field {spec.within!r} with a place of its own")
            if bool(spec.slots or spec.split) and "[*]" not in name:
                raise ValueError(f"field {name}: a field with slots is named with [*]")
        for name in [*self.tells, *(code.field for code in self.barcodes if code.field)]:
            if name not in self.fields:
                raise ValueError(f"there is no field {name!r}")
        return self

    def label(self, key: str) -> Label:
        return next(label for label in self.labels if label.key == key)

    def kinds(self) -> tuple[str, ...]:
        return (self.kind, *self.also_kinds)
