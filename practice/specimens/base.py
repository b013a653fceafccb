"""What a kind of specimen is, and what drawing one gives.

A new kind is a module with a ``KINDS`` tuple, named in ``practice.specimens.registry``; nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from practice.specimens.sheet import Colour, Sheet
from practice.specimens.values import flatten
from scanner.types import Image

Raw: TypeAlias = Mapping[str, Any]  # the ``fields`` of a document in families.json, or an application


@dataclass(frozen=True)
class Cover:
    """What shows of a booklet's cover around the page."""

    margin_mm: float
    colour: Colour


@dataclass(frozen=True)
class Kind:
    """One page of one kind of paper: its size, what it prints, and how it is painted.

    ``printed`` turns raw values into exact printed texts by dotted name. ``leaves`` tells which pages a document of these values has:
    pairs of page name and the raw values of that page; none when this edition of the paper is another one.
    """

    material: str
    page: str
    title_zh: str
    size_mm: tuple[float, float]
    printed: Callable[[Raw], dict[str, str]]
    paint: Callable[[Sheet, Raw], None]
    leaves: Callable[[Raw], list[tuple[str, Raw]]] | None = None
    cover: Cover | None = None
    corner_mm: float = 0.0

    def pages(self, raw: Raw) -> list[tuple[str, Raw]]:
        return self.leaves(raw) if self.leaves else [(self.page, raw)]


@dataclass(frozen=True, eq=False)
class Specimen:
    """A drawn page. ``image`` is (H, W, 3) BGR; ``field_boxes`` are (4, 2) quads in millimetres of the page, clockwise from top-left."""

    image: Image
    px_per_mm: float
    size_mm: tuple[float, float]
    fields: Mapping[str, str]
    field_boxes: Mapping[str, NDArray[np.float32]]
    barcodes: tuple[tuple[str, str], ...]


def draw(kind: Kind, raw: Raw, *, px_per_mm: float, seed: int) -> Specimen:
    """Draw one page at ``px_per_mm``; the same ``seed`` gives the same page."""
    sheet = Sheet(kind.size_mm, px_per_mm, kind.printed(raw), seed=seed)
    kind.paint(sheet, raw)
    return Specimen(
        image=np.ascontiguousarray(np.asarray(sheet.image)[..., ::-1]),
        px_per_mm=px_per_mm,
        size_mm=kind.size_mm,
        fields=dict(sheet.fields),
        field_boxes=sheet.field_boxes,
        barcodes=tuple(sheet.barcodes),
    )


def printed_fields(
    raw: Raw, forms: Mapping[str, Callable[[str], str]], *, only: tuple[str, ...] = ()
) -> dict[str, str]:
    """Dotted names with their printed text; ``forms`` gives the printed form by last name, ``only`` keeps these names and no other."""
    printed = {}
    for name, value in flatten(raw).items():
        if only and name not in only:
            continue
        form = forms.get(name.rsplit(".", 1)[-1])
        printed[name] = form(value) if form else value
    return printed
