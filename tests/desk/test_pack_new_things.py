"""A material and a reason code that no line of code has heard of: on the screen, on the slip, on the platform."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from changed_packs import NEW_MATERIAL, NEW_REASON, changed
from desk_table import Table

from central.authentication import KnownDesk
from central.database import Database
from central.importing import import_records, records_in
from central.ingest import take
from central.results import result_of
from central.supervision import day
from central.tables import Desk
from kiosk.desk.pack_shelf import PackShelf
from kiosk.desk.view import ItemState
from kiosk.paper.build import DeskFacts, build_paper
from kiosk.paper.from_pack import service_facts
from kiosk.sync.terms import row_of
from kiosk.texts import say
from kiosk.wire.chain import GENESIS
from kiosk.wire.models import EventRecord, PushEvents, PushStatus
from kiosk.wire.signing import SigningKey
from practice.world import application_records

ROOT = Path(__file__).parent.parent.parent
F01 = "NS2014X01000001"
Served = tuple[Table, PackShelf]


@pytest.fixture
def served(shelf_table: Callable[[], Served]) -> Served:
    """A family that showed everything but the new paper, before the decision."""
    table, shelf = shelf_table()
    assert shelf.receive(changed("2014.2", *NEW_MATERIAL, *NEW_REASON)).taken
    table.open(F01)
    table.lay_all("F01")
    return table, shelf


def test_on_the_screen(served: Served):
    case = served[0].view.case
    assert case is not None
    item = next(i for i in case.checklist if i.material == "Z01")
    assert item.name == "泳池健康证"
    assert say(item.why) == "人人都要"
    assert case.decision.allowed == ("RETURN",)
    assert [(r.code, r.text, r.curable) for r in case.decision.reasons] == [
        ("R-SWIM", "还没有学会游泳", True),
        ("R-MISSING", "缺少规定材料", True),
    ]
    assert [r.about for r in case.decision.reasons] == ["不会游泳", "泳池健康证"]


def _decided(served: Served) -> tuple[Table, dict[str, Any]]:
    table, _ = served
    table.desk.decide("RETURN")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    return table, dict(next(e for e in table.store.events(F01) if e.kind == "case.decided").payload)


def test_on_the_slip(served: Served):
    table, decided = _decided(served)
    assert len(list(table.papers_folder.glob("*.pdf"))) == 1
    pack = served[1].version("NS2014", "2014.2")
    assert pack is not None
    record = next(r for r in application_records() if r.application_no == F01)
    event = next(e for e in table.store.events(F01) if e.kind == "case.decided")
    desk = DeskFacts("X01-2", "2号桌", "南山区虚构小学", "T01")
    at = datetime.fromisoformat(event.at)
    paper = build_paper(decided, record.data, service_facts(pack), desk, at=at, audit_head=event.hash)
    assert [(r.text, r.about, r.todo) for r in paper.reasons] == [
        ("还没有学会游泳", "不会游泳", "学会后带健康证。"),
        ("缺少规定材料", "泳池健康证", "补验日带齐所缺材料的原件。"),
    ]
    assert "泳池健康证" in [m.name for m in paper.materials]


def test_on_the_platform(served: Served, tmp_path: Path):
    table, _ = _decided(served)
    events = [EventRecord(**e.as_dict()) for e in table.store.events_after(0, 500)]
    database = Database.embedded(tmp_path / "platform")
    with database.writing() as session:
        import_records(session, list(application_records()), "南山区")
        session.add(
            Desk(
                desk_id="X01-2",
                school_code="X01",
                name="2号桌",
                public_key="-",
                enrolled_at=_now(),
                last_seen_at=_now(),
                last_seq=0,
                last_hash=GENESIS,
            )
        )
        session.flush()
        answer = take(session, KnownDesk("X01-2", "X01"), PushEvents(events=events), SigningKey.new())
        assert {r.status for r in answer.results} == {PushStatus.ACCEPTED}
        result = result_of(session, F01)
        counted = day(session).reasons
    database.close()
    assert result is not None
    assert result.standing is not None
    assert [r["text"] for r in result.standing.reasons] == ["还没有学会游泳", "缺少规定材料"]
    assert ("R-SWIM 还没有学会游泳", 1) in counted


def test_another_service_at_the_same_desk(shelf_table: Callable[[], Served]):
    """Moving a household in: the window shows its persons and papers by the pack's own words."""
    table, _ = shelf_table()
    families = json.loads((ROOT / "practice" / "data" / "movein.json").read_text(encoding="utf-8"))
    table.store.put_applications([row_of(record) for record in records_in(families)], "2")
    table.desk.open_case("RH2024P01000001")
    case = table.until(lambda v: v.case is not None).case
    assert case is not None
    assert case.child == "罗示禾"
    assert [i.name for i in case.checklist][1] == "迁入人户籍证明"
    assert say(case.checklist[1].why) == "须证明迁入人现在的户籍，6个月内开具"
    waived = next(i for i in case.checklist if i.material == "C01|C02")
    assert waived.state is ItemState.WAIVED_BY_DATA
    assert "不动产登记部门 2024-05-30" in say(waived.why)
    assert ["丈夫的居民身份证" in say(line) for line in case.decision.outstanding].count(True) == 1


def _now() -> datetime:
    return datetime.now(UTC)
