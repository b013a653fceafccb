"""What another desk decided is known at this one: before a decision, and when two desks differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desk_table import Table

from kiosk.desk.elsewhere import Elsewhere
from kiosk.texts import LANGUAGES, say
from practice.world import family

F01 = family("F01").application_numbers[0]


def _decision(desk: str, outcome: str, event_id: str) -> dict[str, Any]:
    return {
        "decision": outcome, "paper_no": f"P-{event_id}", "category": None, "reasons": [{"code": "R-MISSING", "text": "缺少原件"}],
        "desk_id": desk, "actor": "li", "at": "2014-04-19T09:00:00+08:00", "received_at": "2014-04-19T09:00:01+00:00",
        "event_id": event_id, "desk_name": f"{desk}号桌",
    }  # fmt: skip


class Told:
    """The store's memory of what the platform said."""

    def __init__(self, standing: dict[str, Any] | None, *conflicting: dict[str, Any]) -> None:
        self._body = {
            "application_no": F01, "school_code": "X01", "standing": standing, "conflicting": list(conflicting), "events": 2,
            "last_event_at": "",
        }  # fmt: skip

    def case_result(self, application_no: str) -> dict[str, Any] | None:
        return self._body if application_no == F01 else None


def _said(told: Told, desk: str) -> list[str]:
    return [say(sentence) for sentence in Elsewhere(told, desk).sentences(F01)]


def test_a_desk_knows_what_another_decided_and_why() -> None:
    told = Told(_decision("1", "RETURN", "a"))
    assert Elsewhere(told, "2").known(F01) == "a"
    assert _said(told, "2") == ["1号桌 04-19 09:00 已有结论：退回（P-a）缺少原件"]
    assert (Elsewhere(told, "1").known(F01), _said(told, "1")) == ("", []), "its own decision is no news"
    assert Elsewhere(told, "2").known("another") == ""


def test_both_desks_are_told_of_a_contradiction_and_which_decision_stands() -> None:
    told = Told(_decision("1", "RECEIPT", "a"), _decision("2", "RETURN", "b"))
    (mine,) = _said(told, "1")
    assert mine.startswith("2号桌也验核过这家，结论是“退回”") and "以本桌为准" in mine
    other = _said(told, "2")[-1]
    assert other.startswith("1号桌的结论“已出回执”先到平台，以它为准")


def test_the_sentences_exist_in_every_language() -> None:
    for sentence in Elsewhere(Told(_decision("1", "RECEIPT", "a"), _decision("2", "REFER", "b")), "2").sentences(F01):
        assert len({say(sentence, language) for language in LANGUAGES}) == 3


def test_the_decision_says_what_it_knew_and_the_person_sees_it_first(new_table: Callable[..., Table]) -> None:
    table = new_table()
    body = Told(_decision("X01-9", "RETURN", "a")).case_result(F01)
    assert body is not None
    table.store.put_changes("2", results={F01: body})
    table.open(F01)
    case = table.view.case
    assert case is not None and table.view.notice is not None
    assert "X01-9号桌" in say(table.view.notice.text) and "X01-9号桌" in say(case.earlier[-1])
    table.lay_all("F01")
    table.desk.decide("RECEIPT")
    table.until(lambda view: view.case and view.case.decision.decision == "RECEIPT" and view.case.paper)
    (decided,) = [event for event in table.store.events(F01) if event.kind == "case.decided"]
    assert decided.payload["knew"] == "a"
