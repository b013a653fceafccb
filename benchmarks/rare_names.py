"""Names with rare and easily confused characters, decided by reading alone: nothing but the name's own print, one frame.

Each printed name is judged against itself and against every record that is a mistake for it: a character exchanged for
another of its confusion set (domain handbook §4.7), for what the data file of look-alikes holds for it, both ways, and for
whatever the recogniser itself reads in the print. A match with any of those is a false match.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from benchmarks.name_pictures import PrintedName, names, picture
from kiosk.matching.forms import printed_forms
from scanner.judge import Question, alphabet_of, evidence_of, judge
from scanner.judge.confusables import inseparable_from
from scanner.text import create_recogniser
from scanner.text.base import LineReading, Recogniser
from scanner.types import Verdict

COUNT, SEED = 500, 20141
KINDS = ("ordinary", "confusable", "rare")


def run(seed: int = SEED) -> str:
    printed: Counter[str] = Counter()
    genuine: dict[str, Counter[str]] = defaultdict(Counter)
    pairs: Counter[str] = Counter()
    false: dict[str, list[str]] = defaultdict(list)
    recogniser = create_recogniser(threads=1)
    for name in names(COUNT, seed):
        (reading,) = recogniser.recognise([picture(name)])
        printed[name.kind] += 1
        genuine[name.kind][verdict(name.text, reading, recogniser)] += 1
        for record in mistakes(name, reading):
            pairs[name.kind] += 1
            if verdict(record, reading, recogniser) is Verdict.MATCH:
                false[name.kind].append(f"{name.text} for {record}")
    rows = [_row(kind, printed[kind], genuine[kind], pairs[kind], false[kind]) for kind in KINDS]
    every: Counter[str] = Counter()
    for counted in genuine.values():
        every.update(counted)
    rows.append(
        _row("all", sum(printed.values()), every, sum(pairs.values()), [pair for kind in KINDS for pair in false[kind]])
    )
    head = "| names | printed | genuine: match % | cannot tell % | mismatch % | altered records | false match |\n|---|---|---|---|---|---|---|"
    return (
        f"Drawn in Noto CJK, Hanazono and BabelStone Han at 14–40 px, seed {seed}; reading alone, one frame.\n\n{head}\n"
        + "\n".join(rows)
    )


def verdict(record: str, reading: LineReading, recogniser: Recogniser) -> Verdict:
    """What reading alone says of a declared name."""
    question = Question("name", tuple(dict.fromkeys((record, *printed_forms("name", record)))))
    evidence = [evidence_of([reading.probabilities])] if reading.probabilities is not None else []
    return judge(question, evidence, alphabet_of(recogniser.dictionary)).verdict


def mistakes(name: PrintedName, reading: LineReading) -> Iterator[str]:
    """Records that are not this name and that this print could be taken for."""
    found = dict.fromkeys(name.others)
    for place, character in enumerate(name.text):
        for other in sorted(inseparable_from(character)):
            found[name.text[:place] + other + name.text[place + 1 :]] = None
    if len(reading.text) == len(name.text):
        found[reading.text] = None
    for record in found:
        if name.text not in {record, *printed_forms("name", record)}:
            yield record


def _row(name: str, printed: int, genuine: Counter[str], pairs: int, false: list[str]) -> str:
    shares = " | ".join(f"{100 * genuine[v] / max(1, printed):.1f}" for v in ("match", "cannot_tell", "mismatch"))
    example = f" ({', '.join(false[:6])})" if false else ""
    return f"| {name} | {printed} | {shares} | {pairs} | {len(false)}{example} |"
