"""A reading as JSON (design.md §8): one object a capture, keys stable, nothing that JSON cannot say.

Numbers are rounded to what they mean: pixels to a tenth, scores to four places, times to a tenth of a millisecond.
Pictures (crops, the page) stay out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any

from scanner.types import Barcode, FieldReading, Quality, Reading, TextLine


def reading_object(reading: Reading) -> dict[str, Any]:
    """The keys ``document``, ``barcodes``, ``lines``, ``fields``, ``timings_ms`` of one reading."""
    document = reading.document
    return {
        "document": {
            "corners": None if document.corners is None else _points(document.corners.tolist()),
            "orientation": document.orientation,
            "kind": document.kind,
            "page": document.page,
            "kind_score": round(document.kind_score, 4),
            "quality": None if document.quality is None else _quality(document.quality),
        },
        "barcodes": [_barcode(code) for code in reading.barcodes],
        "lines": [_line(line) for line in reading.lines],
        "fields": {name: field_object(field) for name, field in reading.fields.items()},
        "timings_ms": {stage: round(value, 1) for stage, value in reading.timings_ms.items()},
    }


def verdicts_object(reading: Reading) -> dict[str, dict[str, dict[str, Any]]]:
    """The key ``verdicts``: set id → field → verdict, text, score, reason."""
    return {
        key: {
            name: {
                "verdict": None if field.verdict is None else str(field.verdict),
                "text": field.text,
                "score": round(field.score, 4),
                "reason": field.reason,
                "margin": _finite(field.margin),
            }
            for name, field in fields.items()
        }
        for key, fields in reading.verdicts.items()
    }


def field_object(field: FieldReading) -> dict[str, Any]:
    return {
        "text": field.text,
        "score": round(field.score, 4),
        "box": _points(field.box),
        "source": field.source,
        "verdict": None if field.verdict is None else str(field.verdict),
        "reason": field.reason,
    }


def with_verdicts(fields: Mapping[str, FieldReading], judged: Mapping[str, FieldReading]) -> dict[str, FieldReading]:
    """The plain readings with the judged ones in their place."""
    return {**fields, **judged}


def error_object(name: str, error: str) -> dict[str, Any]:
    """What stands in the place of a reading that could not be made; ``error`` is a key, not a sentence."""
    return {"image": name, "error": error}


def _finite(margin: float | None) -> float | None:
    """Rounded; None for what JSON cannot say (a value without any rival)."""
    return round(margin, 2) if margin is not None and isfinite(margin) else None


def _points(points: Iterable[Sequence[float]]) -> list[list[float]]:
    return [[round(float(x), 1), round(float(y), 1)] for x, y in points]


def _barcode(code: Barcode) -> dict[str, Any]:
    return {"format": code.format, "text": code.text, "corners": _points(code.corners), "accepted": code.accepted}


def _line(line: TextLine) -> dict[str, Any]:
    return {"text": line.text, "score": round(line.score, 4), "box": _points(line.box)}


def _quality(quality: Quality) -> dict[str, Any]:
    return {
        "sharpness": round(quality.sharpness, 4),
        "mean_luma": round(quality.mean_luma, 1),
        "glare_share": round(quality.glare_share, 4),
        "px_per_mm": None if quality.px_per_mm is None else round(quality.px_per_mm, 2),
        "problems": [
            {"problem": str(f.problem), "box": None if f.box is None else list(f.box)} for f in quality.findings
        ],
    }
