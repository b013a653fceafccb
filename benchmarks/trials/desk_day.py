"""A desk whose day runs by itself, in a process that may be killed: ``python -m benchmarks.trials.desk_day WORLD SEED [--drain]``,
or ``--forks``: stay, with the program imported, and fork such a process for each line "WORLD SEED [--drain]" on the standard input.

Real: the composition of the program, store, log, desk, rules, papers (drawn and saved as PDF), sync thread, platform process. Played: camera
and reader (benchmarks.trials.prompt_reader) and the person. ``--drain``: no acts, only wait until the platform has everything.

To WORLD/acts it appends a line for every act *after* the program has called it written, and one line when the desk is usable again after
its start. The file is written by one system call a line, so a killed process leaves whole lines.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import shlex
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

import yanhe.compose as program
from benchmarks.trials.prompt_reader import DarkCamera, PromptReader
from benchmarks.trials.scripted_day import DayAtTheDesk, DeskHand
from kiosk.case.state import CaseStatus, project
from kiosk.desk.log import CaseLog
from kiosk.desk.view import DeskView, Phase
from kiosk.settings import Settings
from offline_cache.events import StoredEvent
from offline_cache.store import Store
from scanner.layouts import builtin_layouts
from yanhe.private_memory import no_core_dumps

ACTS_FILE = "acts"
_PAGES_BEFORE_ABORT = 3


class Notebook:
    """What the parent process may rely on."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, **facts: Any) -> None:
        os.write(self._file, (json.dumps(facts) + "\n").encode())


def where_it_is(store: Store) -> dict[str, Any]:
    """The case a desk that starts now must open again, as its log tells it; empty when none is open."""
    for event in reversed(store.last_event_per_case()):
        state = project(event.case_id, store.events(event.case_id))
        if state.status in (CaseStatus.OPEN, CaseStatus.DECIDED):
            pages = sorted({page.doc_id for page in state.pages.values()})
            return {"case": event.case_id, "decided": state.decision is not None, "pages": pages}
    return {}


def _where_the_view_is(view: DeskView) -> dict[str, Any]:
    case = view.case
    if case is None:
        return {}
    pages = sorted({document.doc_id for document in case.documents})
    return {"case": case.application_no, "decided": view.phase is Phase.DECIDED, "pages": pages}


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("world", type=Path, nargs="?")
    parser.add_argument("seed", type=int, nargs="?")
    parser.add_argument("--drain", action="store_true")
    parser.add_argument("--papers", type=int, default=0, help="end when so many papers are out and sent; 0: never")
    parser.add_argument("--abort", action="store_true", help="die of a native fault after some acts")
    parser.add_argument("--forks", action="store_true")
    options = parser.parse_args(argv)
    if options.forks:
        _fork_for_each_line()
    else:
        run_day(options.world, options.seed, drain=options.drain, papers=options.papers, abort=options.abort)


def _fork_for_each_line() -> None:
    """The imports of a start are the same every time: a trial of many kills pays for them once."""
    builtin_layouts()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                main(shlex.split(line))
            except SystemExit as end:
                os._exit(int(end.code or 0))
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def run_day(world: Path, seed: int, *, drain: bool, papers: int = 0, abort: bool = False) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    no_core_dumps()
    logging.disable(logging.CRITICAL)  # the day of a line that comes and goes would fill the terminal
    notebook = Notebook(world / ACTS_FILE)
    append = CaseLog.append

    def told(self: CaseLog, *args: Any, **kwargs: Any) -> StoredEvent:
        event = append(self, *args, **kwargs)
        notebook.write(seq=event.seq, event_id=event.event_id, kind=event.kind)
        return event

    CaseLog.append = told
    program.ReaderProcess = PromptReader  # pyright: ignore[reportAttributeAccessIssue]  # stands in its place
    gui = QGuiApplication(["desk"])
    settings = Settings(home=world / "desk", camera="trial")
    with program.running_desk(settings, DarkCamera(), program.Staff("T01", "练习员"), practice=True) as running:
        day = DayAtTheDesk(DeskHand(running.desk), seed)
        running.desk.subscribe(day.seen)
        view = day.first_view()
        notebook.write(usable=time.monotonic(), cpu_s=time.process_time(), where=_where_the_view_is(view))
        if drain:
            _drain(running.store, running.sync.retry_now)
            return
        while not papers or len(running.store.events_of_kind("paper.printed")) < papers:
            day.go_on()
            if abort and len(running.store.events_of_kind("page.read")) > _PAGES_BEFORE_ABORT:
                os.abort()
        _drain(running.store, running.sync.retry_now)
    del gui


def _drain(store: Store, hurry: Callable[[], None]) -> None:
    until = time.monotonic() + 600
    while time.monotonic() < until:
        counts = store.outbox_counts()
        if not (counts.open_events or counts.open_images):
            return
        hurry()
        time.sleep(0.2)
    sys.exit(3)


if __name__ == "__main__":
    main()
