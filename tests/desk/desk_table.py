"""A desk with real store, rules, papers and log; only camera, reader and platform are played by the test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.desk.desk import Desk
from kiosk.desk.papers import PaperDesk
from kiosk.desk.ports import Captured
from kiosk.desk.view import DeskView, DeviceView, Light
from kiosk.matching.compare import BY_FIELD_CLASS, compare
from kiosk.texts import text
from offline_cache.store import Store
from practice.paper import Paper
from practice.specimens.values import field_class
from practice.world import papers
from scanner.types import Barcode, DocumentFound, ExpectedSet, FieldReading, Image, Quad, Reading, Verdict

WAIT_S = 15.0
FRAME: Image = np.full((8, 8, 3), 200, np.uint8)


class PlayedReader:
    """Reads the paper it was told of, perfectly or as told. ``hold`` keeps a reading back until ``release``."""

    def __init__(self) -> None:
        self.paper: Paper | None = None
        self.unsure: set[str] = set()  # fields the pixels do not settle
        self.named: dict[str, str] = {}  # how fields are called when the paper calls them otherwise (a twin's page)
        self.fault: Exception | None = None
        self.hold = False
        self.held: list[tuple[Future[Reading], Reading]] = []

    def submit(
        self, frames: Sequence[Image], *, corners: Quad | None, expects: Mapping[str, ExpectedSet]
    ) -> Future[Reading]:
        done: Future[Reading] = Future()
        if self.fault is not None:
            done.set_exception(self.fault)
        elif self.hold:
            self.held.append((done, self._read(expects)))
        else:
            done.set_result(self._read(expects))
        return done

    def release(self) -> None:
        for done, reading in self.held:
            done.set_result(reading)
        self.held.clear()

    def device(self) -> DeviceView:
        return DeviceView(Light.OK, text("devices.reader.ready.name"))

    def _read(self, expects: Mapping[str, ExpectedSet]) -> Reading:
        paper = self.paper
        if paper is None:
            return Reading(DocumentFound(None, 0, None, None))
        printed = {self._named(name): value for name, value in paper.fields.items()}
        fields = {name: FieldReading(name, value, 0.95, crop_jpeg=b"crop") for name, value in printed.items()}
        verdicts = {
            doc: {
                name: self._judge(name, declared, printed[name])
                for name, declared in expected.values.items()
                if name in printed
            }
            for doc, expected in expects.items()
            if expected.kind in (None, paper.material)
        }
        page = "member_child" if self.named else paper.page
        codes = tuple(Barcode(kind, said, (), True) for kind, said in paper.draw(4).barcodes)
        return Reading(
            DocumentFound(None, 0, paper.material, page, 1.0),
            codes,
            (),
            fields,
            verdicts,
            b"page",
            {"total": 1.0},
        )

    def _named(self, name: str) -> str:
        return next((to + name.removeprefix(own) for own, to in self.named.items() if name.startswith(own)), name)

    def _judge(self, name: str, declared: str, printed: str) -> FieldReading:
        if name in self.unsure:
            return FieldReading(name, printed, 0.4, verdict=Verdict.CANNOT_TELL, reason="ambiguous", crop_jpeg=b"crop")
        same = compare(BY_FIELD_CLASS[field_class(name)], declared, printed).verdict.value == "match"
        verdict = Verdict.MATCH if same else Verdict.MISMATCH
        return FieldReading(name, printed, 0.95, verdict=verdict, crop_jpeg=b"crop")


class PlayedLine:
    """The platform that is not there: nothing is ever accepted."""

    def nudge(self) -> None: ...

    def accepted(self, event_id: str, timeout_s: float) -> bool:
        return False

    def device(self) -> DeviceView:
        return DeviceView(Light.WARN, text("sync.offline", waiting=0))


@dataclass
class Table:
    """What a test does at the desk, and what the window would show."""

    desk: Desk
    reader: PlayedReader
    store: Store
    papers_folder: Path
    papers: PaperDesk
    views: list[DeskView] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)

    def seen(self, view: DeskView) -> None:
        with self.news:
            self.views.append(view)
            self.news.notify_all()

    @property
    def view(self) -> DeskView:
        return self.views[-1]

    def until(self, holds: Callable[[DeskView], Any]) -> DeskView:
        """Wait for a view of which ``holds`` is true."""
        with self.news:
            arrived = self.news.wait_for(lambda: bool(self.views) and holds(self.views[-1]), WAIT_S)
        assert arrived, f"never seen; last: {self.view.phase} {self.view.notice}"
        return self.view

    def settled(self) -> DeskView:
        """The view after everything posted so far was done."""
        done = threading.Event()
        self.desk.subscribe(lambda _: done.set())()
        assert done.wait(WAIT_S)
        return self.view

    def lay(self, paper: Paper) -> DeskView:
        self.reader.paper = paper
        before = self.view.case.captures if self.view.case else 0
        self.desk.captured(Captured([FRAME], None))
        return self.until(lambda v: v.case and v.case.captures > before and (self.reader.hold or not v.case.reading))

    def open(self, application_no: str) -> DeskView:
        self.desk.code_seen(f"YH1:{application_no}")
        return self.until(lambda v: v.case and v.case.application_no == application_no)

    def lay_all(self, family_id: str, *, but: tuple[str, ...] = ()) -> DeskView:
        for paper in papers(family_id):
            if paper.material != "SLIP" and paper.material not in but:
                self.lay(paper)
        return self.settled()
