"""Signing in: right PINs pass, wrong ones cost time that no restart saves, and nobody learns which part was wrong."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kiosk.people.backoff import OF_DESK, OF_PERSON
from kiosk.people.gate import Admitted, Gate, NotYet, Wrong
from kiosk.people.pins import Argon2Pins
from kiosk.people.roles import Right, Role, may
from kiosk.people.roster import ROSTER, roster_of, with_changes

PINS = Argon2Pins(memory_kib=64, passes=1)
LI, WANG = "480213", "915704"
DAY = 24 * 3600.0


class Paper:
    """Notes that outlive a program."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def setting(self, key: str) -> str | None:
        return self.kept.get(key)

    def put_settings(self, values: Mapping[str, str]) -> None:
        self.kept.update(values)


class Clock:
    def __init__(self) -> None:
        self.now = 1_714_000_000.0

    def __call__(self) -> float:
        return self.now


class PlainPins:
    """For tests of ten thousand tries: no cost, and a count."""

    of_nobody = "nobody"

    def __init__(self) -> None:
        self.tried = 0

    def verifier(self, pin: str) -> str:
        return pin

    def holds(self, verifier: str, pin: str) -> bool:
        self.tried += 1
        return verifier == pin


def record(number: str, name: str, *roles: str, active: bool = True, verifier: str = "") -> dict[str, object]:
    return {"staff_no": number, "name": name, "roles": list(roles), "active": active, "verifier": verifier}


@pytest.fixture
def paper() -> Paper:
    notes = Paper()
    notes.kept[ROSTER] = with_changes(
        None,
        [
            record("031", "李例", "verifier", verifier=PINS.verifier(LI)),
            record("007", "王拟", "supervisor", verifier=PINS.verifier(WANG)),
            record("044", "何试", "verifier"),
            record("050", "赵例", "verifier", active=False, verifier=PINS.verifier(LI)),
        ],
    )
    return notes


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(paper: Paper, clock: Clock) -> Gate:
    return Gate(paper, PINS, clock)


def test_number_and_pin_admit_their_person(gate: Gate) -> None:
    answer = gate.check(" 031 ", LI)
    assert isinstance(answer, Admitted)
    assert (answer.person.number, answer.person.roles) == ("031", {Role.VERIFIER})


@pytest.mark.parametrize(
    ("number", "pin"),
    [("031", WANG), ("999", LI), ("044", ""), ("050", LI), ("", ""), ("031", "")],
    ids=["another's PIN", "unknown number", "no PIN set", "disabled", "nothing", "no PIN typed"],
)
def test_whatever_is_wrong_the_answer_is_the_same(gate: Gate, number: str, pin: str) -> None:
    assert gate.check(number, pin) == Wrong(0.0, 1)


def test_only_those_who_can_sign_in_are_offered(gate: Gate) -> None:
    assert [person.number for person in gate.roster.who_can_sign_in] == ["007", "031"]


def test_the_third_wrong_pin_costs_half_a_minute_and_each_further_one_twice_as_much(gate: Gate, clock: Clock) -> None:
    waits = []
    for _ in range(12):
        answer = gate.check("031", "000000")
        assert isinstance(answer, Wrong)
        waits.append(answer.wait_s)
        clock.now += answer.wait_s + 900  # the desk's own wait is over too
        if answer.wait_s < 900:
            gate.check("007", WANG)  # and a colleague works on, which ends the desk's count
    assert waits[:5] == [0, 0, 30, 60, 120]
    assert max(waits) == 3600


def test_while_one_waits_not_even_the_right_pin_counts(gate: Gate, clock: Clock) -> None:
    for _ in range(3):
        gate.check("031", "000000")
    assert gate.check("031", LI) == NotYet(30.0)
    assert isinstance(gate.check("007", WANG), Admitted), "a colleague does not wait"
    clock.now += 30
    assert isinstance(gate.check("031", LI), Admitted)


def test_a_right_pin_ends_the_count(gate: Gate) -> None:
    gate.check("031", "000000")
    gate.check("031", "000000")
    gate.check("031", LI)
    assert gate.check("031", "000000") == Wrong(0.0, 1)


