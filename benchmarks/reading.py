"""Papers of the practice families as the simulated camera shows them, read without being told corners, kind or holder.

Genuine: the declared value is the printed one. Altered: one digit or character of it was changed; a match then is a false match.
The papers are our own drawings: the figures compare versions of this program, they promise nothing about real desks.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from statistics import median

from kiosk.matching.compare import BY_FIELD_CLASS, compare
from kiosk.matching.forms import printed_forms
from practice.camera.stills import render_still
from practice.paper import Paper
from practice.specimens.values import field_class
from practice.world import papers
from scanner.reader import Reader
from scanner.types import ExpectedSet

FAMILIES = ("F01", "F04", "F06")
SEVERITIES = ("good", "medium", "bad")
SEED = 20140419
_CLASSES = ("id", "cert", "name", "address", "date")


def run() -> str:
    reader = Reader(printed_forms=printed_forms)
    reader.warm_up()
    rows = [_severity(reader, severity) for severity in SEVERITIES]
    head = (
        "| camera | sheets | kind right | genuine: match | cannot tell | mismatch | not found | altered | false match | ms a sheet |\n"
        "|---|---|---|---|---|---|---|---|---|---|"
    )
    return f"Families {', '.join(FAMILIES)}, 1920×1080, one frame a sheet, seed {SEED}.\n\n{head}\n" + "\n".join(rows)


def _severity(reader: Reader, severity: str) -> str:
    chance = random.Random(SEED)
    verdicts: Counter[str] = Counter()
    altered: Counter[str] = Counter()
    kinds = sheets = 0
    times: list[float] = []
    for paper in _sheets():
        sheets += 1
        frame, _ = render_still(paper, seed=chance.randrange(1 << 30), severity=severity)
        declared = {k: v for k, v in paper.records.items() if field_class(k) in _CLASSES and v}
        trials = {"genuine": ExpectedSet(declared)}
        changed: dict[str, str] = {}
        for name, value in declared.items():
            other = _altered(value, chance)
            if compare(BY_FIELD_CLASS[field_class(name)], other, value).verdict.value == "mismatch":
                changed[f"altered {name}"] = name
                trials[f"altered {name}"] = ExpectedSet({**declared, name: other})
        began = time.perf_counter()
        reading = reader.read([frame], expects=trials)
        times.append((time.perf_counter() - began) * 1000)
        kinds += reading.document.kind == paper.material
        for name in declared:
            found = reading.verdicts.get("genuine", {}).get(name)
            verdicts[found.verdict.value if found and found.verdict else "not_found"] += 1
        for trial, name in changed.items():
            found = reading.verdicts.get(trial, {}).get(name)
            altered[found.verdict.value if found and found.verdict else "not_found"] += 1
    total, trials_made = sum(verdicts.values()), sum(altered.values())

    def share(verdict: str) -> str:
        return f"{100 * verdicts[verdict] / total:.1f} %"

    return (
        f"| {severity} | {sheets} | {kinds} | {share('match')} | {share('cannot_tell')} | {share('mismatch')} | {share('not_found')} "
        f"| {trials_made} | {altered['match']} | median {median(times):.0f}, longest {max(times):.0f} |"
    )


def _sheets() -> Iterator[Paper]:
    for family_id in FAMILIES:
        yield from (p for p in papers(family_id) if p.material != "SLIP" and p.page != "back")


def _altered(value: str, chance: random.Random) -> str:
    """One digit exchanged for another; in a value without digits, one character for the next in the code table."""
    places = [i for i, c in enumerate(value) if c.isascii() and c.isdigit()] or list(range(len(value)))
    at = chance.choice(places)
    old = value[at]
    new = str((int(old) + chance.randrange(1, 10)) % 10) if old.isascii() and old.isdigit() else chr(ord(old) + 1)
    return value[:at] + new + value[at + 1 :]
