"""What a reading means for the open case: the act to write, the picture to send, what to tell the person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk.case.events import FieldEvidence, PageRead, PageUnknown
from kiosk.case.state import CaseState
from kiosk.desk.place import NotPlaced, Placed, place
from kiosk.desk.rules import Rules, page_title
from kiosk.texts import Text, text
from kiosk.wire.models import ApplicationRecord
from scanner.types import Reading

# what our own slips and forms carry (docs/architecture.md)
CASE_CODE = re.compile(r"(?:YH1:)?([A-Z]{2}\d{4}[A-Z]\d{2}\d{6})")


class Keeper(Protocol):
    """Where pictures go (kiosk.desk.log.CaseLog)."""

    def keep_crops(self, crops: Mapping[str, bytes]) -> str:
        """Keeps the fields' pieces of the photograph; returns their address."""
        ...

    def address_of(self, picture: bytes) -> str: ...


@dataclass(frozen=True)
class Understood:
    """``images`` go with the act to the platform; ``shown``: the document to show now; ``warning``: why the sheet was put aside;
    ``hint``: it was taken, but another side was wanted."""

    act: PageRead | PageUnknown
    images: tuple[bytes, ...] = ()
    shown: str | None = None
    warning: Text | None = None
    hint: Text | None = None


def understand(
    reading: Reading,
    capture_id: str,
    record: ApplicationRecord,
    state: CaseState,
    rules: Rules,
    keeper: Keeper,
) -> Understood:
    """Find the sheet's place among the family's documents."""
    if (number := _other_case(reading, record)) is not None:
        act = PageUnknown(capture_id=capture_id, reason="other_case")
        return Understood(act, warning=text("desk.not_placed.other_case", number=number))
    placed = place(
        reading,
        rules.expected_values(record),
        state,
        field_class=rules.field_classes(record),
        same_paper=rules.same_paper,
        page_fields=rules.page_fields,
    )
    if isinstance(placed, NotPlaced) and _may_be_the_proxys(placed, state):
        act = PageUnknown(capture_id=capture_id, reason="proxys_card", material=placed.material)
        return Understood(act, hint=text("flow.visitor.card"))
    if isinstance(placed, NotPlaced):
        return _put_aside(placed, reading, capture_id, record, rules)
    crops = keeper.keep_crops({name: field.crop_jpeg for name, field in placed.fields.items()})
    page = reading.page_jpeg
    act = _page_read(placed, reading, capture_id, keeper.address_of(page) if page else "", crops)
    hint = _same_side_again(placed, record, state, rules)
    return Understood(act, (page,) if page else (), placed.doc_id, hint=hint)


def _same_side_again(placed: Placed, record: ApplicationRecord, state: CaseState, rules: Rules) -> Text | None:
    """A side that was read before is laid once more while another one of this document is still wanted."""
    sides = rules.sides(placed.material, record)
    wanted = [side for side in sides if side != placed.page and (placed.doc_id, side) not in state.pages]
    if (placed.doc_id, placed.page) not in state.pages or placed.page not in sides or not wanted:
        return None
    return text(
        "desk.same_side",
        document=rules.document_title(placed.doc_id, record),
        page=page_title(placed.page),
        wanted=page_title(wanted[0]),
    )


def _other_case(reading: Reading, record: ApplicationRecord) -> str | None:
    """The number of another application that the sheet carries as a code, None when it carries none or this one's."""
    found = (CASE_CODE.fullmatch(code.text) for code in reading.barcodes if code.accepted)
    return next((match[1] for match in found if match and match[1] != record.application_no), None)


def _may_be_the_proxys(placed: NotPlaced, state: CaseState) -> bool:
    """Somebody else came for the family, and an identity card of nobody in it lies there: it is looked at, not kept."""
    proxy = state.visitor is not None and state.visitor.who == "proxy"
    return proxy and placed.material == "A03" and placed.reason == "of_nobody_here"


def _put_aside(
    placed: NotPlaced, reading: Reading, capture_id: str, record: ApplicationRecord, rules: Rules
) -> Understood:
    act = PageUnknown(capture_id=capture_id, reason=placed.reason, material=placed.material)
    if placed.reason == "unknown_kind" and any(CASE_CODE.fullmatch(code.text) for code in reading.barcodes):
        return Understood(act)  # the slip that opened the case: nothing to say about it
    name = rules.material_name(placed.material, record)
    return Understood(act, warning=text(f"desk.not_placed.{placed.reason}", material=name))


def _page_read(placed: Placed, reading: Reading, capture_id: str, page_image: str, crops: str) -> PageRead:
    return PageRead(
        capture_id=capture_id,
        doc_id=placed.doc_id,
        material=placed.material,
        page=placed.page,
        holder=placed.holder,
        page_image=page_image,
        crops=crops,
        fields={
            name: FieldEvidence(
                text=field.text,
                score=round(float(field.score), 4),
                source=field.source,
                verdict=field.verdict.value if field.verdict else None,
                reason=field.reason,
            )
            for name, field in placed.fields.items()
        },
        barcodes=[code.format for code in reading.barcodes if code.accepted],
        timings_ms={name: round(float(ms), 1) for name, ms in reading.timings_ms.items()},
    )
