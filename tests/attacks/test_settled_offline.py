"""A supervisor settles a contradiction at a desk without a network; the desks come back in either order. Real stores, real line, real platform."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attacked_desk import AttackedDesk

from central.audit import verify
from central.importing import import_records
from central.parcels import take_folder
from central.platform import Platform
from central.results import result_of
from central.staff import StaffLine, put
from kiosk.case.events import ConflictSettled, to_payload
from kiosk.desk.elsewhere import Elsewhere
from kiosk.people.roles import Role
from kiosk.sync.exchange import Exchange
from kiosk.sync.parcels import export, import_answers
from kiosk.texts import say
from kiosk.wire.models import EventRecord, PushStatus
from kiosk.wire.results import ResultRecord
from practice.world import application_records, family

F01 = family("F01").application_numbers[0]
NewDesk = Callable[[], AttackedDesk]


@pytest.fixture(autouse=True)
def school(platform: Platform) -> None:
    people = [("007", "王拟", Role.SUPERVISOR), ("008", "周例", Role.SUPERVISOR), ("031", "李例明", Role.VERIFIER)]
    with platform.database.writing() as session:
        import_records(session, application_records(), "虚构区")
        put(session, [StaffLine("X01", number, name, (role,), True) for number, name, role in people])


def decide(desk: AttackedDesk, outcome: str) -> str:
    knew = Elsewhere(desk.store, desk.who.desk_id).known(F01)
    payload = {"decision": outcome, "paper_no": f"P-{desk.who.desk_id}", "category": None, "reasons": [], "knew": knew}
    return desk.store.append(F01, "case.decided", "031", payload).event_id


def settle(desk: AttackedDesk, stands: str, between: list[str], actor: str = "007") -> str:
    kind, payload = to_payload(ConflictSettled(stands=stands, between=between, reason="LATER"))
    return desk.store.append(F01, kind, actor, payload).event_id


def contact(*desks: AttackedDesk) -> None:
    for desk in desks:
        exchange = Exchange(desk.store, desk.line)
        exchange.pull()
        exchange.push()
    for desk in desks:  # and once more: what the others have sent meanwhile
        Exchange(desk.store, desk.line).pull()


def two_decisions(new_desk: NewDesk) -> tuple[AttackedDesk, AttackedDesk, str, str]:
    """Two desks that decided one family while neither had a network, and have heard of each other since."""
    one, other = new_desk(), new_desk()
    receipt, slip = decide(one, "RECEIPT"), decide(other, "RETURN")
    contact(one, other)
    return one, other, receipt, slip


def at_platform(platform: Platform) -> ResultRecord:
    with platform.database.reading() as session:
        assert verify(session) == []
        result = result_of(session, F01)
    assert result is not None
    return result


def shown(desk: AttackedDesk) -> str:
    return say(Elsewhere(desk.store, desk.who.desk_id).sentences(F01)[-1])


@pytest.mark.parametrize("where", [0, 1])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_was_settled_without_a_network_holds_at_both_desks(
    where: int, order: tuple[int, int], new_desk: NewDesk, platform: Platform
) -> None:
    one, other, receipt, slip = two_decisions(new_desk)
    desks = (one, other)
    word = settle(desks[where], slip, [receipt, slip])
    contact(*(desks[place] for place in order))
    contact(*desks)
    result = at_platform(platform)
    assert result.standing is not None and result.standing.event_id == slip
    assert result.conflicting == [] and result.settlement is not None
    assert (result.settlement.event_id, result.settlement.actor) == (word, "007")
    assert f"有效的单据是P-{other.who.desk_id}，在2号桌重印；本桌出的P-{one.who.desk_id}不再有效" in shown(one)
    assert f"以本桌的“退回”为准。有效的单据是P-{other.who.desk_id}" in shown(other)
    assert all(desk.store.refused() == [] for desk in desks)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_supervisors_without_a_network_the_first_to_come_back_has_settled_it(
    order: tuple[int, int], new_desk: NewDesk, platform: Platform
) -> None:
    one, other, receipt, slip = two_decisions(new_desk)
    desks = (one, other)
    words = (settle(one, receipt, [receipt, slip], "007"), settle(other, slip, [receipt, slip], "008"))
    first, second = order
    contact(desks[first], desks[second])
    result = at_platform(platform)
    assert result.settlement is not None and result.settlement.event_id == words[first]
    assert result.standing is not None and result.standing.event_id == (receipt, slip)[first]
    assert [(r.event_id, r.why) for r in result.refused_settlements] == [(words[second], "already_settled")]
    told = desks[second].store.case_result(F01)
    assert told is not None and told["refused_settlements"][0]["desk_id"] == desks[second].who.desk_id


def test_a_desk_that_says_a_verifier_is_a_supervisor_is_not_believed(new_desk: NewDesk, platform: Platform) -> None:
    one, other, receipt, slip = two_decisions(new_desk)
    word = settle(one, slip, [receipt, slip], "031")
    contact(one, other)
    result = at_platform(platform)
    assert result.standing is not None and result.standing.event_id == receipt
    assert result.settlement is None and [(r.event_id, r.why) for r in result.refused_settlements] == [
        (word, "not_supervisor")
    ]
    assert one.store.refused() == [], "the act lies in the log as what it was: a try"


def test_a_settlement_replayed_changes_nothing(new_desk: NewDesk, platform: Platform) -> None:
    one, other, receipt, slip = two_decisions(new_desk)
    word = settle(one, slip, [receipt, slip])
    contact(one, other)
    before = at_platform(platform)
    event = one.store.event(word)
    assert event is not None
    record = EventRecord(**event.as_dict())
    assert [result.status for result in one.line.push([record, record]).results] == [PushStatus.DUPLICATE] * 2
    assert at_platform(platform) == before
    again = settle(one, slip, [receipt, slip])  # the same words as a new act
    contact(one, other)
    after = at_platform(platform)
    assert after.settlement == before.settlement and after.standing == before.standing
    assert [(r.event_id, r.why) for r in after.refused_settlements] == [(again, "already_settled")]


def test_a_decision_the_supervisor_did_not_see_stays_open(new_desk: NewDesk, platform: Platform) -> None:
    one, other, receipt, slip = two_decisions(new_desk)
    third = new_desk()
    decided = decide(third, "REFER")
    settle(one, slip, [receipt, slip])
    contact(third, one)
    result = at_platform(platform)
    assert result.settlement is None
    assert {decision.event_id for decision in result.conflicting} == {slip, decided}
    assert result.refused_settlements[0].why == "overtaken"
    settle(one, slip, [receipt, slip, decided])
    contact(one, other, third)
    assert at_platform(platform).conflicting == []
    assert "不再有效，请收回" in shown(third)


def test_a_site_without_a_network_settles_by_stick(new_desk: NewDesk, platform: Platform, tmp_path: Path) -> None:
    one, _, receipt, slip = two_decisions(new_desk)
    word = settle(one, slip, [receipt, slip])
    stick = tmp_path / "stick"
    stick.mkdir()
    export(one.store, one.who, stick)
    for _ in range(2):  # the second time nothing is new
        take_folder(platform, stick)
        result = at_platform(platform)
        assert result.settlement is not None and result.settlement.event_id == word
        assert result.refused_settlements == []
    import_answers(one.store, one.who, stick)
    assert one.store.outbox_counts().open_events == 0
    assert "不再有效，请收回" in shown(one)
