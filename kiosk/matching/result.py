"""What a comparison says: a verdict of three, the two values as compared, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kiosk.texts import Text, text

# How many values the normalisers remember: those of the family at the desk recur on its papers, those of earlier ones soon fall out.
RECENT = 256


class Verdict(StrEnum):
    """ASK means "cannot be decided by rule": a person looks at the picture. NOT_APPLICABLE: there is nothing to compare."""

    MATCH = "match"
    MISMATCH = "mismatch"
    ASK = "ask"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Comparison:
    """One declared value against one printed value.

    ``normalisations`` are the codes of the steps that changed either side (CN_NUMERALS, PREFIX_DROPPED, ROOM_WORD, WIDTH …), sorted.
    ``rule`` names the rule that gave the verdict, e.g. "name.same"; ``why`` says it to people.
    """

    verdict: Verdict
    declared_normal: str
    printed_normal: str
    normalisations: tuple[str, ...]
    rule: str
    why: Text


@dataclass(frozen=True)
class Normal:
    """A value as it is compared, and the codes of the steps that changed it."""

    value: str
    steps: frozenset[str] = frozenset()


def judged(verdict: Verdict, declared: Normal, printed: Normal, rule: str, **params: Any) -> Comparison:
    """A Comparison whose reason is the sentence ``matching.<rule>``; it may mention {declared} and {printed} as compared."""
    params = {"declared": declared.value, "printed": printed.value, **params}
    steps = tuple(sorted(declared.steps | printed.steps))
    return Comparison(verdict, declared.value, printed.value, steps, rule, text(f"matching.{rule}", **params))


def missing(declared: str, printed: str) -> Comparison | None:
    """The verdict when a side is blank: nothing to compare, or a person has to look. None when both sides have a value."""
    if declared.strip() and printed.strip():
        return None
    left, right = Normal(declared.strip()), Normal(printed.strip())
    if not left.value and not right.value:
        return judged(Verdict.NOT_APPLICABLE, left, right, "both_blank")
    return judged(Verdict.ASK, left, right, "one_blank")
