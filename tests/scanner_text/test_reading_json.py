from __future__ import annotations

import json

import numpy as np

from scanner.output import error_object, reading_object, verdicts_object
from scanner.types import Barcode, DocumentFound, FieldReading, Reading, TextLine, Verdict

BOX = ((1.04, 2.0), (3.0, 2.0), (3.0, 4.0), (1.0, 4.0))
READING = Reading(
    DocumentFound(np.array(BOX, np.float32), 90, "A03", "front", 0.98765),
    (Barcode("QRCode", "YH1:NS2024X01000006", BOX, True),),
    (TextLine("姓名", 0.99999, BOX),),
    {"name": FieldReading("name", "梁例沐", 0.98, BOX, crop_jpeg=b"\xff\xd8")},
    {"t1": {"name": FieldReading("name", "梁例沐", 0.98, BOX, "ocr", Verdict.MATCH, "agrees", 4.2149)}},
    b"\xff\xd8",
    {"total": 812.345},
)


def test_the_keys_of_a_reading_are_the_documented_ones() -> None:
    out = json.loads(json.dumps(reading_object(READING), ensure_ascii=False))
    assert out["document"]["corners"] == [[1.0, 2.0], [3.0, 2.0], [3.0, 4.0], [1.0, 4.0]]
    assert (out["document"]["orientation"], out["document"]["kind"]) == (90, "A03")
    assert out["barcodes"][0] == {
        "format": "QRCode", "text": "YH1:NS2024X01000006", "accepted": True,
        "corners": [[1.0, 2.0], [3.0, 2.0], [3.0, 4.0], [1.0, 4.0]],
    }  # fmt: skip
    assert set(out["lines"][0]) == {"text", "score", "box"}
    assert set(out["fields"]["name"]) == {"text", "score", "box", "source", "verdict", "reason"}
    assert out["fields"]["name"]["verdict"] is None
    assert out["timings_ms"] == {"total": 812.3}


def test_verdicts_are_given_set_by_set() -> None:
    assert verdicts_object(READING) == {
        "t1": {"name": {"verdict": "match", "text": "梁例沐", "score": 0.98, "reason": "agrees", "margin": 4.21}}
    }


def test_an_error_is_one_small_object() -> None:
    assert error_object("a.jpg", "not_a_picture") == {"image": "a.jpg", "error": "not_a_picture"}
