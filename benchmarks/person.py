"""A scripted person at the real app: both windows on a virtual screen, X key strokes and mouse clicks alone, papers under the practice camera.

Waiting for the machine is time in which the person can do nothing: no paper to lay or take away, nothing to answer. It is read from the
running app (benchmarks/visit/waiting.py) in three parts: the camera has not taken the paper that lies still, the reader is not through,
the paper is not printed. The hand is a quick one (0.7 s to lay, 0.5 s to take away), which leaves the machine little time to itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.visit.person import purposes
from benchmarks.visit.screen import screen
from benchmarks.visit.visits import Day, Visit
from benchmarks.visit.watched import watched_app
from kiosk.settings import Settings
from yanhe.practice_world import prepare

KEYS_AT_MOST, MACHINE_S_AT_MOST = 12, 12.0


def run(display: str = "", only: tuple[str, ...] = ()) -> str:
    with tempfile.TemporaryDirectory() as folder, screen(display) as environment:
        world = Path(folder) / "practice"
        platform = prepare(world, Settings(home=Path(folder)), fresh=True).platform
        try:
            with watched_app(world, environment) as app:
                day = Day(app, environment)
                day.ready()
                attend(day, only)
                report = app.report()
                open_then = day.broken_off("F02", "killed with SIGKILL in the middle")
                app.kill()
            with watched_app(world, environment) as app:
                again = app.started("usable", "family", "reader ready")
                open_now = app.state()
                app.kill()  # with the family still at the desk
            with watched_app(world, environment) as app:
                again = _slower(again, app.started("usable", "family", "reader ready"))
        finally:
            platform.stop()
    for visit in day.visits:
        print(
            f"  {visit.family_id} {visit.what}: {', '.join(f'{key} ({what})' for key, what in visit.keys)}",
            file=sys.stderr,
        )
    for stumble in day.stumbles:
        print(f"  stumbled: {stumble}", file=sys.stderr)
    for place, times in report["blamed"]:
        print(f"  stalled: {times} × {place}", file=sys.stderr)
    same = _at_the_desk(open_now) == _at_the_desk(open_then)
    return _table(day.visits, report, len(day.stumbles)) + _restart(again, same)


def attend(day: Day, only: tuple[str, ...] = ()) -> None:
    """The visits of the day; ``only`` names the kinds wanted, none means all."""
    kinds = {
        "receipt": lambda: day.whole("F16", "six originals, everything agrees"),
        "return": lambda: day.whole("F06", "an address differs"),
        "confirm": lambda: day.whole("F13", "a name to be confirmed by a person"),
        "refer": lambda: day.whole("F10", "for the district to decide"),
        "twins": lambda: day.whole("F09", "twins in one visit"),
        "hold": lambda: day.held_between("F01", "F04", "held with F6", "between: a paper is missing"),
    }
    for kind, visit in kinds.items():
        if not only or kind in only:
            visit()


def _table(visits: list[Visit], report: dict, stumbles: int) -> str:
    lines = [
        "| family | what | outcome | sheets | keys | clicks | waiting for the machine s | of it camera, reading, printing | at the desk s |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_row(visit) for visit in visits),
    ]
    stalls, start = report["stalls_ms"], report["start_s"]
    six = next((v for v in visits if v.family_id == "F16"), None)
    target = ""
    if six is not None:
        met = len(six.keys) <= KEYS_AT_MOST and six.machine_s <= MACHINE_S_AT_MOST and not six.trouble
        target = (
            f"\n\nSix originals with every field matching: {len(six.keys)} keys (target {KEYS_AT_MOST}), "
            f"{six.machine_s:.1f} s waiting (target {MACHINE_S_AT_MOST:.0f} s): {'met' if met else '**missed**'}."
        )
    return (
        "\n".join(lines)
        + target
        + f"\n\nWindow from the moment it could be used to the end: {report['beats']} beats of 5 ms; stalls median {stalls['0.5']:.1f} ms, p99 {stalls['0.99']:.1f} ms, "
        f"p99.9 {stalls['0.999']:.1f} ms, longest {report['longest_ms']:.1f} ms. From the start of the process to a window with the school's list "
        f"and a camera picture {start.get('usable', float('nan')):.1f} s (the list, pulled for the first time, {start.get('list', float('nan')):.1f} s, "
        f"the picture {start.get('picture', float('nan')):.1f} s), to a warm reader {start.get('reader ready', float('nan')):.1f} s "
        f"(program files in the system's cache). Times the person did not know what to do or a key did nothing: {stumbles}."
    )


def _slower(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {mark: max(one[mark], other[mark]) for mark in one.keys() & other.keys()}


def _at_the_desk(state: dict[str, Any]) -> tuple[object, ...]:
    case = state["case"] or {}
    return state["phase"], *(
        case.get(part) for part in ("application_no", "documents", "row", "question", "outstanding")
    )


def _restart(start: dict[str, float], same: bool) -> str:
    family = "with the same papers and the same answers" if same else "**not as it was**"
    return (
        f" Killed with SIGKILL in the middle of a visit and started again, twice (the slower figures): a window with list and camera picture "
        f"after {start['usable']:.1f} s, the family on it after {start['family']:.1f} s, {family}, the reader warm after "
        f"{start['reader ready']:.1f} s."
    )


def _row(visit: Visit) -> str:
    parts = ", ".join(f"{visit.turns.get(turn, 0.0):.1f}" for turn in ("camera", "reading", "printing"))
    outcome = f"**{visit.trouble[:60]}**" if visit.trouble else visit.decision
    return (
        f"| {visit.family_id} | {visit.what} | {outcome} | {visit.sheets} | {len(visit.keys)} ({purposes(visit.keys)}) | {len(visit.clicks)} | "
        f"{visit.machine_s:.1f} | {parts} | {visit.open_s:.1f} |"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--display", default="", help="as :36; a free one when not given")
    parser.add_argument("only", nargs="*", help="receipt return confirm refer twins hold")
    chosen = parser.parse_args()
    print(run(chosen.display, tuple(chosen.only)))
