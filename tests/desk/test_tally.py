"""The day in numbers: counted from the log, checked against each other, and every difference said."""

from __future__ import annotations

import json
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from log_of_a_day import DAY, DayLog

from kiosk.case.state import CaseStatus, project
from kiosk.desk.tally import Overruled, Tally, tally
from kiosk.texts import LANGUAGES, say
from kiosk.wire.chain import link

TODAY = DAY.date()
FAMILIES = [f"NS2024X0100000{n}" for n in range(1, 7)]


def of(log: DayLog, day: date = TODAY, **deliveries: str) -> Tally:
    return tally(log.events, day, lambda event_id: deliveries.get(event_id, "accepted"), chain=link)


def keys(found: Tally) -> set[str]:
    return {sentence.key.removeprefix("tally.difference.") for sentence in found.differences}


@pytest.fixture
def log() -> DayLog:
    """An ordinary day: two receipts, one return, one referral, one family that will be back."""
    log = DayLog()
    log.serve(FAMILIES[0], "RECEIPT", originals=6)
    log.serve(FAMILIES[1], "RETURN", "R-MISSING", "R-ADDR-DIFF", "R-MISSING", originals=4)
    log.serve(FAMILIES[2], "REFER", "R-REFER-STEP")
    log.open(FAMILIES[3])
    log.add("visit.suspended", FAMILIES[3], reason="FETCH")
    log.serve(FAMILIES[4], "RECEIPT")
    return log


def test_an_ordinary_day_adds_up(log: DayLog) -> None:
    found = of(log)
    assert (found.families, found.receipts, found.returns, found.refers, found.held) == (5, 2, 1, 1, 1)
    assert (found.decisions, found.printed, found.reprints, found.originals) == (4, 4, 0, 20)
    assert (found.numbers.issued, found.numbers.first[-6:], found.numbers.last[-6:]) == (4, "000001", "000004")
    assert found.deliveries == {"accepted": 18, "sent": 0, "waiting": 0, "refused": 0, "lost": 0}
    assert (found.head_number, found.head_hash) == (18, log.events[-1].hash)
    assert found.differences == ()


def test_reasons_are_counted_by_paper(log: DayLog) -> None:
    log.serve(FAMILIES[5], "RETURN", "R-MISSING")
    found = of(log)
    assert [(r.code, r.said, r.count) for r in found.return_reasons] == [
        ("R-MISSING", "R-MISSING的说明", 2),
        ("R-ADDR-DIFF", "R-ADDR-DIFF的说明", 1),
    ]
    assert [(r.code, r.count) for r in found.refer_reasons] == [("R-REFER-STEP", 1)]


def test_overruled_mismatches_are_counted_by_reason_and_clerk(log: DayLog) -> None:
    log.open(FAMILIES[5])
    answer = partial(log.add, "field.answered", FAMILIES[5], doc_id="A01", field="name")
    answer(answer="match", reason_code="MISREAD", actor="T01")
    answer(answer="match", reason_code="MISREAD", actor="T02")
    answer(answer="match", reason_code="MISREAD", actor="T02")
    answer(answer="mismatch", reason_code="R-DECL-DIFF")  # agrees with the machine
    answer(answer="match", reason_code="")  # the machine only asked
    log.add("act.undone", FAMILIES[5], event_id=answer(answer="match", reason_code="OTHER").event_id)
    assert of(log).overruled == (Overruled("MISREAD", "T01", 1), Overruled("MISREAD", "T02", 2))


def test_people_who_are_not_in_the_list_are_counted_by_reason(log: DayLog) -> None:
    for reason in ("NOT_APPLIED", "OTHER_SCHOOL", "NOT_APPLIED"):
        log.add("walkin.noted", reason=reason)
    assert [(w.code, w.count) for w in of(log).walk_ins] == [("NOT_APPLIED", 2), ("OTHER_SCHOOL", 1)]


def test_acts_that_this_version_does_not_know_are_no_trouble(log: DayLog) -> None:
    before = of(log)
    log.add("coffee.made", cups=3)
    log.add("case.thought_of", FAMILIES[0], how="fondly")
    after = of(log)
    assert after.events == before.events + 2
    assert (after.families, after.differences) == (before.families, ())


