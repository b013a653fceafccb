"""Every kind of paper that the practice world can draw and no photograph shows is named and read by the real recogniser."""

from __future__ import annotations

from functools import lru_cache

import cv2
import pytest

from kiosk.matching.forms import printed_forms
from kiosk.policy import builtin_packs
from practice.paper import Paper
from practice.samples import samples, undrawn
from scanner.imaging import as_image
from scanner.layouts import Layout, builtin_layouts
from scanner.reader import Reader
from scanner.rectify import whole_frame
from scanner.types import ExpectedSet, Image, Verdict

# Drawn from values made for it: the others are families' own papers, which other tests and the benchmarks read.
_MADE = [paper for paper in samples() if paper.doc_id.endswith(":sample")]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(printed_forms=printed_forms)


def test_there_is_a_sample_of_every_kind() -> None:
    assert undrawn() == []


def test_every_material_of_the_packs_has_a_layout() -> None:
    known = {kind for layout in builtin_layouts() for kind in layout.kinds()}
    assert {m for pack in builtin_packs().values() for m in pack.materials} - known == set()


def test_every_field_that_is_always_compared_has_a_place_in_some_layout_of_its_kind() -> None:
    lacking = [
        (material, compared.field)
        for pack in builtin_packs().values()
        for material, described in pack.materials.items()
        for compared in described.compare
        if not compared.optional and not any(_general(compared.field) in layout.fields for layout in _layouts(material))
    ]
    assert lacking == []


@pytest.mark.parametrize("paper", _MADE, ids=lambda p: p.id)
def test_the_kind_is_named_and_its_compared_fields_are_found(paper: Paper, reader: Reader) -> None:
    picture = flat(paper)
    expected = {name: value for name, value in paper.records.items() if _is_compared(paper, name)}
    reading = reader.read([picture], corners=whole_frame(picture), expects={"true": ExpectedSet(expected)})
    layout = next(x for x in builtin_layouts() if (x.kind, x.page) == (reading.document.kind, reading.document.page))
    assert paper.material in layout.kinds()
    assert reading.document.page == paper.page
    verdicts = {name: found.verdict for name, found in reading.verdicts["true"].items()}
    unsure = [name for name, verdict in verdicts.items() if verdict is Verdict.CANNOT_TELL]
    assert set(verdicts.values()) <= {Verdict.MATCH, Verdict.CANNOT_TELL}, verdicts
    assert len(unsure) <= len(verdicts) // 3, verdicts


def flat(paper: Paper) -> Image:
    """As the practice camera would see it on a good day, without the table around it."""
    width = paper.size_mm[0]
    px_per_mm = 10.5 if width < 100 else 7.0 if width < 200 else 5.6
    return as_image(cv2.GaussianBlur(paper.draw(px_per_mm).image, (0, 0), 0.6))


@lru_cache(maxsize=256)
def _compared(material: str) -> frozenset[str]:
    packs = builtin_packs().values()
    return frozenset(
        _general(compared.field)
        for pack in packs
        if material in pack.materials
        for compared in pack.materials[material].compare
    )


def _is_compared(paper: Paper, name: str) -> bool:
    general = name
    if "[" in name:
        head, _, tail = name.partition("[")
        general = f"{head}[*]{tail.partition(']')[2]}"
    if not _compared(paper.material):
        # a paper that only a person judges: what names somebody and what its layout has
        return any(name in layout.fields for layout in _layouts(paper.material) if layout.page == paper.page)
    own = [layout for layout in _layouts(paper.material) if layout.page == paper.page]
    return general in _compared(paper.material) and all(general in layout.fields for layout in own)


def _general(field: str) -> str:
    """obligees[{holder}].name of the packs is obligees[*].name of the layouts."""
    head, _, tail = field.partition("[{")
    return f"{head}[*]{tail.partition(']')[2]}" if tail else field


def _layouts(material: str) -> list[Layout]:
    return [layout for layout in builtin_layouts() if material in layout.kinds()]
