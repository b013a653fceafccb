"""What a reading of a name leaves open although it agrees: may a character be a rarer one that the recogniser reads as this one?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scanner.judge.confusables import inseparable_from, least_certainty
from scanner.judge.ctc import Evidence, windows
from scanner.judge.looks import told_apart
from scanner.judge.rivals import Substitution
from scanner.judge.thresholds import SIBLING_MATCH

BETWEEN_LETTERS = "·.,'-()"
FIRST_OF_HAN = 0x2E80  # beyond all alphabets


def is_name(text: str) -> bool:
    """Letters of one script and what stands between them; a sign, or a letter among characters, is somebody's stand-in for a character."""
    letters = [c for c in text if c not in BETWEEN_LETTERS]
    return all(c.isalpha() for c in letters) and len({ord(c) >= FIRST_OF_HAN for c in letters}) <= 1


def may_be_another_name(
    values: Sequence[Evidence],
    name: str,
    best: float,
    rivals: Mapping[str, float],
    swaps: Sequence[Substitution],
    alphabet: frozenset[str],
) -> bool:
    """Is one of the characters of ``name`` a person's to decide?

    ``values``: what the frames show of the name alone; ``best``: its log-likelihood; ``rivals``: those of other texts; ``swaps``: exchanges
    of one character; ``alphabet``: the recogniser's characters.
    """
    told = told_apart(values, name)
    return told is None or _has_sibling(name, best, rivals, swaps, alphabet, told) or _faint(values, name, told)


def _has_sibling(
    form: str,
    best: float,
    rivals: Mapping[str, float],
    swaps: Sequence[Substitution],
    alphabet: frozenset[str],
    told: Sequence[str],
) -> bool:
    """A name with a character that the picture cannot tell from its sibling is a person's to decide."""
    for position, character in enumerate(form):
        siblings = inseparable_from(character) - set(told[position])
        if not siblings <= alphabet:
            return True
        for swap in swaps:
            if swap.position == position and swap.character in siblings:
                exact = rivals.get(swap.of(form))
                if (best - exact if exact is not None else swap.cost) < SIBLING_MATCH:
                    return True
    return False


def _faint(values: Sequence[Evidence], form: str, told: Sequence[str]) -> bool:
    """Was a character read no more surely than it is where a rare look-alike is printed, and nothing else tells them apart?"""
    for place, character in enumerate(form):
        least = least_certainty(character, told[place])
        if not least:
            continue
        seen: list[float] = []
        for value in values:
            if spans := windows(value, form):
                start, stop = spans[place]
                seen.append(float(value.table[start:stop, value.columns(character)[0]].max()))
        if not seen or np.median(seen) < least:
            return True
    return False
