"""How improbable is it that the paper prints this, when the record says that?

The record was typed by somebody who had the paper in hand. Where it is wrong, a digit was mistyped, two were exchanged, or
a character was taken for one that looks like it; a reading that differs from the record by any odd character, or in
several places at once, is far more likely the recogniser's own mistake. Both kinds are rivals of the record, but the
second starts with a handicap, in natural logarithms. A paper that says something else altogether is not affected: each
of its characters alone contradicts the record more than any handicap makes up for.
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from scanner.judge.confusables import look_alikes

ODD_CHARACTER = 4.0  # another character that does not look like it; a name may be any name, so there it is …
ODD_IN_NAME = 0.5
ONE_MORE = 3.0  # each alteration after the first
LOST_DIGIT = 1.0  # a digit or letter more or less
LOST_CHARACTER = 4.0  # any other character more or less: the edge of the crop, of a seal or a picture …
LOST_IN_NAME = 1.0  # … but a name may well have one more


def improbability(cls: str, recorded: str, printed: str) -> float:
    """The handicap of ``printed`` as a rival of ``recorded`` for a field of class ``cls``; 0 for the likeliest alterations."""
    if len(recorded) == len(printed):
        differing = [(a, b) for a, b in zip(recorded, printed, strict=True) if a != b]
        if len(differing) == 1:
            return _of_exchange(cls, *differing[0])
        if len(differing) == 2 and is_transposed(recorded, printed):
            return 0.0
    total, alterations = 0.0, 0
    for op in Levenshtein.opcodes(recorded, printed):
        was, now = recorded[op.src_start : op.src_end], printed[op.dest_start : op.dest_end]
        if op.tag == "replace" and len(was) == len(now):
            total += sum(_of_exchange(cls, a, b) for a, b in zip(was, now, strict=True))
            alterations += len(was)
        elif op.tag != "equal":
            lost = was + now
            total += sum(_of_loss(cls, c) for c in lost)
            alterations += len(lost)
    return total + ONE_MORE * max(alterations - 1, 0)


def is_transposed(recorded: str, printed: str) -> bool:
    """Are two neighbouring digits or letters exchanged, and is all else equal? One slip of the typist, not two."""
    at = next((i for i, (a, b) in enumerate(zip(recorded, printed, strict=True)) if a != b), len(recorded))
    swapped = recorded[:at] + recorded[at : at + 2][::-1] + recorded[at + 2 :]
    return swapped == printed and recorded[at : at + 2].isascii()


def _of_exchange(cls: str, was: str, now: str) -> float:
    if (was.isascii() and now.isascii()) or now in look_alikes(was):
        return 0.0
    return ODD_IN_NAME if cls == "name" else ODD_CHARACTER


def _of_loss(cls: str, lost: str) -> float:
    if lost.isascii() and lost.isalnum():
        return LOST_DIGIT
    return LOST_IN_NAME if cls == "name" else LOST_CHARACTER
