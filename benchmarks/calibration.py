"""How far ahead of its rivals must a declared value be? Margins on papers of the practice world, medium and bad pictures only.

Every printed form of the fifteen families is read once; each of its values is then judged as declared and as altered: a digit
mistyped, two neighbouring digits exchanged, a character taken for one that looks like it. The table shows, for each field class, how
high the margin of an altered value ever rose, and what the threshold in ``scanner/judge/thresholds.py`` lets through. The specimens
of the shared data are drawn and photographed by another program and take no part in this.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite

from kiosk.matching.forms import printed_forms
from practice.camera.stills import render_still
from practice.paper import Paper
from practice.specimens.values import field_class
from practice.world import families, papers
from scanner.judge.confusables import look_alikes
from scanner.judge.thresholds import THRESHOLDS
from scanner.reader import Reader
from scanner.types import ExpectedSet, FieldReading, Verdict

SEED = 20140424
SEVERITIES = ("medium", "bad")


@dataclass
class Margins:
    genuine: list[float] = field(default_factory=list)
    altered: list[float] = field(default_factory=list)
    matched: int = 0
    false: int = 0
    asked: int = 0
    examples: list[str] = field(default_factory=list)  # made-up people: values may be shown

    def row(self, cls: str) -> str:
        highest = ", ".join(f"{m:.1f}" for m in sorted(self.altered, reverse=True)[:4])
        below = sum(m < THRESHOLDS[cls].match for m in self.genuine)
        return (
            f"| {cls} | {THRESHOLDS[cls].match} | {self.asked} | {100 * self.matched / max(1, self.asked):.1f} | {below} "
            f"| {len(self.altered)} | {highest or '–'} | {self.false} |"
        )


def run() -> str:
    reader = Reader(printed_forms=printed_forms)
    reader.warm_up()
    chance = random.Random(SEED)
    margins: dict[str, Margins] = defaultdict(Margins)
    sheets = 0
    for index, paper in enumerate(_sheets()):
        sheets += 1
        severity = SEVERITIES[index % len(SEVERITIES)]
        picture, _ = render_still(paper, seed=SEED + index, severity=severity, turned=chance.choice((0, 90, 180, 270)))
        _measure(reader, paper, picture, chance, margins)
    head = (
        "| class | threshold | genuine values | matched % | weighed and left to a person | altered values weighed | their highest margins "
        "| false matches |\n|---|---|---|---|---|---|---|---|"
    )
    note = f"{sheets} sheets of families F01 to F15, one 1920×1080 frame each, half medium and half bad, seed {SEED}. Margins are natural logarithms."
    rows = "\n".join(margins[cls].row(cls) for cls in THRESHOLDS if cls in margins)
    examples = "".join(f"\n- {example}" for counts in margins.values() for example in counts.examples)
    return f"{note}\n\n{head}\n{rows}" + (f"\n\nFalse matches:\n{examples}" if examples else "")


def _measure(reader: Reader, paper: Paper, picture, chance: random.Random, margins: dict[str, Margins]) -> None:
    values = {name: value for name, value in paper.fields.items() if value}
    trials = {"genuine": ExpectedSet(values)}
    changed: dict[str, str] = {}
    for name, value in values.items():
        for n, other in enumerate(alterations(field_class(name), value, chance)):
            if other not in printed_forms(field_class(name), value):
                changed[f"{name} {n}"] = name
                trials[f"{name} {n}"] = ExpectedSet({**values, name: other})
    reading = reader.read([picture], expects=trials)
    if reading.document.kind is None:
        return
    for name in values:
        counts = margins[field_class(name)]
        found = reading.verdicts["genuine"][name]
        if found.verdict is Verdict.NOT_FOUND:
            continue
        counts.asked += 1
        counts.matched += found.verdict is Verdict.MATCH
        counts.genuine += _weighed(found)
    for trial, name in changed.items():
        counts, found = margins[field_class(name)], reading.verdicts[trial][name]
        if found.verdict is Verdict.MATCH:
            counts.false += 1
            counts.examples.append(f"{paper.material} {name}: {values[name]} taken for {trials[trial].values[name]}")
        counts.altered += _weighed(found)


def _weighed(found: FieldReading) -> list[float]:
    return [found.margin] if found.margin is not None and isfinite(found.margin) else []


def alterations(cls: str, value: str, chance: random.Random) -> Iterator[str]:
    """Up to five values that differ from ``value`` as a mistyped or doctored one would."""
    digits = [i for i, c in enumerate(value) if c.isascii() and c.isdigit()]
    for at in chance.sample(digits, min(2, len(digits))):
        digit = chance.choice([d for d in "0123456789" if d != value[at]])
        yield value[:at] + digit + value[at + 1 :]
    pairs = [i for i in digits if i + 1 in digits and value[i] != value[i + 1]]
    if pairs:
        at = chance.choice(pairs)
        yield value[:at] + value[at + 1] + value[at] + value[at + 2 :]
    if cls == "date":
        return  # its other characters are the form's
    letters = [i for i, c in enumerate(value) if not c.isascii() and look_alikes(c)]
    for at in chance.sample(letters, min(2, len(letters))):
        yield value[:at] + chance.choice(sorted(look_alikes(value[at]))) + value[at + 1 :]


def _sheets() -> Iterator[Paper]:
    for family in families():
        yield from (p for p in papers(family.id) if p.material != "SLIP" and p.page != "back")