def test_a_decision_taken_back_keeps_its_number_and_is_said(log: DayLog) -> None:
    log.open(FAMILIES[5])
    log.decide(FAMILIES[5], "RETURN", "R-SEAL")
    log.add("act.undone", FAMILIES[5], event_id=log.events[-1].event_id)
    number = log.decide(FAMILIES[5], "RECEIPT")
    log.print(FAMILIES[5], number)
    log.add("visit.ended", FAMILIES[5], originals_returned=3)
    found = of(log)
    assert (found.numbers.issued, found.decisions, found.taken_back) == (6, 5, 1)
    assert (found.receipts, found.returns) == (3, 1)
    assert found.differences == ()
    assert "R-SEAL" not in [reason.code for reason in found.return_reasons]


def test_a_family_that_came_twice_is_one_family_with_two_papers(log: DayLog) -> None:
    log.serve(FAMILIES[1], "RECEIPT")
    found = of(log)
    assert (found.families, found.receipts, found.returns) == (5, 3, 0)
    assert (found.decisions, found.decided_again) == (5, 1)
    assert found.differences == ()


def test_reprints_and_prints_that_failed_are_counted(log: DayLog) -> None:
    number = str(log.events[1].payload["paper_no"])
    log.print(FAMILIES[0], number, 2, settled=False)
    log.print(FAMILIES[0], number, 2)
    found = of(log)
    assert (found.printed, found.reprints, found.failed_prints) == (4, 1, 1)
    assert found.differences == ()


@pytest.mark.parametrize(("number", "key", "says"), [(7, "left_out", "000005, 000006"), (4, "doubled", "000004")])
def test_numbers_with_a_gap_or_a_double_are_named(log: DayLog, number: int, key: str, says: str) -> None:
    log.open(FAMILIES[5])
    paper_no = log.decide(FAMILIES[5], "RECEIPT", number=number)
    log.print(FAMILIES[5], paper_no, 2)
    log.add("visit.ended", FAMILIES[5], originals_returned=1)
    found = of(log)
    assert key in keys(found)
    assert any(says in say(sentence) for sentence in found.differences)


def test_the_first_number_of_a_day_follows_the_last_of_the_day_before(log: DayLog) -> None:
    log.next_day()
    log.serve(FAMILIES[5], "RECEIPT")
    tomorrow = log.now.date()
    assert of(log, tomorrow).differences == ()
    assert of(log, tomorrow).numbers.first.endswith("000005")
    log.open(FAMILIES[0])
    log.decide(FAMILIES[0], "RECEIPT", number=9)
    assert "left_out" in keys(of(log, tomorrow))


def test_a_paper_that_never_came_out_is_named(log: DayLog) -> None:
    log.open(FAMILIES[5])
    number = log.decide(FAMILIES[5], "RECEIPT")
    log.print(FAMILIES[5], number, settled=False)
    log.add("visit.ended", FAMILIES[5], originals_returned=2)
    found = of(log)
    assert (found.unprinted, found.printed, found.decisions) == ((number,), 4, 5)
    assert keys(found) == {"unprinted"}


def test_two_first_prints_of_one_paper_and_a_print_without_a_decision_are_named(log: DayLog) -> None:
    log.print(FAMILIES[0], str(log.events[1].payload["paper_no"]))
    assert keys(of(log)) == {"same_copy"}
    log.print(FAMILIES[0], "NS2024-X01-02-000099")
    assert keys(of(log)) == {"same_copy", "no_decision"}


def test_originals_nobody_confirmed_and_cases_left_open_are_said(log: DayLog) -> None:
    log.open(FAMILIES[5])
    assert keys(of(log)) == {"unfinished"}
    log.print(FAMILIES[5], log.decide(FAMILIES[5], "RECEIPT"))
    found = of(log)
    assert (found.not_handed_back, keys(found)) == (1, {"originals"})


def test_what_waits_for_the_platform_is_a_number_and_what_it_refused_is_a_difference(log: DayLog) -> None:
    found = of(log, e1="waiting", e2="sent")
    assert (found.deliveries["waiting"], found.deliveries["sent"], found.differences) == (1, 1, ())
    assert sum(found.deliveries.values()) == found.events
    assert keys(of(log, e3="refused")) == {"refused"}


def test_a_changed_act_breaks_the_chain_and_is_named(log: DayLog) -> None:
    changed = tally(log.altered(2, decision="RETURN"), TODAY, lambda _: "accepted", chain=link)
    assert [s.params["number"] for s in changed.differences if s.key == "tally.difference.chain"] == [2]
    missing = tally([e for e in log.events if e.seq != 3], TODAY, lambda _: "accepted", chain=link)
    assert "chain" in keys(missing)


