"""The reader itself on the pages of twins whose names differ by one look-alike character: each goes to the right child."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.case.events import VisitOpened, to_payload
from kiosk.case.state import LoggedAct, project
from kiosk.desk.family import OpenCase
from kiosk.desk.rules import Rules
from kiosk.desk.sharing import NothingKept, expected_of, share
from kiosk.matching.forms import printed_forms
from kiosk.policy import builtin_packs
from offline_cache.events import StoredEvent
from practice.world import application_records, papers
from scanner.reader import Reader
from yanhe.compose import known_papers

ANG, SHENG = "NS2014X01000090", "NS2014X01000091"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(printed_forms=printed_forms)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules(builtin_packs(), papers=known_papers, practice=True)


def opened(number: str) -> LoggedAct:
    act = VisitOpened(
        visit_id="v", via="typed", pack="NS2014", pack_version="2014.1", record_revision=1, desk_date="2014-04-19"
    )
    kind, payload = to_payload(act)
    return StoredEvent("e", "X01-2", 1, number, kind, "2014-04-19T09:00:00+08:00", "T01", payload, "", "")


@pytest.fixture
def twins() -> Iterator[list[OpenCase]]:
    records = {record.application_no: record for record in application_records()}
    yield [OpenCase(records[number], project(number, [opened(number)])) for number in (ANG, SHENG)]


@pytest.mark.parametrize(
    ("paper_id", "whose"),
    [
        ("F09-D01-member_child_a", [ANG]),
        ("F09-D01-member_child_b", [SHENG]),
        ("F09-D01-member_mother", [ANG, SHENG]),
        ("F09-D02-front", [ANG, SHENG]),
        ("F09-D04-page", [SHENG]),
    ],
)
def test_a_page_read_once_goes_where_it_belongs(
    reader: Reader, rules: Rules, twins: list[OpenCase], paper_id: str, whose: list[str]
) -> None:
    page = next(p for p in papers("F09") if p.id == paper_id)
    reading = reader.read([page.draw(8).image], expects=expected_of(twins, lambda _: rules))
    shares = share(reading, "c1", twins, lambda _: rules, NothingKept())
    assert [s.case.number for s in shares if s.taken] == whose
    for taken in shares:
        act = taken.found.act
        assert act.kind == "page.read"
        assert "mismatch" not in {field.verdict for field in act.fields.values()}
