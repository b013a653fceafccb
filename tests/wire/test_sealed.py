"""A secret in the log that only the platform can read: of both suites, and what becomes of a seal that was tampered with."""

from __future__ import annotations

import base64

import pytest

from kiosk.wire.sealed import bound_to_pin, open_sealed, seal_for
from kiosk.wire.signing import SigningKey
from kiosk.wire.suite import SUITES, SealBroken, Suite

SECRET = "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo"
BOUND = bound_to_pin("X01-1", "031", 2)
of_each_suite = pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)


@of_each_suite
def test_who_holds_the_key_reads_it_and_nobody_else(suite: Suite) -> None:
    key = SigningKey.new(suite)
    sealed = seal_for(key.public, SECRET, BOUND)
    assert open_sealed(key, sealed, BOUND) == SECRET
    with pytest.raises(SealBroken):
        open_sealed(SigningKey.new(suite), sealed, BOUND)


@of_each_suite
def test_the_same_secret_never_looks_the_same(suite: Suite) -> None:
    key = SigningKey.new(suite)
    first, second = (seal_for(key.public, SECRET, BOUND) for _ in range(2))
    assert not set(first.split()) & set(second.split())


@of_each_suite
def test_it_holds_for_one_desk_one_person_and_one_reset_only(suite: Suite) -> None:
    key = SigningKey.new(suite)
    sealed = seal_for(key.public, SECRET, BOUND)
    for other in (("X01-2", "031", 2), ("X01-1", "032", 2), ("X01-1", "031", 3)):
        with pytest.raises(SealBroken):
            open_sealed(key, sealed, bound_to_pin(*other))


@of_each_suite
def test_every_altered_byte_is_found(suite: Suite) -> None:
    key = SigningKey.new(suite)
    ephemeral, sealed = seal_for(key.public, SECRET, BOUND).split(" ")
    raw = base64.b64decode(sealed)
    for place in range(len(raw)):
        altered = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        with pytest.raises(SealBroken):
            open_sealed(key, f"{ephemeral} {base64.b64encode(altered).decode()}", BOUND)
    other, _ = seal_for(key.public, SECRET, BOUND).split(" ")
    with pytest.raises(SealBroken):
        open_sealed(key, f"{other} {sealed}", BOUND)


@of_each_suite
@pytest.mark.parametrize("text", ["", " ", "x", "sm2:x y", "AAAA AAAA", "密 码", "sm2:" + "A" * 88 + " AAAA"])
def test_what_is_no_seal_is_refused_and_nothing_worse(suite: Suite, text: str) -> None:
    with pytest.raises(SealBroken):
        open_sealed(SigningKey.new(suite), text, BOUND)


def test_what_one_suite_sealed_the_other_does_not_open() -> None:
    mine, theirs = (SigningKey.new(suite) for suite in SUITES)
    with pytest.raises(SealBroken):
        open_sealed(theirs, seal_for(mine.public, SECRET, BOUND), BOUND)
