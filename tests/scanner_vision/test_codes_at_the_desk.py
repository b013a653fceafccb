"""Codes as they come to the desk: every symbology, several in view, phones held to the camera, small and turned ones, misreads."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import segno
from code_pictures import drawn, on_desk, phone, qr

from scanner.barcodes import CodeGate, LiveDecoder, ZxingDecoder, decode, decode_burst
from scanner.barcodes.ean_proof import refuted
from scanner.barcodes.linear_places import linear_places
from scanner.imaging import as_image
from scanner.types import Barcode, Image

_SLIP = "YH1:NS2014X01000001"
_EAN = "6901234567892"
_PICTURES = Path(__file__).parents[3] / "shared" / "testdata" / "barcode" / "images"
_EVERY_SYMBOLOGY = [
    ("QRCode", _SLIP),
    ("MicroQRCode", "NS2014"),
    ("Code128", "NS2014X01000001"),
    ("Code39", "NS2014X01"),
    ("EAN13", _EAN),
    ("ITF", "12345678901234"),
    ("PDF417", "NS2014X01000001"),
    ("DataMatrix", _SLIP),
    ("Aztec", _SLIP),
]
_AT_ONCE = {"QRCode", "MicroQRCode", "Code128", "DataMatrix", "Aztec"}


def _live(*frames: Image) -> list[tuple[int, Barcode]]:
    """What a fresh live schedule and gate report, with the number of the frame."""
    decoder, gate = LiveDecoder(), CodeGate()
    return [
        (number, code)
        for number, frame in enumerate(frames)
        for code in gate.news(decoder.decode(frame), number * 0.11)
    ]


def _seen_by_live(frame: Image) -> list[str]:
    return [code.text for _, code in _live(*[frame] * 2 * LiveDecoder().turns)]


def _strip_like(code: str, angle: float, scale: int = 2) -> Image:
    bars = cv2.resize(drawn(code, "EAN13", scale), None, fx=1, fy=2, interpolation=cv2.INTER_NEAREST)
    return on_desk((as_image(bars), (640, 360)), angle=angle)


@pytest.mark.parametrize(("kind", "text"), _EVERY_SYMBOLOGY)
def test_every_symbology_is_read_in_a_capture_and_live(kind: str, text: str) -> None:
    frame = on_desk((drawn(text, kind), (640, 360)))
    (code,) = decode(frame)
    assert (code.text, code.accepted) == (text, kind in _AT_ONCE)
    assert np.allclose(np.mean(code.corners, axis=0), (640, 360), atol=30)
    assert _seen_by_live(frame) == [text]


def test_several_symbologies_on_one_page_are_all_found() -> None:
    places = [(200, 180), (200, 520), (640, 180), (640, 520), (1060, 180), (1060, 520)]
    kinds = [pair for pair in _EVERY_SYMBOLOGY if pair[0] not in ("MicroQRCode", "PDF417", "ITF")]
    frame = on_desk(*((drawn(text, kind, 2), place) for (kind, text), place in zip(kinds, places, strict=True)))
    assert sorted(code.text for code in decode(frame)) == sorted(text for _, text in kinds)


def test_strong_symbologies_are_believed_in_the_first_frame_weak_ones_in_the_second() -> None:
    frame = on_desk((drawn("NS2014X01000001", "Code128", 3), (400, 200)), (drawn(_EAN, "EAN13", 3), (800, 500)))
    assert [(number, code.text) for number, code in _live(frame, frame)] == [(0, "NS2014X01000001"), (1, _EAN)]


def test_a_second_code_that_needs_a_second_look_is_found_beside_an_easy_one() -> None:
    easy = on_desk((qr(segno.make(_SLIP, micro=False)), (250, 200)))
    turned = on_desk((drawn("NS2014X01000002", "Code128", 3), (800, 450)), angle=33)
    assert set(_seen_by_live(as_image(np.minimum(easy, turned)))) == {_SLIP, "NS2014X01000002"}


@pytest.mark.parametrize("kind", ["QRCode", "Code128", "DataMatrix", "Aztec"])
def test_light_on_dark_is_read(kind: str) -> None:
    frame = on_desk((as_image(255 - drawn(_SLIP, kind, 3)), (640, 360)))
    assert [code.text for code in decode(frame)] == [_SLIP]
    assert _seen_by_live(frame) == [_SLIP]


@pytest.mark.parametrize(
    "how",
    [{}, {"grid": 0.35}, {"glare": True}, {"tilt": 0.35}, {"grid": 0.25, "glare": True, "tilt": 0.2}],
    ids=["plain", "moire", "glare", "tilt", "all"],
)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_phone_held_to_the_camera_is_read(how: dict[str, float], dark: bool) -> None:
    symbol = qr(segno.make(_SLIP, micro=False, error="q"), 7)
    assert _seen_by_live(phone(as_image(255 - symbol) if dark else symbol, **how)) == [_SLIP]  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_chinese_on_a_phone_keeps_its_text(encoding: str) -> None:
    code = segno.make("深圳市南山区虚构小学", encoding=encoding, eci=encoding == "gb18030", micro=False)
    assert _seen_by_live(phone(qr(code, 7), grid=0.25, tilt=0.15)) == ["深圳市南山区虚构小学"]


def test_undeclared_japanese_is_told_from_chinese() -> None:
    for text in ("デザインコード", "ﾃﾞｻﾞｲﾝQR"):
        (code,) = decode(qr(segno.make(text.encode("shift_jis"), micro=False)))
        assert code.text == text


@pytest.mark.parametrize("angle", [0, 20, 45, 100, 180])
def test_small_blurred_noisy_bars_are_read_at_any_angle(angle: float) -> None:
    frame = cv2.GaussianBlur(_strip_like(_EAN, angle), (0, 0), 1.3).astype(np.float32)
    noisy = as_image(np.clip(frame + np.random.default_rng(3).normal(0, 10, frame.shape), 0, 255))
    assert _EAN in [code.text for code in decode(noisy)]
    (place, *_) = linear_places(noisy[:, :, 0].copy())
    assert np.allclose(place.centre, (640, 360), atol=25)


def test_a_misread_is_refuted_by_its_own_bars_and_the_right_reading_is_not() -> None:
    frame = as_image(cv2.GaussianBlur(_strip_like(_EAN, 0), (0, 0), 1.0))
    (read,) = ZxingDecoder().decode(frame)
    grey = frame[:, :, 0].copy()
    assert not refuted(grey, read)
    for misread in ("6907284567892", "6901234561892", "6901234567832", "0901234567892"):
        assert refuted(grey, Barcode("EAN13", misread, read.corners, False, misread.encode()))


def test_what_the_bars_cannot_tell_is_not_refuted() -> None:
    grey = np.full((400, 600), 180, np.uint8)
    nowhere = Barcode("EAN13", _EAN, ((100, 100), (300, 100), (300, 200), (100, 200)), False)
    assert not refuted(grey, nowhere)
    assert not refuted(grey, Barcode("QRCode", "1", (), True))


def test_a_page_of_print_and_a_table_have_no_codes() -> None:
    page = np.full((720, 1280, 3), 240, np.uint8)
    for line in range(20):
        cv2.putText(
            page,
            "certificate 8013956 officer date 319733 grade |||| household",
            (30, 40 + 34 * line),
            0,
            0.9,
            (20, 20, 20),
            2,
        )
    for rule in range(12):
        cv2.line(page, (20 + 110 * rule, 10), (20 + 110 * rule, 710), (0, 0, 0), 2)
    assert decode(page) == ()
    assert _live(*[page] * 8) == []


def test_a_weak_code_of_a_capture_is_believed_when_another_picture_of_the_burst_agrees() -> None:
    one, other = (on_desk((drawn(text, "Code39", 3), (640, 360))) for text in ("NS2014X01", "NS2014X07"))
    assert [code.accepted for code in decode_burst([one, one], 1)] == [True]
    assert [code.accepted for code in decode_burst([one, other], 0)] == [False]
    assert [code.accepted for code in decode_burst([one], 0)] == [False]


def test_a_4k_stream_is_looked_at_smaller_and_answers_in_its_own_pixels() -> None:
    frame = on_desk((qr(segno.make(_SLIP, micro=False), 16), (2600, 1500)), size=(3840, 2160))
    (code,) = LiveDecoder().decode(frame)
    assert np.allclose(np.mean(code.corners, axis=0), (2600, 1500), atol=30)


@pytest.mark.testdata
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("boof-monitor__image006.webp", None),
        ("boof-monitor__image015.webp", None),
        ("jsqr__issue-59-inverted.png", None),
        ("paulmillr-issues__invert.webp", None),
        ("zxcpp-aztec-1__abc-inverted.png", None),
        ("zxcpp-ean13-1__35.webp", "5030159003930"),  # its bars are misread again and again at the size of the frame
        ("zxcpp-ean13-4__06.webp", "9780441014989"),
    ],
)
def test_photographs_nobody_here_made(name: str, says: str | None) -> None:
    """Screens, inverted codes and repeated misreads: something is accepted, and nothing else than what the picture says."""
    if not _PICTURES.exists():
        pytest.skip("the photographs of shared/testdata are not beside the project")
    picture = cv2.imread(str(_PICTURES / name))
    assert picture is not None
    scale = min(1.0, 1280 / picture.shape[1], 720 / picture.shape[0])
    small = as_image(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    read = set(_seen_by_live(as_image(cv2.copyMakeBorder(small, 40, 40, 40, 40, cv2.BORDER_REPLICATE))))
    assert read if says is None else read == {says}
