"""The desk goes on while its reader is out of use: a person compares everything on the photographs."""

from __future__ import annotations

import pytest
from desk_table import Table

from kiosk.desk.devices import device_view
from kiosk.desk.view import DeviceView, ItemState, Light, RowVerdict
from kiosk.texts import say
from practice.world import papers
from scanner.worker import ReaderCrashed

FIRST = "NS2014X01000001"


@pytest.fixture
def down(table: Table) -> Table:
    """The family's case is open, and recognition has given up."""
    table.reader.fault = ReaderCrashed("down")
    table.reader.device = _down  # type: ignore[method-assign]
    table.open(FIRST)
    return table


def _down() -> DeviceView:
    return device_view("reader", Light.BAD, "down", number=3)


def shoot(table: Table) -> None:
    table.lay(papers("F01")[1])


def test_the_page_that_is_asked_for_is_taken_and_every_field_waits_for_a_person(down: Table) -> None:
    shoot(down)
    view = down.settled()
    assert view.case is not None
    (document,) = view.case.documents
    assert document.page_jpeg[:2] == b"\xff\xd8"
    assert document.rows
    assert all(row.verdict is RowVerdict.ASK and row.read == "" for row in document.rows)
    assert all(row.crop_jpeg for row in document.rows)
    assert view.notice is not None
    assert "按“" in say(view.notice.text)


def states(table: Table) -> dict[str, ItemState]:
    case = table.settled().case
    assert case is not None
    return {item.material: item.state for item in case.checklist}


def test_a_person_can_settle_every_document_without_the_machine(down: Table) -> None:
    asked = {material for material, state in states(down).items() if state is ItemState.EXPECTED}
    for _ in range(12):
        shoot(down)
        case = down.settled().case
        assert case is not None
        for row in (row for document in case.documents for row in document.rows if row.needs_person):
            down.desk.answer_field(row.doc_id, row.field, "match")
    assert {states(down)[material] for material in asked} == {ItemState.VERIFIED_BY_PERSON}


def test_the_evidence_says_that_a_person_and_not_the_machine_read_it(down: Table) -> None:
    shoot(down)
    down.settled()
    read = down.store.events_of_kind("page.read")[-1].payload
    assert read["fields"]
    assert {f["source"] for f in read["fields"].values()} == {"person"}
    assert {f["verdict"] for f in read["fields"].values()} == {"cannot_tell"}


def test_a_wrong_page_is_taken_again(down: Table) -> None:
    shoot(down)
    first = down.settled().case
    assert first is not None
    down.desk.discard_document(first.documents[0].doc_id)
    assert down.settled().case.documents == ()  # type: ignore[union-attr]
    shoot(down)
    again = down.settled().case
    assert again is not None
    assert again.documents[0].doc_id == first.documents[0].doc_id


def test_one_crash_alone_takes_nothing_by_hand(table: Table) -> None:
    table.reader.fault = ReaderCrashed("once")
    table.open(FIRST)
    shoot(table)
    view = table.settled()
    assert view.case is not None
    assert view.case.documents == ()
    assert view.notice is not None
    assert view.notice.text.key == "desk.reader_failed"
