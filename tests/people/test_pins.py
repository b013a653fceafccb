"""PINs: kept as Argon2id only, and none that everybody would try first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.people.pins import Argon2Pins, new_pin, weakness

CHEAP = Argon2Pins(memory_kib=64, passes=1)


def test_a_verifier_holds_for_its_pin_and_for_no_other() -> None:
    verifier = CHEAP.verifier("480213")
    assert CHEAP.holds(verifier, "480213")
    assert not CHEAP.holds(verifier, "480214")
    assert not CHEAP.holds(verifier, "")


def test_a_verifier_is_argon2id_with_a_salt_of_its_own_and_without_the_pin() -> None:
    one, other = CHEAP.verifier("480213"), CHEAP.verifier("480213")
    assert one != other
    assert one.startswith("$argon2id$")
    assert "480213" not in one


def test_the_usual_cost_is_the_one_that_is_documented() -> None:
    assert "$m=65536,t=3,p=1$" in Argon2Pins().verifier("480213")


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "480213",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdA",
        "$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA",
        "$argon2id$v=19$m=99999999,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA",
    ],
)
def test_what_is_no_affordable_verifier_holds_for_nothing(broken: str) -> None:
    assert not CHEAP.holds(broken, "480213")


def test_nobodys_verifier_fits_no_pin() -> None:
    assert not CHEAP.holds(CHEAP.of_nobody, "480213")


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("48021", "length"),
        ("4802134802134", "length"),
        ("48021a", "not_digits"),
        ("４８０２１３", "not_digits"),
        ("111111", "too_simple"),
        ("121212", "too_simple"),
        ("123123", "too_simple"),
        ("123456", "too_simple"),
        ("890123", "too_simple"),
        ("987654", "too_simple"),
        ("200417", "like_number"),
        ("480213", ""),
    ],
)
def test_weak_pins_are_named(pin: str, why: str) -> None:
    assert weakness(pin, "T2004") == why


@given(st.lists(st.integers(0, 9), min_size=6, max_size=60).filter(lambda digits: len(set(digits)) > 3))
def test_a_drawn_pin_is_never_weak(digits: list[int]) -> None:
    drawn = iter([*digits, *([4, 8, 0, 2, 1, 3] * 2)])
    assert weakness(new_pin("T2004", lambda: next(drawn)), "T2004") == ""
