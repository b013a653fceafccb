"""A receipt's code is forged or edited."""

from __future__ import annotations

import string
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.paper import base45
from kiosk.paper.code import verify
from kiosk.paper.signing import DeskSigner, Ed25519Signer, keyring
from kiosk.wire.signing import SigningKey
from kiosk.wire.suite import SHANGMI

DESK, OTHER = Ed25519Signer(Ed25519PrivateKey.generate()), Ed25519Signer(Ed25519PrivateKey.generate())
KEYS = {"X01-2": (DESK.verifier(),), "X01-3": (OTHER.verifier(),)}
PLAIN = "YHR1:R:NS2014-X01-2-000001:NS2014X01000001:X01-2:20140419"
DIGEST = bytes(range(16))


def _code(plain: str = PLAIN, signer: Ed25519Signer = DESK, digest: bytes = DIGEST) -> str:
    return f"{plain}:{base45.encode(digest + signer.sign(plain.encode() + bytes([10]) + digest))}"


def test_a_true_code_is_ours() -> None:
    answer = verify(_code(), KEYS)
    assert answer.ok and answer.fields is not None and answer.fields.date == date(2014, 4, 19)


def test_no_single_character_can_be_changed() -> None:
    code = _code()
    for place, character in enumerate(code):
        for other in {"0", "A", ":", "Z", "9", "%"} - {character}:
            assert not verify(code[:place] + other + code[place + 1 :], KEYS).ok, place


@pytest.mark.parametrize(
    "plain",
    [
        PLAIN.replace("NS2014X01000001", "NS2014X01000002"),
        PLAIN.replace("20140419", "20140426"),
        PLAIN.replace(":R:", ":F:"),
        PLAIN.replace("000001:", "000007:", 1),
    ],
)
def test_a_signature_belongs_to_its_own_paper(plain: str) -> None:
    tail = _code().rsplit(":", 1)[1]
    assert not verify(f"{plain}:{tail}", KEYS).ok


def test_a_forger_with_a_key_of_their_own_or_of_another_desk_gets_nowhere() -> None:
    stranger = Ed25519Signer(Ed25519PrivateKey.generate())
    assert not verify(_code(signer=stranger), KEYS).ok
    assert not verify(_code(signer=OTHER), KEYS).ok, "a desk signs in its own name only"
    assert not verify(_code(PLAIN.replace("X01-2:", "X09-9:"), stranger), KEYS).ok


def test_a_slip_is_not_made_a_receipt_nor_a_practice_paper_a_real_one() -> None:
    for kind in ("S", "F", "PR"):
        tail = _code(PLAIN.replace(":R:", f":{kind}:")).rsplit(":", 1)[1]
        assert not verify(f"{PLAIN}:{tail}", KEYS).ok


@pytest.mark.parametrize("cut", [0, 1, 10, 60, -1, -20])
def test_a_part_of_a_code_is_nothing(cut: int) -> None:
    assert not verify(_code()[:cut], KEYS).ok
    assert not verify(_code() + string.ascii_uppercase[: abs(cut) + 1], KEYS).ok


def test_a_paper_signed_with_sm2_holds_and_an_edited_one_does_not() -> None:
    key = SigningKey.new(SHANGMI)
    ring = keyring({"X01-2": key.public, "X01-3": SigningKey.new().public})
    tail = base45.encode(DIGEST + DeskSigner(key).sign(PLAIN.encode() + bytes([10]) + DIGEST))
    assert verify(f"{PLAIN}:{tail}", ring).ok
    assert not verify(f"{PLAIN.replace('000001', '000002', 1)}:{tail}", ring).ok
    assert not verify(f"{PLAIN.replace('X01-2:', 'X01-3:')}:{tail}", ring).ok
