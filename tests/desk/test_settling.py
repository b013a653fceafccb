"""A supervisor settles at the desk what two desks decided differently: what is seen, what is refused here, what is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from desk_people import LI, WANG, knowing_nobody_yet, people_of
from desk_table import Table

from kiosk.desk.conflicts_view import ConflictView
from kiosk.desk.people_view import Door
from kiosk.desk.view import DeskView
from kiosk.texts import LANGUAGES, say, text
from practice.world import family

F01, F06 = (family(name).application_numbers[0] for name in ("F01", "F06"))
MINE, THEIRS = "X01-2", "X01-9"
NewTable = Callable[..., Table]


def decision(desk: str, outcome: str, event_id: str, actor: str = "031") -> dict[str, Any]:
    return {
        "decision": outcome, "paper_no": f"P-{event_id}", "category": None, "reasons": [{"code": "R-MISSING", "text": "缺少原件"}],
        "desk_id": desk, "actor": actor, "at": "2014-04-19T09:00:00+08:00", "received_at": "2014-04-19T09:00:01+00:00",
        "event_id": event_id, "desk_name": f"{desk[-1]}号桌",
    }  # fmt: skip


RECEIPT, SLIP = decision(MINE, "RECEIPT", "a"), decision(THEIRS, "RETURN", "b", "032")


def result(number: str = F01, **changes: Any) -> dict[str, Any]:
    body = {
        "application_no": number, "school_code": "X01", "standing": RECEIPT, "conflicting": [SLIP], "events": 2,
        "last_event_at": "", "settlement": None, "refused_settlements": [],
    }  # fmt: skip
    return {**body, **changes}


def settled(
    event_id: str, stands: dict[str, Any], *overruled: dict[str, Any], number: str = F01, desk: str = THEIRS
) -> dict[str, Any]:
    word = {
        "event_id": event_id, "stands": stands["event_id"], "overruled": list(overruled), "reason": "MISTAKE",
        "desk_id": desk, "actor": "007", "at": "2014-04-19T10:00:00+08:00", "received_at": "2014-04-19T10:00:01+00:00",
        "desk_name": f"{desk[-1]}号桌",
    }  # fmt: skip
    return result(number, standing=stands, conflicting=[], settlement=word)


def told(table: Table, *bodies: dict[str, Any]) -> None:
    """The platform says this with the next pull."""
    cursor = str(int(table.store.cursor) + 1)
    table.store.put_changes(cursor, results={str(body["application_no"]): body for body in bodies})
    table.desk.results_changed()
    table.settled()


def sign_in(table: Table, who: tuple[str, str]) -> DeskView:
    table.desk.people.sign_in(*who)
    return table.until(lambda v: v.people.door is Door.OPEN and v.people.number == who[0])


def shown(table: Table) -> tuple[ConflictView, ...]:
    table.desk.conflicts.show(True)
    view = table.until(lambda v: v.conflicts is not None)
    assert view.conflicts is not None
    return view.conflicts.conflicts


def acts(table: Table) -> list[Any]:
    return table.store.events_of_kind("conflict.settled")


def notice(table: Table) -> str:
    view = table.settled()
    return view.notice.text.key if view.notice is not None else ""


@pytest.fixture
def table(new_table: NewTable) -> Table:
    """A desk that knows its school, and that another desk decided one of its families differently."""
    made = new_table(people_of=people_of)
    made.until(lambda v: v.people.door is Door.SIGN_IN)
    told(made, result())
    return made


# ── what is seen ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_supervisor_sees_both_decisions_with_desk_person_time_reasons_and_paper(table: Table) -> None:
    sign_in(table, WANG)
    (conflict,) = shown(table)
    assert (conflict.application_no, conflict.child_masked, conflict.state) == (F01, "陈*远", "open")
    mine, (theirs,) = conflict.standing, conflict.others
    assert (mine.desk, mine.mine, mine.who, mine.at, mine.paper_no) == (
        "2号桌",
        True,
        "031 李*明",
        "04-19 09:00",
        "P-a",
    )
    assert (theirs.desk, theirs.mine, theirs.who, theirs.paper_no) == ("9号桌", False, "032 赵*", "P-b")
    assert theirs.outcome == text("elsewhere.outcome.RETURN") and theirs.reasons == ("缺少原件",)
    assert table.view.conflicts_waiting == 1
    assert [event.actor for event in table.store.events_of_kind("conflicts.seen")] == ["007"]


def test_what_waits_comes_first(table: Table) -> None:
    told(table, settled("s", RECEIPT, SLIP, number="A0"), result("Z9"))
    sign_in(table, WANG)
    assert [(c.application_no, c.state) for c in shown(table)] == [(F01, "open"), ("Z9", "open"), ("A0", "settled")]


def test_a_verifier_is_told_who_does_it_and_sees_nothing(table: Table) -> None:
    sign_in(table, LI)
    table.desk.conflicts.show(True)
    table.desk.conflicts.settle(F01, "b", "MISTAKE")
    assert notice(table) == "people.not_yours.settle_conflicts"
    assert table.view.conflicts is None and acts(table) == []


def test_who_takes_the_desk_over_does_not_inherit_the_list(table: Table) -> None:
    sign_in(table, WANG)
    shown(table)
    table.desk.people.lock()
    locked = table.until(lambda v: v.people.door is Door.LOCKED)
    assert locked.conflicts is None and "P-a" not in json.dumps(asdict(locked), default=str)
    assert sign_in(table, LI).conflicts is None
    table.desk.people.lock()
    table.until(lambda v: v.people.door is Door.LOCKED)
    assert sign_in(table, WANG).conflicts is not None, "who had it open has it again"


# ── settling ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("stands", "reason", "kept"), [("a", "", ""), ("a", "MISTAKE", ""), ("b", "LATER", "LATER")])
def test_either_decision_may_stand_and_the_act_names_both(table: Table, stands: str, reason: str, kept: str) -> None:
    sign_in(table, WANG)
    shown(table)
    table.desk.conflicts.settle(F01, stands, reason)
    view = table.until(lambda v: v.conflicts is not None and v.conflicts.conflicts[0].state == "pending")
    (act,) = acts(table)
    assert (act.case_id, act.actor) == (F01, "007")
    assert act.payload == {"stands": stands, "between": ["a", "b"], "reason": kept}
    assert table.store.waiting_events()[-1].event_id == act.event_id, "it goes to the platform like any act"
    assert view.conflicts_waiting == 0
    assert view.conflicts is not None and view.conflicts.conflicts[0].said is not None
    assert view.conflicts.conflicts[0].said.key == "elsewhere.pending", (
        "not more than is true: the platform has not answered"
    )


def test_another_decision_needs_a_reason(table: Table) -> None:
    sign_in(table, WANG)
    for reason in ("", "BECAUSE"):
        table.desk.conflicts.settle(F01, "b", reason)
        assert notice(table) == "conflicts.why"
    assert acts(table) == []


def test_what_waits_for_the_platform_is_not_settled_twice_not_even_after_a_restart(new_table: NewTable) -> None:
    table = new_table(people_of=people_of)
    told(table, result())
    sign_in(table, WANG)
    table.desk.conflicts.settle(F01, "b", "LATER")
    table.settled()
    table = new_table(people_of=people_of)
    sign_in(table, WANG)
    assert shown(table)[0].state == "pending"
    table.desk.conflicts.settle(F01, "a")
    assert notice(table) == "elsewhere.pending"
    assert len(acts(table)) == 1


@pytest.mark.parametrize(
    ("number", "stands", "said"), [(F06, "a", "conflicts.nothing"), (F01, "c", "conflicts.changed")]
)
def test_what_is_not_there_is_not_settled(table: Table, number: str, stands: str, said: str) -> None:
    sign_in(table, WANG)
    table.desk.conflicts.settle(number, stands, "LATER")
    assert notice(table) == said
    assert acts(table) == []


def test_without_the_schools_people_nobody_is_a_supervisor_the_platform_would_know(new_table: NewTable) -> None:
    table = new_table(people_of=knowing_nobody_yet)
    told(table, result())
    shown(table)
    assert table.view.conflicts is not None and table.view.conflicts.unable == text("conflicts.no_roster")
    table.desk.conflicts.settle(F01, "a")
    assert notice(table) == "conflicts.no_roster"
    assert acts(table) == []


# ── what the platform says of it ────────────────────────────────────────────────────────────────────────────────────


def test_the_desk_whose_decision_stands_is_told_and_prints_its_paper_again(table: Table) -> None:
    sign_in(table, LI)
    table.open(F01)
    table.lay_all("F01")
    table.desk.decide("RECEIPT")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    (own,) = table.store.events_of_kind("case.decided")
    table.desk.finish()
    table.until(lambda v: v.case is None)
    mine = {**RECEIPT, "event_id": own.event_id, "paper_no": own.payload["paper_no"]}
    told(table, settled("s", mine, SLIP))
    view = table.view
    assert view.notice is not None and view.notice.text.key == "elsewhere.settled.mine_stands"
    said = say(view.notice.text)
    assert own.payload["paper_no"] in said and "P-b不再有效，请收回" in said and "007 王*已处理" in said
    table.desk.people.lock()
    table.until(lambda v: v.people.door is Door.LOCKED)
    sign_in(table, WANG)
    (conflict,) = shown(table)
    assert (conflict.state, conflict.print_again) == ("settled", own.payload["paper_no"])
    table.desk.conflicts.print_again(conflict.print_again)
    table.until(lambda _: len(table.store.events_of_kind("paper.printed")) == 2)
    again = table.store.events_of_kind("paper.printed")[-1]
    assert (again.payload["paper_no"], again.payload["copy_no"]) == (own.payload["paper_no"], 2)


def test_the_desk_whose_decision_does_not_stand_is_told_what_to_take_back(table: Table) -> None:
    sign_in(table, LI)
    told(table, settled("s", SLIP, RECEIPT))
    notice = table.view.notice
    assert notice is not None and notice.text.key == "elsewhere.settled.other_stands"
    assert "有效的单据是P-b，在9号桌重印；本桌出的P-a不再有效，请收回" in say(notice.text)
    table.open(F01)
    case = table.view.case
    assert case is not None and case.earlier[-1].key == "elsewhere.settled.other_stands", (
        "and whenever the family comes"
    )
    assert not [sentence for sentence in case.earlier if sentence.key.startswith("elsewhere.conflict")]


def test_a_desk_that_had_no_part_in_it_is_not_disturbed(table: Table) -> None:
    sign_in(table, LI)
    told(table, settled("s", decision("X01-7", "RECEIPT", "c"), SLIP, number=F06))
    assert table.view.notice is None
    table.open(F06)
    case = table.view.case
    assert case is not None and case.earlier[-1].key == "elsewhere.settled.seen"


def test_what_was_settled_is_told_once(table: Table) -> None:
    sign_in(table, LI)
    told(table, settled("s", SLIP, RECEIPT))
    serial = table.view.notice.serial if table.view.notice is not None else 0
    told(table, settled("s", SLIP, RECEIPT), result("Z9"))
    assert table.view.notice is not None and table.view.notice.serial == serial


@pytest.mark.parametrize("why", ["not_supervisor", "already_settled", "overtaken", "something_later"])
def test_a_settlement_without_effect_is_told_where_it_was_tried(table: Table, why: str) -> None:
    sign_in(table, WANG)
    shown(table)
    table.desk.conflicts.settle(F01, "b", "LATER")
    table.settled()
    (act,) = acts(table)
    refused = {"event_id": act.event_id, "desk_id": MINE, "actor": "007", "at": act.at, "why": why}
    body = settled("s", RECEIPT, SLIP) if why == "already_settled" else result()
    told(table, {**body, "refused_settlements": [refused]})
    key = f"elsewhere.refused.{why if why != 'something_later' else 'overtaken'}"
    assert table.view.notice is not None and table.view.notice.text.key == key
    (conflict,) = shown(table)
    assert conflict.said is not None and conflict.said.key == key
    assert conflict.state == ("settled" if why == "already_settled" else "open")


def test_after_one_without_effect_the_supervisor_settles_anew(table: Table) -> None:
    sign_in(table, WANG)
    table.desk.conflicts.settle(F01, "b", "LATER")
    table.settled()
    (act,) = acts(table)
    third = decision("X01-7", "REFER", "c")
    refused = {"event_id": act.event_id, "desk_id": MINE, "actor": "007", "at": act.at, "why": "overtaken"}
    told(table, result(conflicting=[SLIP, third], refused_settlements=[refused]))
    table.desk.conflicts.settle(F01, "c", "AGREED")
    table.settled()
    assert acts(table)[-1].payload == {"stands": "c", "between": ["a", "b", "c"], "reason": "AGREED"}


def test_the_sentences_exist_in_every_language(table: Table) -> None:
    told(table, result("Z9"), settled("s", SLIP, RECEIPT))
    sign_in(table, WANG)
    table.desk.conflicts.show(True)
    view = table.until(lambda v: v.conflicts is not None)
    assert view.conflicts is not None
    said = [reason.text for reason in view.conflicts.reasons] + [c.said for c in view.conflicts.conflicts if c.said]
    assert len(said) >= 5
    for sentence in said:
        assert len({say(sentence, language) for language in LANGUAGES}) == 3


def test_a_settled_family_comes_again_with_what_stands_known(table: Table) -> None:
    """The settled decision is what a later one must know of (docs/platform.md)."""
    sign_in(table, LI)
    told(table, settled("s", SLIP, RECEIPT))
    table.open(F01)
    table.lay_all("F01")
    table.desk.decide("RECEIPT")
    table.until(lambda v: v.case and v.case.paper)
    (decided,) = table.store.events_of_kind("case.decided")
    assert decided.payload["knew"] == "b"