def test_each_day_stands_for_itself_and_stays_the_same_later(log: DayLog) -> None:
    before = of(log)
    log.next_day()
    log.open(FAMILIES[3], via="resumed")
    number = log.decide(FAMILIES[3], "RECEIPT")
    log.print(FAMILIES[3], number)
    log.add("visit.ended", FAMILIES[3], originals_returned=5)
    assert of(log) == before
    tomorrow = of(log, log.now.date())
    assert (tomorrow.families, tomorrow.receipts, tomorrow.originals, tomorrow.differences) == (1, 1, 5, ())


def test_a_family_decided_yesterday_and_closed_today_is_no_new_outcome(log: DayLog) -> None:
    log.open(FAMILIES[5])
    log.print(FAMILIES[5], log.decide(FAMILIES[5], "RETURN", "R-SEAL"))
    log.next_day()
    log.open(FAMILIES[5], via="resumed")
    log.add("visit.ended", FAMILIES[5], originals_returned=2)
    found = of(log, log.now.date())
    assert (found.families, found.only_closed, found.returns, found.decisions) == (1, 1, 0, 0)
    assert found.differences == ()


def test_an_empty_day_is_a_day(log: DayLog) -> None:
    log.next_day()
    found = of(log, log.now.date())
    assert (found.families, found.numbers.issued, found.events, found.differences) == (0, 0, 0, ())
    assert found.head_number == 18
    assert of(DayLog()).head_hash == "0" * 64


def test_it_is_plain_data_without_names(log: DayLog) -> None:
    content = json.dumps(of(log).as_json(say), ensure_ascii=False)
    assert json.loads(content)["day"] == "2024-05-18"
    assert not any(case in content for case in FAMILIES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_difference_has_words(log: DayLog, language: str) -> None:
    log.open(FAMILIES[5])
    log.decide(FAMILIES[5], "RECEIPT", number=9)
    for sentence in tally(log.altered(2, decision="RETURN"), TODAY, lambda _: "refused", chain=link).differences:
        assert say(sentence, language) != sentence.key
        assert "{" not in say(sentence, language)


_STEPS = st.lists(
    st.tuples(st.sampled_from(FAMILIES), st.sampled_from(["open", "RECEIPT", "RETURN", "hold", "end", "undo"])),
    max_size=40,
)


@given(steps=_STEPS)
def test_whatever_happens_the_families_are_those_the_projection_sees(steps: list[tuple[str, str]]) -> None:
    """Counted a second time, by the projection that the desk itself works with."""
    log, decided = DayLog(), dict[str, str]()
    for case, step in steps:
        state = project(case, [e for e in log.events if e.case_id == case])
        match step, state.status:
            case "open", CaseStatus.CLOSED:
                log.add("visit.opened", case, via="code", **_visit(case))
            case "open", CaseStatus.SUSPENDED:
                log.add("visit.opened", case, via="resumed", **_visit(case))
            case (("RECEIPT" | "RETURN"), CaseStatus.OPEN):
                log.add(
                    "case.decided", case, decision=step, paper_no=f"P-{len(log.events) + 1:06d}", category=None,
                    reasons=[], materials=[], evaluation={},
                )  # fmt: skip
                decided[case] = log.events[-1].event_id
            case "hold", CaseStatus.OPEN:
                log.add("visit.suspended", case)
            case "end", CaseStatus.DECIDED:
                log.add("visit.ended", case, originals_returned=1)
            case "undo", CaseStatus.DECIDED:
                log.add("act.undone", case, event_id=decided[case])
            case _:
                pass
    found = of(log)
    states = [project(case, [e for e in log.events if e.case_id == case]) for case in {e.case_id for e in log.events}]
    by_status = [state.status for state in states]
    assert found.families == len(states)
    assert found.held == by_status.count(CaseStatus.SUSPENDED)
    assert found.unfinished == by_status.count(CaseStatus.OPEN)
    assert found.not_handed_back == by_status.count(CaseStatus.DECIDED)
    assert "families" not in keys(found)
    assert "decisions" not in keys(found)


def _visit(case: str) -> dict[str, object]:
    return {
        "visit_id": case, "pack": "NS2024", "pack_version": "1", "record_revision": 1, "desk_date": "2024-05-18",
    }  # fmt: skip
