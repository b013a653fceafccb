"""Codes: read at any angle, in any usual encoding, believed by content."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from scanner.barcodes import CodeGate, Decoder, LiveDecoder, PyzbarDecoder, ZxingDecoder, decode, first_look
from scanner.barcodes.charset import text_of, text_of_eci
from scanner.types import Barcode, Image

_APPLICATION = "YH1:NS2014X01000001"


def _qr(text: str, **how: object) -> Image:
    drawn = io.BytesIO()
    segno.make(text, micro=False, **how).save(drawn, kind="png", scale=6, border=4)  # type: ignore[arg-type]
    image = cv2.imdecode(np.frombuffer(drawn.getvalue(), np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return image.astype(np.uint8)


def _linear(text: str, kind: zxingcpp.BarcodeFormat, frame: tuple[int, int] = (900, 900), angle: float = 0.0) -> Image:
    bars = np.array(zxingcpp.create_barcode(text, kind).to_image(scale=3))
    bars = cv2.copyMakeBorder(cv2.resize(bars, None, fx=1, fy=2), 30, 30, 30, 30, cv2.BORDER_CONSTANT, value=255)
    height, width = bars.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    turn[:, 2] += (frame[0] / 2 - width / 2, frame[1] / 2 - height / 2)
    grey = cv2.warpAffine(bars, turn, frame, flags=cv2.INTER_LINEAR, borderValue=(255,))
    return cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR).astype(np.uint8)


def test_our_own_slip_is_read_and_accepted_at_once() -> None:
    (code,) = decode(_qr(_APPLICATION))
    assert (code.format, code.text, code.accepted) == ("QRCode", _APPLICATION, True)
    assert np.ptp(np.array(code.corners), axis=0).min() > 50


@pytest.mark.parametrize(
    "how",
    [
        {"encoding": "utf-8"},
        {"encoding": "utf-8", "eci": True},
        {"encoding": "gbk"},
        {"encoding": "gb18030", "eci": True},
        {"mode": "hanzi"},
    ],
    ids=str,
)
def test_chinese_text_survives_every_usual_way_of_writing_it(how: dict[str, object]) -> None:
    (code,) = decode(_qr("深圳市南山区", **how))
    assert code.text == "深圳市南山区"


@given(st.text(min_size=1, max_size=40))
def test_utf8_is_always_taken_for_utf8(text: str) -> None:
    assert text_of(text.encode("utf-8")) == text


@given(st.binary(max_size=40))
def test_any_bytes_become_some_text(raw: bytes) -> None:
    assert isinstance(text_of(raw), str)
    assert isinstance(text_of_eci(raw), str)


@given(st.text(max_size=20), st.text(alphabet="深圳市南山区验核台0123456789", max_size=20))
def test_declared_encodings_may_change_within_a_code(first: str, second: str) -> None:
    escaped = [part.replace(b"\\", b"\\\\") for part in (first.encode("utf-8"), second.encode("gb18030"))]
    assert text_of_eci(b"\\000026" + escaped[0] + b"\\000029" + escaped[1]) == first + second


@pytest.mark.parametrize("angle", [0, 12, 37, 65, 90])
def test_a_linear_code_is_read_at_any_angle(angle: float) -> None:
    codes = decode(_linear("NS2014X01000001", zxingcpp.BarcodeFormat.Code128, angle=angle))
    assert [(code.format, code.text) for code in codes] == [("Code128", "NS2014X01000001")]
    assert np.allclose(np.mean(codes[0].corners, axis=0), (450, 450), atol=40)


def test_a_code_in_deep_shadow_is_read_by_the_live_looks() -> None:
    code = _qr(_APPLICATION)
    frame = np.full((480, 640, 3), 235, np.uint8)
    frame[100 : 100 + code.shape[0], 200 : 200 + code.shape[1]] = code
    shade = np.linspace(1.0, 0.06, 640, dtype=np.float32)[None, :, None]
    dark = (frame * shade).astype(np.uint8)
    live = LiveDecoder()
    assert _APPLICATION in {found.text for _ in range(live.turns) for found in live.decode(dark)}


def test_several_codes_on_one_page_are_all_found() -> None:
    frame = _linear("NS2014X01000001", zxingcpp.BarcodeFormat.Code128, frame=(900, 900))
    code = _qr(_APPLICATION)
    frame[20 : 20 + code.shape[0], 20 : 20 + code.shape[1]] = code
    assert {found.text for found in decode(frame)} == {_APPLICATION, "NS2014X01000001"}


def test_the_same_code_printed_twice_is_found_in_both_places() -> None:
    code = _qr(_APPLICATION)
    assert [found.text for found in decode(np.hstack([code, code]))] == [_APPLICATION] * 2


def test_light_codes_on_dark_ground_as_phones_show_them_are_read() -> None:
    assert [code.text for code in decode(255 - _qr(_APPLICATION))] == [_APPLICATION]


@pytest.mark.parametrize("decoder", [ZxingDecoder(), PyzbarDecoder()], ids=lambda decoder: decoder.name)
def test_every_decoder_reads_a_plain_code_from_colour_and_grey(decoder: Decoder) -> None:
    image = _qr(_APPLICATION)
    for picture in (image, np.ascontiguousarray(image[:, :, 0])):
        assert [(code.format, code.text) for code in decoder.decode(picture)] == [("QRCode", _APPLICATION)]


def test_a_decoder_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such barcode decoder"):
        first_look("magic")


def test_a_picture_without_codes_has_none() -> None:
    assert decode(np.full((300, 400, 3), 200, np.uint8)) == ()
    assert decode(np.zeros((1, 1, 3), np.uint8)) == ()


def _code(text: str, kind: str = "ITF", accepted: bool = False) -> Barcode:
    return Barcode(kind, text, ((0, 0), (1, 0), (1, 1), (0, 1)), accepted, text.encode())


def test_a_weak_symbology_is_believed_when_two_frames_agree() -> None:
    gate = CodeGate()
    assert gate.news([_code("1234")], 0.0) == ()
    assert gate.news([_code("1243")], 0.1) == ()
    (news,) = gate.news([_code("1234")], 0.2)
    assert news.accepted and news.text == "1234"


def test_the_same_weak_code_twice_in_one_frame_is_no_second_witness() -> None:
    gate = CodeGate()
    assert gate.news([_code("1234"), _code("1234")], 0.0) == ()
    assert len(gate.news([_code("1234")], 0.1)) == 1


def test_two_frames_far_apart_do_not_agree() -> None:
    gate = CodeGate(memory_s=2.0)
    assert gate.news([_code("1234")], 0.0) == ()
    assert gate.news([_code("1234")], 9.0) == ()


def test_a_code_in_view_is_told_once_and_again_after_it_was_away() -> None:
    gate = CodeGate(memory_s=1.0)
    told = [len(gate.news([_code("A", "QRCode", accepted=True)], at / 10)) for at in range(40)]
    assert sum(told) == 1 and told[0] == 1
    assert len(gate.news([_code("A", "QRCode", accepted=True)], 9.0)) == 1


def test_content_speaks_for_and_against_a_code() -> None:
    gate = CodeGate(lambda code: True if code.text.startswith("YH1:") else False if code.text == "forged" else None)
    assert len(gate.news([_code("YH1:1", "EAN13")], 0.0)) == 1
    assert gate.news([_code("forged", "QRCode", accepted=True)], 0.1) == ()
    assert len(gate.news([_code("other", "QRCode", accepted=True)], 0.2)) == 1
