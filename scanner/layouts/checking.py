"""Do the parts of a layout fit each other? Every mistake with its place in the file and what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.layouts.model import Box, FieldSpec, Layout

Place = tuple[str | int, ...]
Mistake = tuple[Place, str]

OVER_THE_EDGE = 1.0  # millimetres that a box may reach over the paper's edge


def mistakes(layout: Layout) -> Iterator[Mistake]:
    """(place, what was expected) of everything that does not hang together; nothing for a layout that can be used."""
    yield from _labels(layout)
    keys = {label.key for label in layout.labels}
    for name, spec in layout.fields.items():
        yield from _field(layout, name, spec, keys)
    for name, pattern in layout.tells.items():
        if name not in layout.fields:
            yield ("tells", name), f"expected one of the fields: {_listed(layout.fields)}"
        if not pattern:
            yield ("tells", name), "expected a pattern of the field's value"
    for i, code in enumerate(layout.barcodes):
        if code.field and code.field not in layout.fields:
            yield ("barcodes", i, "field"), f"expected one of the fields: {_listed(layout.fields)}"


def _labels(layout: Layout) -> Iterator[Mistake]:
    keys = [label.key for label in layout.labels]
    if layout.letter and not any(label.title for label in layout.labels):
        yield ("labels",), "expected one label with title: true; a letter is known by its title"
    for i, label in enumerate(layout.labels):
        place = ("labels", i)
        if label.key in keys[:i]:
            yield place, f"expected an id of its own: {label.key!r} stands here more than once"
        if label.follows and label.follows not in keys:
            yield (*place, "follows"), f"expected the key of a label, there is no label {label.follows!r}"
        if not label.placed and not layout.letter:
            yield place, "expected at: [x, y, width, height] in millimetres (only in a letter may it be left out)"
        if label.placed and not _on_the_page(label.at, layout):
            yield (*place, "at"), f"expected a box on the page of {_size(layout)}"


def _field(layout: Layout, name: str, spec: FieldSpec, keys: set[str]) -> Iterator[Mistake]:
    place = ("fields", name)
    if not spec.has_a_place(letter=layout.letter):
        ways = "box, flow, slots or within" + (", label or anywhere" if layout.letter else "")
        yield place, f"say where the field stands: expected {ways}"
    if spec.label is not None and spec.label not in keys:
        yield (*place, "label"), f"expected the key of a label, there is no label {spec.label!r}"
    for i, slot in enumerate(spec.slots):
        if slot.label is not None and slot.label not in keys:
            yield (*place, "slots", i, "label"), f"expected the key of a label, there is no label {slot.label!r}"
    boxes: list[tuple[Place, Box | None]] = [((*place, "box"), spec.box)]
    boxes += [((*place, "slots", i, "box"), slot.box) for i, slot in enumerate(spec.slots)]
    for where, box in boxes:
        if box is not None and not _on_the_page(box, layout):
            yield where, f"expected a box on the page of {_size(layout)}"
    host = layout.fields.get(spec.within)
    if spec.within and (host is None or host.within):
        yield (*place, "within"), f"expected a field with a place of its own, not {spec.within!r}"
    if bool(spec.slots or spec.split) and "[*]" not in name:
        yield place, "expected a name with [*]: a field with slots or split has several values"


def _on_the_page(box: Box, layout: Layout) -> bool:
    x, y, w, h = box
    width, height = layout.size_mm
    return min(x, y) >= -OVER_THE_EDGE and x + w <= width + OVER_THE_EDGE and y + h <= height + OVER_THE_EDGE


def _size(layout: Layout) -> str:
    return f"{layout.size_mm[0]:g} x {layout.size_mm[1]:g} mm"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
