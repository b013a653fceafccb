"""The desk's own codes are believed by what they say, however they are printed; whatever is wrong with one is for the desk to explain."""

from __future__ import annotations

import pytest

from kiosk.desk.our_codes import OUR_CODES
from kiosk.paper.code import code_text, well_formed
from kiosk.paper.model import Paper
from kiosk.paper.signing import Ed25519Signer
from scanner.barcodes import CodeGate
from scanner.types import Barcode


def _read(text: str, kind: str = "PDF417", accepted: bool = False) -> Barcode:
    return Barcode(kind, text, (), accepted, text.encode())


@pytest.fixture
def signed(receipt: Paper, signer: Ed25519Signer) -> str:
    return code_text(receipt, signer)


def test_signed_papers_and_case_codes_are_believed_in_their_first_frame(signed: str) -> None:
    for text in (signed, "YH1:NS2014X01000001"):
        assert [code.text for code in CodeGate(OUR_CODES).news([_read(text)], 0.0)] == [text]


def test_a_code_cut_short_is_no_code_of_ours(signed: str) -> None:
    assert well_formed(signed) and not well_formed(signed[:-3]) and not well_formed("YH1:NS2014X01000001")
    gate = CodeGate(OUR_CODES)
    assert [gate.news([_read(text)], 0.0) for text in (signed[:-3], "YH1:NS2014X0100000")] == [(), ()]
    assert [gate.news([_read(text)], 0.1) for text in (signed[:-3], "YH1:NS2014X0100000")] == [(), ()]


def test_a_truncated_qr_code_still_reaches_the_desk(signed: str) -> None:
    assert len(CodeGate(OUR_CODES).news([_read(signed[:-3], "QRCode", accepted=True)], 0.0)) == 1


def test_other_codes_are_left_to_their_symbology() -> None:
    assert OUR_CODES(_read("6901234567892", "EAN13")) is None
