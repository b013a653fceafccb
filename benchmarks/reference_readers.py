"""What a newcomer gets by plugging libraries together: read the whole page, then look for the declared value in its text.

The page is given: true corners, right way up. A value counts as found where its normal form stands anywhere in the page's text, as a
mismatch where something almost like it stands there, and as not to be told otherwise; nothing binds a value to its field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from rapidfuzz import fuzz

from kiosk.matching.forms import printed_forms
from practice.specimens.values import field_class
from scanner.codec import to_jpeg
from scanner.rectify import rectify
from scanner.text.folding import fold_text
from scanner.types import Image, Quad

ALMOST = 75.0  # partial similarity from which another value is taken to stand there
WholePageReader = Callable[[Image], str]


def rapidocr_whole_page() -> WholePageReader:
    """The rapidocr package as it comes, one thread."""
    from rapidocr import RapidOCR

    engine = RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.text_score": 0.0,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )

    def read(page: Image) -> str:
        found = engine(page)
        return " ".join(getattr(found, "txts", None) or ())

    return read


def tesseract_whole_page() -> WholePageReader:
    """Tesseract 5, chi_sim and eng, automatic layout, as a program of its own."""
    import subprocess

    def read(page: Image) -> str:
        run = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", "chi_sim+eng", "--psm", "3", "--dpi", "300"],
            input=to_jpeg(page, 95),
            capture_output=True,
            check=False,
            timeout=120,
        )
        return run.stdout.decode("utf-8", "replace")

    return read


def upright_page(frame: Image, corners: Quad) -> Image:
    """The page inside its true corners, which begin at its own top-left."""
    return rectify(frame, np.asarray(corners, np.float32))


def whole_page_verdicts(text: str, expected: Mapping[str, str]) -> dict[str, str]:
    page = _normal(text)
    return {name: _verdict(page, name, value) for name, value in expected.items()}


def _verdict(page: str, name: str, value: str) -> str:
    forms = {_normal(form) for form in (value, *printed_forms(field_class(name), value))} - {""}
    if any(form in page for form in forms):
        return "match"
    best = max((fuzz.partial_ratio(form, page) for form in forms if len(form) >= 4), default=0.0)
    return "mismatch" if best >= ALMOST else "cannot_tell"


def _normal(text: str) -> str:
    return "".join(c for c in fold_text(text).upper() if not c.isspace())
