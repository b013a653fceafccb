"""Messages spread over several QR symbols (structured append): gathered over frames, joined in order, checked by their parity."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import segno
from code_pictures import on_desk, qr, sequence

from scanner.barcodes import CodeGate, ContentForms, PartsGatherer, PyzbarDecoder, ZxingDecoder, decode
from scanner.barcodes.gather import joined
from scanner.barcodes.qr_header import part_of
from scanner.types import Barcode, CodePart

_MESSAGE = "深圳市南山区虚构小学 YH1:NS2014X01000001 " * 3
_DECODER = ZxingDecoder()
# bytes that a symbol of some versions and levels holds (ISO/IEC 18004:2015, Table 7)
_DATA_BYTES = {
    (2, "L"): 32,
    (2, "H"): 14,
    (5, "Q"): 60,
    (7, "M"): 122,
    (14, "L"): 458,
    (14, "H"): 194,
    (21, "Q"): 509,
    (32, "L"): 1952,
}


def _pieces(text: str = _MESSAGE, encoding: str | None = "utf-8", parts: int = 4) -> list[Barcode]:
    read = [_DECODER.decode(qr(code)) for code in sequence(text, encoding, parts)]
    assert all(len(codes) == 1 for codes in read)
    return [codes[0] for codes in read]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_pieces_shown_one_after_the_other_in_any_order_become_the_message(encoding: str) -> None:
    pieces = _pieces(encoding=encoding)
    gatherer = PartsGatherer()
    shown = [gatherer.whole([pieces[number]], at) for at, number in enumerate((2, 0, 3, 1))]
    assert shown[:3] == [(), (), ()]
    (message,) = shown[3]
    assert (message.text, message.accepted, message.part) == (_MESSAGE, True, None)


def test_a_whole_message_goes_on_being_seen_so_that_it_is_told_once() -> None:
    pieces = _pieces()
    gatherer, gate = PartsGatherer(), CodeGate()
    told = [gate.news(gatherer.whole([pieces[at % 4]], at / 10), at / 10) for at in range(40)]
    assert [code.text for codes in told for code in codes] == [_MESSAGE]


def test_all_pieces_in_one_picture_are_one_code() -> None:
    codes = [qr(code, 3) for code in sequence(_MESSAGE, "utf-8", 4)]
    frame = on_desk(*((code, (250 + 260 * number, 360)) for number, code in enumerate(codes)))
    assert [code.text for code in decode(frame)] == [_MESSAGE]


def test_a_piece_alone_is_not_believed() -> None:
    (piece,) = decode(qr(sequence(_MESSAGE, "utf-8", 4)[1]))
    assert piece.part is not None and (piece.part.index, piece.part.of) == (1, 4)
    assert not piece.accepted
    assert ContentForms()(piece) is False


def test_pieces_that_fail_the_parity_are_no_message() -> None:
    pieces = _pieces()
    pieces[2] = replace(pieces[2], raw=pieces[2].raw[:-1] + b"!", text=pieces[2].text[:-1] + "!")
    assert joined(pieces) is None
    assert [PartsGatherer().whole(pieces, 0.0)] == [()]


def test_another_message_of_the_same_length_and_parity_starts_afresh() -> None:
    """Two messages of two pieces whose bytes have the same exclusive or: never joined across."""

    def piece(index: int, raw: bytes) -> Barcode:
        return Barcode("QRCode", raw.decode(), (), True, raw, CodePart(index, 2, 0))

    gatherer = PartsGatherer()
    assert gatherer.whole([piece(0, b"aa")], 0.0) == ()
    assert gatherer.whole([piece(0, b"cc")], 0.1) == ()
    assert [code.text for code in gatherer.whole([piece(1, b"dd")], 0.2)] == ["ccdd"]


def test_pieces_are_forgotten() -> None:
    pieces = _pieces(parts=2, text="NANSHAN DISTRICT 2014", encoding=None)
    gatherer = PartsGatherer(memory_s=30.0)
    assert gatherer.whole(pieces[:1], 0.0) == ()
    assert gatherer.whole(pieces[1:], 31.0) == ()


@pytest.mark.parametrize(
    ("version", "level"), [(2, "L"), (2, "H"), (5, "Q"), (7, "M"), (14, "H"), (14, "L"), (21, "Q"), (32, "L")]
)
def test_the_header_is_found_in_symbols_of_every_make(version: int, level: str) -> None:
    text = "hello structured append " * (_DATA_BYTES[version, level] // 16 + 1)  # more than one symbol's
    codes = list(segno.make_sequence(text, version=version, error=level, boost_error=False))
    assert len(codes) > 1
    for number, code in enumerate(codes[:2]):
        modules = np.array([list(row) for row in code.matrix]) == 1
        part = part_of(modules, level, int(code.mask))
        assert part is not None and (part.index, part.of) == (number, len(codes))


def test_a_message_of_its_own_has_no_header() -> None:
    code = segno.make("YH1:NS2014X01000001", micro=False)
    modules = np.array([list(row) for row in code.matrix]) == 1
    assert part_of(modules, str(code.error), int(code.mask)) is None
    assert part_of(np.zeros((20, 20), np.bool_), "M", 0) is None


def test_zbar_survives_a_piece() -> None:
    assert PyzbarDecoder().decode(qr(sequence(_MESSAGE, "utf-8", 4)[0])) == ()
    assert [c.text for c in PyzbarDecoder().decode(qr(segno.make("YH1:NS2014X01000001", micro=False)))] == [
        "YH1:NS2014X01000001"
    ]
