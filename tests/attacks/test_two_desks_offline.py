"""Two desks decide one family while neither has a network, and come back in either order. Real stores, real line, real platform."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attacked_desk import AttackedDesk

from central.audit import verify
from central.platform import Platform
from central.results import result_of
from kiosk.desk.elsewhere import Elsewhere
from kiosk.sync.exchange import Exchange
from kiosk.texts import say
from practice.world import family

F01 = family("F01").application_numbers[0]


def _decide(desk: AttackedDesk, outcome: str) -> str:
    knew = Elsewhere(desk.store, desk.who.desk_id).known(F01)
    desk.store.append(F01, "visit.opened", "li", {})
    payload = {"decision": outcome, "paper_no": f"P-{desk.who.desk_id}", "category": None, "reasons": [], "knew": knew}
    return desk.store.append(F01, "case.decided", "li", payload, images=[desk.who.desk_id.encode() * 500]).event_id


def _contact(*desks: AttackedDesk) -> None:
    for desk in desks:
        exchange = Exchange(desk.store, desk.line)
        exchange.pull()
        exchange.push()
    for desk in desks:  # and once more: what the others have sent meanwhile
        Exchange(desk.store, desk.line).pull()


def _shown(desk: AttackedDesk) -> list[str]:
    return [say(sentence) for sentence in Elsewhere(desk.store, desk.who.desk_id).sentences(F01)]


@pytest.mark.parametrize(
    "outcomes", [("RECEIPT", "RETURN"), ("RETURN", "RECEIPT"), ("RECEIPT", "RECEIPT"), ("REFER", "RECEIPT")]
)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_both_evidences_are_kept_the_first_to_come_back_stands_and_both_desks_are_told(
    outcomes: tuple[str, str], order: tuple[int, int], new_desk: Callable[[], AttackedDesk], platform: Platform
) -> None:
    desks = (new_desk(), new_desk())
    decisions = [_decide(desk, outcome) for desk, outcome in zip(desks, outcomes, strict=True)]
    first, second = order
    _contact(desks[first], desks[second])
    _contact(*desks)
    with platform.database.reading() as session:
        result = result_of(session, F01)
        assert result is not None and result.standing is not None
        assert result.standing.event_id == decisions[first]
        assert [other.event_id for other in result.conflicting] == [decisions[second]]
        assert result.events == 4, "both evidences are kept"
        assert verify(session) == []
        for desk in desks:
            (digest,) = [item for item in desk.store.waiting_images()] or [""]
            assert digest == "", "both pictures are there"
    for desk in desks:
        assert desk.store.outbox_counts().open_events == 0
        assert desk.store.refused() == []
    assert "以本桌为准" in _shown(desks[first])[-1]
    assert "先到平台，以它为准" in _shown(desks[second])[-1]


def test_a_family_that_comes_again_is_no_contradiction(
    new_desk: Callable[[], AttackedDesk], platform: Platform
) -> None:
    """The supplementary day at another desk, which has heard of the return slip."""
    first, second = new_desk(), new_desk()
    _decide(first, "RETURN")
    _contact(first, second)
    assert "已有结论：退回" in _shown(second)[0]
    decision = _decide(second, "RECEIPT")
    _contact(first, second)
    with platform.database.reading() as session:
        result = result_of(session, F01)
        assert result is not None and result.standing is not None
        assert (result.standing.event_id, result.conflicting) == (decision, [])
    assert "已有结论：已出回执" in _shown(first)[0]
