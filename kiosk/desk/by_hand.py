"""The desk without its reader: the page that was asked for is taken as such, and a person compares every field on the photograph.

Nothing is guessed of what the page says. Which page it is follows from the order in which the desk asks for them, and the person is told;
a wrong one is taken again with one key. The photograph is kept as evidence like any other.
"""

from __future__ import annotations

import cv2
import numpy as np

from kiosk.case.events import FieldEvidence, PageRead
from kiosk.case.state import CaseState
from kiosk.desk.assess import Assessment, MaterialJudgement
from kiosk.desk.rules import Rules
from kiosk.desk.understand import Keeper, Understood
from kiosk.desk.view import ItemState
from kiosk.texts import text
from kiosk.wire.models import ApplicationRecord
from scanner.codec import to_jpeg
from scanner.locate import locate
from scanner.rectify import rectify
from scanner.types import Image

REASON = "by_hand"
_QUALITY, _CROP_QUALITY = 92, 80
_CROP_WIDTH = 720  # the page itself stands in for the piece that nobody cut out; F3 shows it in full
_STILL_COMING = (ItemState.EXPECTED, ItemState.PARTIAL)


def take_by_hand(
    frame: Image,
    capture_id: str,
    record: ApplicationRecord,
    state: CaseState,
    assessment: Assessment,
    rules: Rules,
    keeper: Keeper,
) -> Understood | None:
    """The page as taken for the one asked for; None when nothing is asked for any more."""
    wanted = asked_for(record, state, assessment, rules)
    if wanted is None:
        return None
    doc_id, page = wanted
    material, holder = doc_id.split(":", 1)
    flat = _page_of(frame)
    picture = to_jpeg(flat, _QUALITY)
    names = _fields_of(doc_id, page, record, rules)
    small = to_jpeg(_narrow(flat), _CROP_QUALITY)
    act = PageRead(
        capture_id=capture_id,
        doc_id=doc_id,
        material=material,
        page=page,
        holder=holder,
        page_image=keeper.address_of(picture),
        crops=keeper.keep_crops(dict.fromkeys(names, small)),
        fields={
            name: FieldEvidence(text="", score=0.0, source="person", verdict="cannot_tell", reason=REASON)
            for name in names
        },
    )
    title = rules.document_title(doc_id, record)
    return Understood(act, (picture,), doc_id, hint=text("devices.by_hand.taken", document=title))


def asked_for(
    record: ApplicationRecord, state: CaseState, assessment: Assessment, rules: Rules
) -> tuple[str, str] | None:
    """(doc_id, page) of the sheet that is wanted next: what was begun first, then in the order of the checklist."""
    expected = list(rules.expected_values(record))
    begun = [m for m in assessment.materials if m.missing]
    for material in (*begun, *(m for m in assessment.materials if m.state in _STILL_COMING)):
        for doc_id in _documents(material, expected):
            for page in _pages(doc_id, material, record, rules):
                if (doc_id, page) not in state.pages:
                    return doc_id, page
    return None


def _documents(material: MaterialJudgement, expected: list[str]) -> list[str]:
    codes = material.material.split("|")
    found = [doc_id for doc_id in expected if doc_id.split(":", 1)[0] in codes]
    # of alternatives, the one that was begun, else the first the family declared
    return [doc_id for doc_id in found if doc_id in material.doc_ids] or found


def _pages(doc_id: str, material: MaterialJudgement, record: ApplicationRecord, rules: Rules) -> list[str]:
    code, holder = doc_id.split(":", 1)
    missing = [page for whose, page in material.missing if whose == holder]
    return missing or list(rules.sides(code, record)) or ["page"]


def _fields_of(doc_id: str, page: str, record: ApplicationRecord, rules: Rules) -> list[str]:
    """The declared fields that this page has; all of the document's where no layout says."""
    declared = rules.expected_values(record).get(doc_id, {})
    layout_page = "member" if page.startswith("member_") else page
    layout = rules.page_fields.get((doc_id.split(":", 1)[0], layout_page), ())
    if layout_page == "member":
        role = page.removeprefix("member_")
        return [name for name in declared if f"[{role}]" in name]
    return [name for name in declared if name in layout] if layout else list(declared)


def _page_of(frame: Image) -> Image:
    found = locate(frame)
    return frame if found is None else rectify(frame, found.corners)


def _narrow(page: Image) -> Image:
    if page.shape[1] <= _CROP_WIDTH:
        return page
    height = round(page.shape[0] * _CROP_WIDTH / page.shape[1])
    return np.asarray(cv2.resize(page, (_CROP_WIDTH, height), interpolation=cv2.INTER_AREA), np.uint8)
