"""Both suites keep the same promises, and SM2, SM3 and SM4 give what the standards' own examples give."""

from __future__ import annotations

import secrets

import pytest

from kiosk.wire import sm2
from kiosk.wire.chain import GENESIS, link_by
from kiosk.wire.signing import SigningKey, is_public_key, signature_holds
from kiosk.wire.suite import INTERNATIONAL, SHANGMI, SUITES, SealBroken, Suite, is_digest, suite_of

both = pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
OTHER = {INTERNATIONAL.name: SHANGMI, SHANGMI.name: INTERNATIONAL}


@both
def test_a_signature_holds_for_its_message_and_its_key_only(suite: Suite) -> None:
    key, stranger = SigningKey.new(suite), SigningKey.new(suite)
    signature = key.sign(b"message")
    assert signature_holds(key.public, b"message", signature)
    assert not signature_holds(key.public, b"messagE", signature)
    assert not signature_holds(stranger.public, b"message", signature)
    assert not signature_holds(SigningKey.new(OTHER[suite.name]).public, b"message", signature)
    assert not signature_holds(key.public, b"message", signature[:-4])
    assert not signature_holds(key.public, b"message", "not base64!")
    assert not signature_holds("nothing", b"message", signature)


@both
def test_a_key_says_to_which_suite_it_belongs_and_survives_being_kept(suite: Suite) -> None:
    key = SigningKey.new(suite)
    assert suite_of(key.text) is suite_of(key.public) is suite
    assert SigningKey(key.text).public == key.public
    assert is_public_key(key.public) and not is_public_key(key.public[:-4]) and not is_public_key("sm2:AAAA")
    with pytest.raises(ValueError):
        SigningKey(key.text[:-8])


@both
def test_what_is_sealed_opens_as_it_was_or_not_at_all(suite: Suite) -> None:
    key, nonce = suite.derive(b"secret", b"salt", b"info"), bytes(12)
    assert len(key) == suite.key_bytes
    sealed = suite.seal(key, nonce, b"plain", b"bound")
    assert b"plain" not in sealed and suite.open(key, nonce, sealed, b"bound") == b"plain"
    for altered in (sealed[:-1] + bytes([sealed[-1] ^ 1]), bytes([sealed[0] ^ 1]) + sealed[1:], sealed[:3]):
        with pytest.raises(SealBroken):
            suite.open(key, nonce, altered, b"bound")
    with pytest.raises(SealBroken):
        suite.open(key, nonce, sealed, b"other")
    with pytest.raises(SealBroken):
        suite.open(secrets.token_bytes(suite.key_bytes), nonce, sealed, b"bound")


@both
def test_a_long_text_gives_the_same_digest_in_pieces(suite: Suite) -> None:
    hasher = suite.hasher()
    for piece in (b"first ", b"", b"second"):
        hasher.update(piece)
    assert hasher.digest().hex() == suite.digest(b"first second")
    assert is_digest(suite.digest(b"picture"), b"picture") and not is_digest(suite.digest(b"picture"), b"another")


@both
def test_a_chain_binds_every_act_to_the_one_before(suite: Suite) -> None:
    link = link_by(suite)
    first = link(GENESIS, {"n": 1})
    assert len(first) == 64 and first != link(GENESIS, {"n": 2}) != link(first, {"n": 2})
    assert first != link_by(OTHER[suite.name])(GENESIS, {"n": 1})


def test_sm2_gives_the_signature_of_the_standards_example() -> None:
    """GB/T 32918.5-2017, A.2."""
    private = 0x3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8
    public = (
        0x09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020,
        0xCCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13,
    )
    nonce = 0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21
    signature = (
        0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3,
        0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA,
    )
    assert sm2.public_of(private) == public
    assert sm2.sign(private, b"message digest", nonce=nonce) == signature
    assert sm2.verify(public, b"message digest", signature)
    assert not sm2.verify(public, b"message digest", (signature[0], signature[1] ^ 1))


def test_sm2_refuses_points_off_the_curve_and_numbers_out_of_range() -> None:
    private = sm2.new_private()
    x, y = sm2.public_of(private)
    signature = sm2.sign(private, b"m")
    assert not sm2.verify((x, y ^ 1), b"m", signature)
    for wrong in ((0, signature[1]), (signature[0], 0), (sm2.N, signature[1]), (signature[0] + sm2.N, signature[1])):
        assert not sm2.verify((x, y), b"m", wrong)
    with pytest.raises(ValueError):
        sm2.agreed(private, (x, y ^ 1))


def test_sm2_key_agreement_comes_to_the_same_on_both_sides() -> None:
    one, other = sm2.new_private(), sm2.new_private()
    assert sm2.agreed(one, sm2.public_of(other)) == sm2.agreed(other, sm2.public_of(one))


def test_sm3_gives_the_digest_of_the_standards_example() -> None:
    """GB/T 32905-2016, A.1."""
    assert SHANGMI.digest(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
