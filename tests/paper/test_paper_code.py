"""The signed code: what was signed verifies, and nothing else does."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.paper import base45
from kiosk.paper.code import code_text, verify
from kiosk.paper.model import Paper, PaperKind
from kiosk.paper.render import qr_modules
from kiosk.paper.signing import Ed25519Signer, Keyring, KeyringError, keyring, load_keyring, save_keyring

same_paper_every_time = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def keys(signer: Ed25519Signer) -> Keyring:
    return {"X01-02": (signer.verifier(),)}


@pytest.fixture
def code(receipt: Paper, signer: Ed25519Signer) -> str:
    return code_text(receipt, signer)


def test_a_signed_code_verifies_and_says_which_paper_it_is(receipt: Paper, code: str, keys: Keyring) -> None:
    answer = verify(code, keys)
    assert answer.ok
    assert answer.fields is not None
    assert (answer.fields.kind, answer.fields.practice) == (PaperKind.RECEIPT, False)
    assert (answer.fields.paper_no, answer.fields.application_no) == (receipt.paper_no, receipt.application_no)
    assert (answer.fields.desk_id, answer.fields.date) == ("X01-02", date(2014, 4, 19))
    assert answer.fields.digest == hashlib.sha256(receipt.content()).hexdigest()[:32]


def test_a_practice_paper_verifies_as_what_it_is(receipt: Paper, signer: Ed25519Signer, keys: Keyring) -> None:
    answer = verify(code_text(replace(receipt, practice=True), signer), keys)
    assert answer.ok
    assert answer.why.key == "paper.verify.practice"


def test_the_code_holds_neither_name_nor_document_number(code: str) -> None:
    assert "陈" not in code
    assert "440000" not in code


def test_the_symbol_is_version_9_at_level_q(code: str) -> None:
    assert len(qr_modules(code)) == 53  # 42.4 mm with modules of 0.8 mm


@same_paper_every_time
@given(data=st.data())
def test_no_altered_character_ever_verifies(data: st.DataObject, code: str, keys: Keyring) -> None:
    at = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda character: character != code[at]))
    assert not verify(code[:at] + other + code[at + 1 :], keys).ok


@same_paper_every_time
@given(data=st.data())
def test_no_flipped_bit_ever_verifies(data: st.DataObject, code: str, keys: Keyring) -> None:
    raw = bytearray(code.encode("ascii"))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 6))
    assert not verify(raw.decode("ascii"), keys).ok


@same_paper_every_time
@given(data=st.data())
def test_nothing_may_be_inserted_appended_or_left_out(data: st.DataObject, code: str, keys: Keyring) -> None:
    at = data.draw(st.integers(0, len(code)))
    more = data.draw(st.text(min_size=1, max_size=4))
    assert not verify(code[:at] + more + code[at:], keys).ok
    gone = data.draw(st.integers(0, len(code) - 1))
    assert not verify(code[:gone] + code[gone + 1 :], keys).ok


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert not verify(text, {}).ok


@same_paper_every_time
@given(size=st.integers(1, 179))
def test_a_truncated_code_is_called_truncated(size: int, code: str, keys: Keyring) -> None:
    why = verify(code[:size], keys).why.key
    assert why == ("paper.verify.truncated" if size >= 3 else "paper.verify.not_ours")


def test_each_way_of_being_wrong_has_its_own_answer(code: str, keys: Keyring) -> None:
    stranger = Ed25519Signer(Ed25519PrivateKey.generate()).verifier()

    def why(text: str, ring: Keyring = keys) -> str:
        return verify(text, ring).why.key.removeprefix("paper.verify.")

    assert why(code.replace("000123", "000124")) == "altered"
    assert why(code.replace(":R:", ":S:")) == "altered"
    assert why(code.replace("20140419", "20140420")) == "altered"
    assert why(code, {"X01-02": (stranger,)}) == "altered"
    assert why(code, {}) == "unknown_desk"
    assert why(code.replace("20140419", "20141399")) == "malformed"
    assert why(code.replace("YHR1", "YHR2")) == "unknown_version"
    assert why("YH1:NS2014X01000001") == "not_ours"
    assert why("https://example.org/") == "not_ours"


def test_a_desk_enrolled_again_is_known_by_its_earlier_key_too(code: str, signer: Ed25519Signer) -> None:
    newer = Ed25519Signer(Ed25519PrivateKey.generate()).verifier()
    assert verify(code, {"X01-02": (newer, signer.verifier())}).ok


def test_a_number_that_cannot_stand_in_the_code_is_refused(receipt: Paper, signer: Ed25519Signer) -> None:
    with pytest.raises(ValueError, match="must be"):
        code_text(replace(receipt, paper_no="NS2014:1"), signer)


@given(st.binary(max_size=100))
def test_base45_comes_back(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


@given(st.text(alphabet=base45.ALPHABET, max_size=30))
def test_base45_has_one_text_for_one_content(text: str) -> None:
    try:
        data = base45.decode(text)
    except ValueError:
        return
    assert base45.encode(data) == text


def test_base45_agrees_with_the_examples_of_rfc_9285() -> None:
    assert base45.encode(b"AB") == "BB8"
    assert base45.encode(b"Hello!!") == "%69 VD92EX0"
    assert base45.encode(b"base-45") == "UJCLQE7W581"
    assert base45.decode("QED8WEX0") == b"ietf!"


def test_trusted_keys_survive_the_file(tmp_path: Path, code: str, signer: Ed25519Signer) -> None:
    path = tmp_path / "trusted-keys.json"
    save_keyring(path, {"X01-02": base64.b64encode(signer.verifier().public_key).decode("ascii")})
    assert verify(code, load_keyring(path)).ok


@pytest.mark.parametrize("content", ["", "[]", '{"X01-02": "short"}', '{"X01-02": 5}', '{"X01-02": ["AAAA"]}'])
def test_a_wrong_keys_file_is_an_error_not_an_empty_keyring(tmp_path: Path, content: str) -> None:
    path = tmp_path / "trusted-keys.json"
    path.write_text(content)
    with pytest.raises(KeyringError):
        load_keyring(path)
    with pytest.raises(KeyringError):
        load_keyring(tmp_path / "absent.json")


def test_a_key_of_the_wrong_length_is_no_key() -> None:
    with pytest.raises(KeyringError, match="X01-02"):
        keyring({"X01-02": "AAAA"})
