"""F01 and F06 taken through the real app by a simulated person: platform process, practice camera, reader process, PDF printer.

Waiting is what a person at the table feels: from the moment a sheet is captured to its verdicts in the log.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import median

from kiosk.settings import Settings
from offline_cache.store import Store
from practice.world import family

FAMILIES = ("F01", "F06")


def run() -> str:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from benchmarks.watchdog import BLAME_MS, Watchdog
    from yanhe.by_itself import Account, Done, Families
    from yanhe.practice_run import practice_app
    from yanhe.practice_world import prepare

    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        world = prepare(Path(folder) / "practice", Settings(home=Path(folder)), fresh=True)
        ended: list[Done] = []
        began = time.perf_counter()
        try:
            with practice_app(world) as practice:
                practice.window.resize(1366, 768)
                practice.window.show()
                practice.app.processEvents()  # the first painting belongs to the start, not to the run
                usable_s = time.perf_counter() - began
                watchdog = Watchdog(practice.window)
                watchdog.start()
                Families(
                    practice, FAMILIES, Account(lambda _: None), lambda done: (ended.extend(done), practice.app.quit())
                )
                practice.app.exec()
                watchdog.stop()
                for done in ended:
                    lines += _family(practice.running.store, done)
        finally:
            world.platform.stop()
    stalls = (
        f"Window: {len(watchdog.stalls_ms)} beats of 5 ms; stalls median {watchdog.at(0.5):.1f} ms, p99 {watchdog.at(0.99):.1f} ms, "
        f"p99.9 {watchdog.at(0.999):.1f} ms, longest {max(watchdog.stalls_ms):.1f} ms."
    )
    for place, samples in watchdog.blamed.most_common(5):
        print(f"  stalled over {BLAME_MS} ms at {place} ({samples} samples)", file=sys.stderr)
    missing = [f for f in FAMILIES if f not in {d.family_id for d in ended}]
    head = "| family | sheet | reader ms | captured → verdicts ms |\n|---|---|---|---|"
    note = f"\n\n**Not finished: {', '.join(missing)}.**" if missing else ""
    return (
        f"{head}\n" + "\n".join(lines) + f"\n\n{stalls} Window up {usable_s:.1f} s after the start of its parts.{note}"
    )


def _family(store: Store, done: object) -> list[str]:
    from yanhe.by_itself import Done

    assert isinstance(done, Done)
    number = family(done.family_id).application_numbers[0]
    captured: dict[str, datetime] = {}
    rows: list[str] = []
    reader: list[float] = []
    waits: list[float] = []
    for event in store.events(number):
        at = datetime.fromisoformat(event.at)
        if event.kind == "page.captured":
            captured[event.payload["capture_id"]] = at
        elif event.kind == "page.read":
            reader.append(event.payload["timings_ms"]["total"])
            waits.append((at - captured[event.payload["capture_id"]]).total_seconds() * 1000)
            rows.append(
                f"| {done.family_id} | {event.payload['doc_id']} {event.payload['page']} | {reader[-1]:.0f} | {waits[-1]:.0f} |"
            )
    decision = done.view.case.decision.decision if done.view.case else "?"
    rows.append(
        f"| **{done.family_id}** | **{decision}**, {len(reader)} sheets, {done.keys} keys | sum {sum(reader):.0f}, median {median(reader):.0f} "
        f"| sum {sum(waits):.0f}, median {median(waits):.0f} |"
    )
    return rows