def test_a_restart_saves_nobody_the_wait(gate: Gate, paper: Paper, clock: Clock) -> None:
    for _ in range(4):
        gate.check("031", "000000")
        clock.now += 30
    again = Gate(paper, PINS, clock)
    assert again.wait_for("031") == pytest.approx(30.0)
    assert isinstance(again.check("031", LI), NotYet)


def test_a_program_that_is_killed_while_it_checks_has_counted_the_try(paper: Paper, clock: Clock) -> None:
    class Killed(Exception):
        pass

    class DyingPins(PlainPins):
        def holds(self, verifier: str, pin: str) -> bool:
            raise Killed

    for _ in range(3):
        with pytest.raises(Killed):
            Gate(paper, DyingPins(), clock).check("031", LI)
    assert Gate(paper, PINS, clock).wait_for("031") == 30.0


def test_a_new_pin_from_the_platform_ends_the_wait(gate: Gate, paper: Paper) -> None:
    for _ in range(3):
        gate.check("031", "000000")
    fresh = record("031", "李例", "verifier", verifier=PINS.verifier("730952"))
    paper.kept[ROSTER] = with_changes(paper.kept[ROSTER], [fresh])
    assert gate.reload()
    assert isinstance(gate.check("031", "730952"), Admitted)


def test_a_clock_set_back_keeps_nobody_out_for_longer_than_the_wait(gate: Gate, clock: Clock) -> None:
    for _ in range(3):
        gate.check("031", "000000")
    clock.now -= 365 * DAY
    assert gate.check("031", LI) == NotYet(30.0)
    clock.now += 30
    assert isinstance(gate.check("031", LI), Admitted)


def test_of_ten_thousand_wrong_pins_a_day_lets_few_be_tried(paper: Paper, clock: Clock) -> None:
    """Each program start and each moment counts; the attacker comes back the very second a wait is over."""
    pins, begin = PlainPins(), clock.now
    answered = 0
    for number in range(10_000):
        gate = Gate(paper, pins, clock)
        answer = gate.check("031", f"{number:06d}")
        answered += isinstance(answer, Wrong)
        if isinstance(answer, NotYet):
            clock.now += answer.wait_s
        if clock.now - begin > DAY:
            break
    assert clock.now - begin > DAY, "ten thousand tries do not fit into a day"
    assert pins.tried == answered <= OF_PERSON.most_in(DAY) < 40


def test_one_pin_tried_on_everybody_is_slowed_down_as_well(paper: Paper, clock: Clock) -> None:
    many = [record(f"T{n:03d}", "虚构", "verifier", verifier="secret") for n in range(500)]
    paper.kept[ROSTER] = with_changes(None, many)
    pins, begin, number = PlainPins(), clock.now, 0
    gate = Gate(paper, pins, clock)
    while clock.now - begin <= DAY:
        answer = gate.check(f"T{number % 500:03d}", "480213")
        number += 1
        if isinstance(answer, NotYet):
            clock.now += answer.wait_s
    assert pins.tried <= OF_DESK.most_in(DAY) < 120


def test_numbers_nobody_has_do_not_fill_the_notes(paper: Paper, clock: Clock) -> None:
    gate = Gate(paper, PlainPins(), clock)
    for number in range(400):
        gate.check(f"X{number}", "480213")
        clock.now += 900
    assert len(paper.kept["people.tries"]) < 20_000


def test_a_change_of_roster_keeps_the_others_and_takes_roles_away(paper: Paper) -> None:
    changed = with_changes(paper.kept[ROSTER], [record("007", "王拟", "it", "a-role-of-next-year", verifier="v")])
    roster = roster_of(changed)
    assert roster.persons["007"].roles == {Role.IT}
    assert roster.persons["031"].name == "李例"
    assert roster.sent
    assert not roster_of(None).sent


def test_it_never_works_a_case_and_only_supervisors_undo_what_was_printed() -> None:
    assert not may({Role.IT}, Right.WORK_CASES)
    assert may({Role.SUPERVISOR}, Right.WORK_CASES)
    assert not may({Role.VERIFIER}, Right.UNDO_PRINTED)
    assert not may({Role.VERIFIER}, Right.SEE_OVERRIDES)
    assert not may(set(), Right.WORK_CASES)
