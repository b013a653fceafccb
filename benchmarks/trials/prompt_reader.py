"""A reader that answers at once and a camera that sees nothing: everything else in the trial is the real program.

Which paper lies there is painted into the frame itself (a flat colour), so that a frame kept by the store and read again after a crash
gives the same paper as before.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future

import numpy as np

from kiosk.matching.compare import BY_FIELD_CLASS, compare
from practice.paper import Paper
from practice.specimens.values import field_class
from practice.world import families, papers
from scanner.types import DocumentFound, ExpectedSet, FieldReading, Frame, Image, Quad, Reading, Verdict
from scanner.worker import ReaderState

_STEP, _BASE = 8, 12  # JPEG moves a flat colour by one or two
PAGE_BYTES = (15_000, 45_000)  # what a page picture weighs in the store and on the line


def laid_papers(family_id: str) -> list[Paper]:
    """What a family lays down: everything but the slip with the code."""
    return [paper for paper in papers(family_id) if paper.material != "SLIP"]


def frame_of(family_index: int, paper_index: int) -> Image:
    """The frame in which this paper lies."""
    colour = (_BASE + _STEP * family_index, _BASE + _STEP * paper_index, 128)
    return np.full((16, 16, 3), colour, np.uint8)


def paper_in(frame: Image) -> Paper:
    blue, green = (round((float(frame[..., channel].mean()) - _BASE) / _STEP) for channel in (0, 1))
    return laid_papers(families()[blue].id)[green]


class PromptReader:
    """Stands where the reader process stands in the program; reads perfectly, without a moment's delay."""

    state = ReaderState.READY
    crashes = 0

    def __init__(self, **_: object) -> None: ...

    def restart(self) -> None: ...

    def __enter__(self) -> PromptReader:
        return self

    def __exit__(self, *_: object) -> None: ...

    def submit(
        self, frames: Sequence[Image], *, corners: Quad | None, expects: Mapping[str, ExpectedSet]
    ) -> Future[Reading]:
        done: Future[Reading] = Future()
        done.set_result(_read(paper_in(frames[0]), expects))
        return done


def _read(paper: Paper, expects: Mapping[str, ExpectedSet]) -> Reading:
    fields = {name: FieldReading(name, value, 0.95, crop_jpeg=b"crop") for name, value in paper.fields.items()}
    verdicts = {
        doc: {
            name: _judged(name, declared, paper.fields[name])
            for name, declared in expected.values.items()
            if name in paper.fields
        }
        for doc, expected in expects.items()
        if expected.kind in (None, paper.material)
    }
    found = DocumentFound(None, 0, paper.material, paper.page, 1.0)
    return Reading(found, (), (), fields, verdicts, _page(paper), {"total": 1.0})


def _judged(name: str, declared: str, printed: str) -> FieldReading:
    same = compare(BY_FIELD_CLASS[field_class(name)], declared, printed).verdict.value == "match"
    return FieldReading(name, printed, 0.95, verdict=Verdict.MATCH if same else Verdict.MISMATCH, crop_jpeg=b"crop")


def _page(paper: Paper) -> bytes:
    """Bytes that weigh what a page picture weighs; another photograph of the same paper is another picture."""
    chance = random.Random(f"{paper.id}{time.monotonic_ns()}")
    return hashlib.sha256(paper.id.encode()).digest() + chance.randbytes(chance.randint(*PAGE_BYTES))


class DarkCamera:
    """A frame source before which nothing ever lies."""

    name = "trial"

    def open(self) -> None: ...

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        time.sleep(timeout_s)
        return None

    def close(self) -> None: ...
