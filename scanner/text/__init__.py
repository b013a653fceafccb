"""Text on paper: where lines stand, and what each says — with the recogniser's own doubts kept for the judge."""

from __future__ import annotations

from scanner.text.base import LineReading, Recogniser, RecogniserUnavailable

__all__ = ["LineReading", "Recogniser", "RecogniserUnavailable", "create_recogniser"]


def create_recogniser(name: str = "rapidocr", *, threads: int = 2) -> Recogniser:
    """The recogniser called ``name``: ``rapidocr`` (default) or ``tesseract``.

    Raises RecogniserUnavailable when its program or models are missing, ValueError for an unknown name.
    """
    if name == "rapidocr":
        from scanner.text.rapid import RapidRecogniser

        return RapidRecogniser(threads=threads)
    if name == "tesseract":
        from scanner.text.tesseract import TesseractRecogniser

        return TesseractRecogniser()
    raise ValueError(f"unknown recogniser {name!r}: rapidocr or tesseract")
