"""Who may do what at the desk: signing in, the lock that keeps the case, handing over, the second person, a revoked desk."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict

import pytest
from desk_people import IT, LI, SCHOOL, WANG, ZHAO, knowing_nobody_yet, people_of, record, tell
from desk_table import FRAME, Table

from kiosk.desk.people_view import Door
from kiosk.desk.ports import Captured
from kiosk.desk.view import DeskView, Phase, RowVerdict
from kiosk.sync.staff import note_standing
from practice.paper import Paper
from practice.world import papers
from scanner.types import FieldReading, Verdict

F01, F06 = "NS2014X01000001", "NS2024X01000006"
NewTable = Callable[..., Table]


@pytest.fixture
def table(new_table: NewTable) -> Table:
    """A desk that knows its school; nobody has signed in."""
    return new_table(people_of=people_of)


def door(table: Table, wanted: Door) -> DeskView:
    return table.until(lambda v: v.people.door is wanted and not v.people.checking)


def sign_in(table: Table, who: tuple[str, str]) -> DeskView:
    table.desk.people.sign_in(*who)
    return table.until(lambda v: v.people.door is Door.OPEN and v.people.number == who[0])


def said(table: Table, before: DeskView) -> DeskView:
    """The view in which the desk answers the try."""
    return table.until(
        lambda v: v.people.said and not v.people.checking and v.people.said_serial > before.people.said_serial
    )


def kinds(table: Table, case_id: str = "") -> list[str]:
    return [event.kind for event in table.store.events(case_id)]


def everything(view: DeskView) -> str:
    return json.dumps(asdict(view), default=str, ensure_ascii=False)


# ── signing in ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_desk_that_has_its_roster_opens_nothing_before_somebody_signs_in(table: Table) -> None:
    view = door(table, Door.SIGN_IN)
    assert [(c.number, c.name_masked) for c in view.people.choices] == [
        ("007", "王*"),
        ("031", "李*明"),
        ("032", "赵*"),
        ("900", "何*"),
    ]
    table.desk.code_seen(f"YH1:{F01}")
    table.desk.find("陈")
    assert table.settled().case is None
    assert table.view.phase is Phase.FINDING
    assert table.store.events(F01) == []


def test_who_signed_in_is_the_actor_of_every_act_and_stands_on_the_paper(table: Table) -> None:
    view = sign_in(table, LI)
    assert view.header.staff == "李例明"
    table.open(F01)
    table.lay_all("F01")
    table.desk.decide("RECEIPT")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    assert {event.actor for event in table.store.events(F01)} == {"031"}
    paper = table.desk._papers.paper  # what is drawn is made of this
    event = table.desk._log.newest(F01, "case.decided")
    from kiosk.desk.papers import decision_on_file
    from kiosk.wire.models import ApplicationRecord

    state = table.desk._state
    assert state and state.decision
    held = ApplicationRecord.model_validate(table.store.get_application(F01))
    filed = decision_on_file(state.decision, event, event.hash, state.papers)
    assert paper(held, filed, confirmed=False).clerk_no == "031"


def test_a_wrong_pin_is_counted_written_down_and_tells_nothing(table: Table) -> None:
    before = door(table, Door.SIGN_IN)
    answers = set()
    for number in ("031", "NOBODY"):
        table.desk.people.sign_in(number, "000000")
        view = said(table, before)
        assert view.people.said
        answers.add(view.people.said.key)
        before = view
    assert answers == {"people.wrong"}
    refused = [event for event in table.store.events("") if event.kind == "person.refused"]
    assert [(event.actor, event.payload["failed"]) for event in refused] == [("031", 1), ("", 1)]


def test_the_wait_after_three_wrong_pins_is_told_and_survives_a_restart(new_table: NewTable) -> None:
    table = new_table(people_of=people_of)
    view = door(table, Door.SIGN_IN)
    for _ in range(3):
        table.desk.people.sign_in("031", "000000")
        view = said(table, view)
    assert view.people.wait_s == 30
    table = new_table(people_of=people_of)
    view = door(table, Door.SIGN_IN)
    table.desk.people.sign_in(*LI)
    view = said(table, view)
    assert view.people.said and view.people.said.key == "people.wait"
    assert 0 < view.people.wait_s <= 30
    sign_in(table, WANG)


def test_without_a_roster_the_person_the_desk_was_started_with_works(new_table: NewTable) -> None:
    table = new_table(people_of=knowing_nobody_yet)
    view = door(table, Door.OPEN)
    assert (view.people.number, view.people.with_pins) == ("T09", False)
    table.open(F01)
    table.desk.people.lock()
    assert door(table, Door.LOCKED).case is None
    table.desk.people.resume()
    view = door(table, Door.OPEN)
    assert view.case and view.case.application_no == F01


def test_the_first_roster_takes_effect_at_once_and_keeps_the_case(new_table: NewTable) -> None:
    table = new_table(people_of=knowing_nobody_yet)
    door(table, Door.OPEN)
    table.open(F01)
    tell(table.store, *SCHOOL)
    table.desk.people.heard()
    view = door(table, Door.SIGN_IN)
    assert view.people.said and view.people.said.key == "people.signed_out.roster"
    assert view.people.case_kept
    view = sign_in(table, LI)
    assert view.case and view.case.application_no == F01


def test_a_disabled_person_is_signed_out_at_the_next_contact_and_the_case_stays(table: Table) -> None:
    sign_in(table, LI)
    table.open(F01)
    tell(table.store, record("031", "李例明", "verifier", active=False))
    table.desk.people.heard()
    view = door(table, Door.SIGN_IN)
    assert view.people.said and view.people.said.key == "people.signed_out.disabled"
    assert "031" not in [choice.number for choice in view.people.choices]
    table.desk.people.sign_in(*LI)
    assert said(table, view).people.door is Door.SIGN_IN
    assert sign_in(table, ZHAO).case is not None


def test_a_changed_roster_gives_and_takes_rights_at_once(table: Table) -> None:
    sign_in(table, LI)
    tell(table.store, record("031", "李例明", "verifier", "supervisor"))
    table.desk.people.heard()
    table.until(lambda v: v.people.roles == ("supervisor", "verifier"))


# ── the lock ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_while_locked_no_snapshot_holds_anything_of_the_family(table: Table) -> None:
    sign_in(table, LI)
    table.open(F01)
    shown = table.lay_all("F01")
    assert "陈试远" in everything(shown)
    table.desk.people.lock(idle=True)
    view = door(table, Door.LOCKED)
    assert (view.phase, view.case, view.candidates, view.notice) == (Phase.FINDING, None, (), None)
    for value in ("陈试远", F01, "440000200802140135"):
        assert value not in everything(view)
    assert view.people.case_kept


def test_a_pin_returns_exactly_to_where_it_was(table: Table) -> None:
    sign_in(table, LI)
    table.open(F01)
    shown = table.lay_all("F01")
    table.desk.people.lock()
    door(table, Door.LOCKED)
    table.desk.open_case(F06)
    table.desk.captured(Captured([FRAME], None))
    table.desk.undo()
    table.settled()
    view = sign_in(table, LI)
    assert view.case == shown.case
    assert kinds(table)[-2:] == ["desk.locked", "person.arrived"]
    assert "case.takeover" not in kinds(table, F01)


def test_what_was_being_read_comes_to_its_end_under_the_lock(table: Table) -> None:
    sign_in(table, LI)
    table.open(F01)
    table.reader.hold = True
    paper = next(p for p in papers("F01") if p.material == "A03")
    table.lay(paper)
    table.desk.people.lock()
    door(table, Door.LOCKED)
    table.reader.release()
    table.settled()
    assert "page.read" in kinds(table, F01)
    assert table.store.events(F01)[-1].actor == "031"
    assert sign_in(table, LI).case is not None


def test_a_colleague_takes_over_and_the_log_says_so(table: Table) -> None:
    sign_in(table, LI)
    table.open(F01)
    table.desk.people.lock()
    door(table, Door.LOCKED)
    view = sign_in(table, ZHAO)
    assert view.case and view.case.application_no == F01
    last = table.store.events(F01)[-1]
    assert (last.kind, last.actor, last.payload) == ("case.takeover", "032", {"taken_from": "031"})
    assert view.header.staff == "赵试"


def test_a_case_that_was_open_when_the_program_ended_waits_for_whoever_signs_in(new_table: NewTable) -> None:
    table = new_table(people_of=people_of)
    sign_in(table, LI)
    table.open(F01)
    table = new_table(people_of=people_of)
    assert door(table, Door.SIGN_IN).case is None
    view = sign_in(table, ZHAO)
    assert view.case or table.until(lambda v: v.case)
    assert table.store.events(F01)[-1].actor == "032"


# ── roles ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_cameras_picture_is_kept_from_whoever_may_not_see_papers(table: Table) -> None:
    people = table.desk.people
    door(table, Door.SIGN_IN)
    assert not people.sees_camera
    sign_in(table, IT)
    assert people.sees_camera, "to set the camera up while the table is empty"
    people.lock()
    door(table, Door.LOCKED)
    sign_in(table, LI)
    table.open(F01)
    assert people.sees_camera
    people.lock()
    door(table, Door.LOCKED)
    assert not people.sees_camera
    sign_in(table, IT)
    assert not people.sees_camera


def test_it_sees_no_family_not_even_one_that_is_open_and_is_told_why(table: Table) -> None:
    sign_in(table, LI)
    table.open(F01)
    table.desk.people.lock()
    door(table, Door.LOCKED)
    view = sign_in(table, IT)
    assert view.case is None and not view.people.may_work
    table.desk.find("陈")
    view = table.until(lambda v: v.notice)
    assert view.notice and view.notice.text.key == "people.not_yours.work_cases"
    assert view.case is None and view.candidates == ()
    table.desk.people.lock()
    door(table, Door.LOCKED)
    assert sign_in(table, LI).case is not None
    assert "case.takeover" not in kinds(table, F01), "IT had never taken it over"


def _override(table: Table, doc: str, field: str) -> None:
    table.desk.answer_field(doc, field, "match", "MISREAD")


def _with_overrides(table: Table) -> DeskView:
    """F06 with one mismatch overruled that needs nobody else: the address of the home."""
    table.open(F06)
    view = table.lay_all("F06")
    assert view.case
    row = next(r for d in view.case.documents for r in d.rows if r.verdict is RowVerdict.MISMATCH)
    _override(table, row.doc_id, row.field)
    return table.until(
        lambda v: v.case and any(r.verdict is RowVerdict.CONFIRMED for d in v.case.documents for r in d.rows)
    )


def test_the_days_overrides_are_for_supervisors(table: Table) -> None:
    sign_in(table, LI)
    _with_overrides(table)
    table.desk.people.show_overrides(True)
    view = table.until(lambda v: v.notice and v.notice.text.key == "people.not_yours.see_overrides")
    assert view.people.overrides is None
    table.desk.people.lock()
    door(table, Door.LOCKED)
    sign_in(table, WANG)
    table.desk.people.show_overrides(True)
    view = table.until(lambda v: v.people.overrides is not None)
    assert view.people.overrides
    (line,) = view.people.overrides
    assert (line.staff, line.second, line.application_no, line.undone) == ("031", "", F06, False)
    assert line.reason.key == "desk.override.MISREAD"
    assert "*" in line.child_masked
    assert "overrides.seen" in kinds(table)
    table.desk.undo()
    table.until(lambda v: (v.case and not v.case.decision.allowed) or v.case)
    table.desk.people.show_overrides(True)
    table.until(lambda v: v.people.overrides and v.people.overrides[0].undone)


def _decided(table: Table) -> None:
    table.open(F01)
    table.lay_all("F01")
    table.desk.decide("RECEIPT")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")


def test_a_printed_decision_is_taken_back_only_with_a_supervisor(table: Table) -> None:
    sign_in(table, LI)
    _decided(table)
    table.desk.undo()
    view = table.until(lambda v: v.people.second)
    assert view.phase is Phase.DECIDED
    assert view.people.second and view.people.second.who.key == "people.second.by.supervisor"
    table.desk.people.confirm_second(*ZHAO)
    view = said(table, view)
    assert view.people.said and view.people.said.key == "people.second.not_role"
    table.desk.people.confirm_second(*WANG)
    view = table.until(lambda v: v.phase is Phase.CHECKING)
    assert view.people.second is None
    last = table.store.events(F01)[-1]
    assert (last.kind, last.actor, last.payload["second"]) == ("act.undone", "031", "007")


def test_a_supervisor_takes_a_printed_decision_back_alone(table: Table) -> None:
    sign_in(table, WANG)
    _decided(table)
    table.desk.undo()
    assert table.until(lambda v: v.phase is Phase.CHECKING).people.second is None
    assert table.store.events(F01)[-1].payload["second"] == ""


# ── the second person ───────────────────────────────────────────────────────────────────────────────────────────────


def _number_differs(table: Table) -> tuple[str, str]:
    """A page of F06's household on which the machine reads another person's number."""
    judge = table.reader._judge

    def reads(name: str, declared: str, paper: Paper) -> FieldReading:
        if not name.endswith("].id_no"):
            return judge(name, declared, paper)
        return FieldReading(name, "440000197803120174", 0.95, verdict=Verdict.MISMATCH, crop_jpeg=b"crop")

    table.reader._judge = reads
    table.open(F06)
    table.lay(next(p for p in papers("F06") if p.material == "A01" and p.page.startswith("member_")))
    view = table.until(
        lambda v: v.case and any(r.verdict is RowVerdict.MISMATCH for d in v.case.documents for r in d.rows)
    )
    assert view.case
    row = next(r for d in view.case.documents for r in d.rows if r.verdict is RowVerdict.MISMATCH)
    assert row.field.endswith("].id_no")
    return row.doc_id, row.field


def _verdict(view: DeskView, doc: str, field: str) -> RowVerdict:
    assert view.case
    return next(r.verdict for d in view.case.documents for r in d.rows if (r.doc_id, r.field) == (doc, field))


def test_the_2024_pack_wants_two_for_a_number_that_differs(table: Table) -> None:
    sign_in(table, LI)
    place = _number_differs(table)
    _override(table, *place)
    view = table.until(lambda v: v.people.second)
    assert _verdict(view, *place) is RowVerdict.MISMATCH, "not before the other has agreed"
    assert "field.answered" not in kinds(table, F06)
    table.desk.people.confirm_second(*LI)
    view = said(table, view)
    assert view.people.said and view.people.said.key == "people.second.same"
    table.desk.people.confirm_second("032", "000000")
    view = said(table, view)
    assert view.people.said and view.people.said.key == "people.wrong"
    assert view.people.second is not None
    table.desk.people.confirm_second(*ZHAO)
    view = table.until(lambda v: v.people.second is None and _verdict(v, *place) is RowVerdict.CONFIRMED)
    last = table.store.events(F06)[-1]
    assert (last.kind, last.actor, last.payload["second"]) == ("field.answered", "031", "032")


def test_it_cannot_be_the_second_person(table: Table) -> None:
    sign_in(table, LI)
    place = _number_differs(table)
    _override(table, *place)
    view = table.until(lambda v: v.people.second)
    table.desk.people.confirm_second(*IT)
    view = said(table, view)
    assert view.people.said and view.people.said.key == "people.second.not_role"
    assert _verdict(view, *place) is RowVerdict.MISMATCH


def test_cancelling_leaves_everything_as_it_was(table: Table) -> None:
    sign_in(table, LI)
    place = _number_differs(table)
    before = table.settled()
    _override(table, *place)
    table.until(lambda v: v.people.second)
    table.desk.people.cancel_second()
    view = table.until(lambda v: v.people.second is None)
    assert view.case == before.case
    table.desk.people.confirm_second(*ZHAO)
    table.settled()
    assert "field.answered" not in kinds(table, F06)


def test_the_lock_forgets_what_waited_for_a_second_person(table: Table) -> None:
    sign_in(table, LI)
    place = _number_differs(table)
    _override(table, *place)
    table.until(lambda v: v.people.second)
    table.desk.people.lock(idle=True)
    door(table, Door.LOCKED)
    view = sign_in(table, LI)
    assert view.people.second is None
    assert _verdict(view, *place) is RowVerdict.MISMATCH


def test_agreeing_with_the_machine_needs_nobody_else(table: Table) -> None:
    sign_in(table, LI)
    place = _number_differs(table)
    table.desk.answer_field(*place, "mismatch")
    view = table.until(lambda v: v.case and _verdict(v, *place) is RowVerdict.REFUSED)
    assert view.people.second is None


def test_where_two_are_demanded_a_desk_without_a_roster_says_why_it_cannot(new_table: NewTable) -> None:
    table = new_table(people_of=knowing_nobody_yet)
    door(table, Door.OPEN)
    place = _number_differs(table)
    _override(table, *place)
    view = table.until(lambda v: v.notice and v.notice.text.key == "people.second.no_roster")
    assert _verdict(view, *place) is RowVerdict.MISMATCH


# ── a revoked desk ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_revoked_desk_locks_itself_keeps_what_is_unsent_and_stays_so_without_a_network(new_table: NewTable) -> None:
    table = new_table(people_of=people_of)
    sign_in(table, LI)
    table.open(F01)
    note_standing(table.store, "desk_revoked")
    table.desk.people.heard()
    view = door(table, Door.REVOKED)
    assert view.case is None
    assert view.header.waiting_events > 0
    table.desk.people.sign_in(*WANG)
    table.desk.code_seen(f"YH1:{F01}")
    assert table.settled().people.door is Door.REVOKED
    table = new_table(people_of=people_of)
    assert door(table, Door.REVOKED).header.waiting_events > 0


def test_a_desk_without_a_roster_is_revoked_as_well(new_table: NewTable) -> None:
    table = new_table(people_of=knowing_nobody_yet)
    door(table, Door.OPEN)
    note_standing(table.store, "desk_revoked")
    table.desk.people.heard()
    door(table, Door.REVOKED)


def test_a_desk_that_was_let_in_again_asks_who_is_there(table: Table) -> None:
    sign_in(table, LI)
    note_standing(table.store, "desk_revoked")
    table.desk.people.heard()
    door(table, Door.REVOKED)
    note_standing(table.store, None)
    table.desk.people.heard()
    assert table.settled().people.door is Door.REVOKED, "no answer is not an answer"
    note_standing(table.store, "")
    table.desk.people.heard()
    door(table, Door.SIGN_IN)
    sign_in(table, LI)
