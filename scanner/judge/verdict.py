"""From evidence and an expected value to one of three verdicts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from rapidfuzz.distance import Levenshtein

from scanner.judge.confusables import inseparable_from
from scanner.judge.ctc import Evidence, log_likelihoods
from scanner.judge.names import is_name, may_be_another_name
from scanner.judge.numbers import is_citizen_number
from scanner.judge.prior import improbability
from scanner.judge.rivals import Substitution, substitutions, transpositions, valid_number_cost
from scanner.judge.thresholds import (
    CERTAIN,
    CHECKED_MATCH,
    CHECKED_VALID_MATCH,
    FARTHEST_BEHIND,
    FITS_BADLY,
    SHORT,
    SHORT_MATCH,
    THRESHOLDS,
)
from scanner.text.folding import fold_text
from scanner.types import Verdict

NEAREST_FORMS = 4  # of the forms in which a value may be printed
FIRST_YEAR, LAST_YEAR = 1900, 2100  # of any date on a paper; 9999 stands for "for ever" on a few
EXACT_TRANSPOSED = 2
EXACT_RIVALS = 6  # substitutions scored exactly; the rest cannot come first


@dataclass(frozen=True)
class Question:
    """An expected value and what is known of the place where it should stand.

    ``forms``: every way a paper may print the value. ``before``, ``after``: patterns of print beside it. ``pattern``:
    what the place holds on every copy. ``sure``: the place was found by its own label.
    """

    cls: str
    forms: tuple[str, ...]
    before: str = ""
    after: str = ""
    pattern: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Judgement:
    """``margin``: log-likelihood of the best form minus that of its best rival, improbable ones handicapped; None when
    nothing was weighed, or when the value is so far behind what stands there that its rivals do not matter. ``fit``: minus
    that of the free reading.
    """

    verdict: Verdict
    reason: str
    margin: float | None = None
    fit: float = float("-inf")
    truncated: bool = False  # what was read is a piece of the value, or more than it


def alphabet_of(dictionary: frozenset[str]) -> frozenset[str]:
    """A recogniser's folded dictionary as the judge writes it: upper case."""
    return frozenset(character.upper() for character in dictionary)


def judge(question: Question, evidences: Sequence[Evidence], alphabet: frozenset[str]) -> Judgement:
    """Is one of the forms printed there?

    ``evidences``: one a frame of the burst; ``alphabet``: the recogniser's characters (``alphabet_of``). Reasons are keys:
    agrees, nothing_read, outside_dictionary, look_alike, close_call, reads_otherwise, unsure_place, unclear_print.
    """
    evidences = [e for e in evidences if e.text]
    if not evidences:
        return Judgement(Verdict.CANNOT_TELL, "nothing_read")
    forms = [f for f in dict.fromkeys(fold_text(form).upper() for form in question.forms) if f]
    readable = [f for f in forms if set(f) <= alphabet]
    own = next(iter(forms), "")
    if not readable or (question.cls == "name" and not (set(own) <= alphabet and is_name(own))):
        return Judgement(Verdict.CANNOT_TELL, "outside_dictionary")
    return _weigh(question, evidences, readable, alphabet)


def _weigh(question: Question, evidences: list[Evidence], forms: list[str], alphabet: frozenset[str]) -> Judgement:
    beside = [_context(question, e, forms) for e in evidences]
    readings = {e.text[len(p) : len(e.text) - len(s)] for e, (p, s) in zip(evidences, beside, strict=True)}
    readings -= {""}
    forms = _nearest(forms, readings)
    scores = _scores(evidences, beside, [*forms, *sorted(readings - set(forms))])
    best_form, best = max(((f, scores[f]) for f in forms), key=lambda item: item[1])
    rivals = {text: score for text, score in scores.items() if text not in forms}
    free = max(scores.values())

    swaps = substitutions([_stripped(e, p, s) for e, (p, s) in zip(evidences, beside, strict=True)], best_form)
    dearness = {s: s.cost + improbability(question.cls, best_form, s.of(best_form)) for s in swaps}
    exact = [s.of(best_form) for s in sorted(swaps, key=lambda s: dearness[s])[:EXACT_RIVALS]]
    exact += [text for _, text in transpositions(swaps, best_form)[:EXACT_TRANSPOSED] if text not in exact]
    rivals |= _scores(evidences, beside, [text for text in exact if text not in scores])
    rivals = {
        text: score for text, score in rivals.items() if text not in forms and _possible(question, best_form, text)
    }
    fit = best - max([free, *rivals.values()])
    if fit < FARTHEST_BEHIND or best < -FITS_BADLY * max(len(best_form), 2):
        agreement = _Agreement(False, None)
    else:
        agreement = _agreement(question.cls, best_form, best, rivals, swaps)
    margin = agreement.margin

    if agreement.holds:
        if question.cls == "name":
            values = [_stripped(e, p, s) for e, (p, s) in zip(evidences, beside, strict=True)]
            if may_be_another_name(values, best_form, best, rivals, swaps, alphabet):
                return Judgement(Verdict.CANNOT_TELL, "look_alike", margin, fit)
        return Judgement(Verdict.MATCH, "agrees", margin, fit)
    truncated = all(len(reading) != len(best_form) for reading in readings)
    verdict, reason = _contradiction(question, evidences, beside, forms, best_form, best - free)
    return Judgement(verdict, reason, margin, fit, truncated)


def _nearest(forms: list[str], readings: set[str]) -> list[str]:
    """The few forms that are most like what was read; no other can be the likeliest."""
    if len(forms) <= NEAREST_FORMS or not readings:
        return forms
    return sorted(forms, key=lambda form: min(Levenshtein.distance(form, reading) for reading in readings))[
        :NEAREST_FORMS
    ]


def _possible(question: Question, form: str, rival: str) -> bool:
    """Can this be printed there at all? Where every copy has a letter and nine digits, a reading of ten digits is no
    rival: position tells O from 0. Nor is a 96th of September."""
    if question.cls == "date" and _is_day(form) and not _is_day(rival):
        return False
    if not question.pattern or not re.fullmatch(question.pattern, form):
        return True
    return re.fullmatch(question.pattern, rival) is not None


def _is_day(text: str) -> bool:
    """A year and a day of it, in whatever order its numbers stand; True for what has no three numbers."""
    numbers = re.findall(r"\d+", text)
    if len(numbers) != 3:
        return True
    for year, month, day in (numbers, numbers[::-1]):
        if len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR:
            try:
                date(int(year), int(month), int(day))
            except ValueError:
                continue
            return True
    return False


def _context(question: Question, evidence: Evidence, forms: Sequence[str]) -> tuple[str, str]:
    """The print before and after the value within one reading of the place."""
    text = evidence.text
    before = after = ""
    if question.before and (found := re.match(question.before, text)):
        before = found.group()
    if question.after and (found := re.search(f"(?:{question.after})$", text[len(before) :])):
        after = found.group()
    if not before and not after:
        before, after = _beside_pattern(question.pattern, text)
    if not before and not after:
        before, after = _smudges(evidence, forms)
    return (before, after) if len(before) + len(after) < len(text) else ("", "")


def _beside_pattern(pattern: str, text: str) -> tuple[str, str]:
    """What stands beside the one part of a reading that looks as the value must."""
    found = re.search(pattern, text) if pattern else None
    if found is None or not found.group():
        return "", ""
    before, after = text[: found.start()], text[found.end() :]
    if _runs_on(before[-1:], found.group()[0]) or _runs_on(found.group()[-1], after[:1]):
        return "", ""
    return before, after


def _smudges(evidence: Evidence, forms: Sequence[str]) -> tuple[str, str]:
    """Uncertain characters of another script beside a form that was read whole: a finger, the edge of a seal."""
    for form in forms:
        start = evidence.text.find(form)
        if start < 0 or len(form) == len(evidence.text):
            continue
        stop = start + len(form)
        before, after = evidence.text[:start], evidence.text[stop:]
        beside = (*evidence.certainty[:start], *evidence.certainty[stop:])
        if max(beside) < CERTAIN and not _runs_on(before[-1:], form[0]) and not _runs_on(form[-1], after[:1]):
            return before, after
    return "", ""


def _runs_on(left: str, right: str) -> bool:
    """Do two neighbouring characters look like parts of one number or one word?"""
    return bool(left and right) and _script(left) == _script(right) != "other"


def _script(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isalpha():
        return "latin" if character.isascii() else "han"
    return "other"


def _stripped(evidence: Evidence, before: str, after: str) -> Evidence:
    return evidence if not before and not after else _cut_context(evidence, len(before), len(after))


def _cut_context(evidence: Evidence, before: int, after: int) -> Evidence:
    """The evidence without the steps of the print beside the value."""
    best = evidence.table[:, :-1].argmax(axis=1)
    peaks = [t for t, column in enumerate(best) if column and (t == 0 or column != best[t - 1])]
    start = (peaks[before - 1] + peaks[before] + 1) // 2 if before else 0
    stop = (peaks[len(peaks) - after - 1] + peaks[len(peaks) - after] + 1) // 2 if after else evidence.steps
    end = len(evidence.text) - after
    return replace(
        evidence,
        table=evidence.table[start:stop],
        marks=None if evidence.marks is None else evidence.marks[start:stop],
        text=evidence.text[before:end],
        certainty=evidence.certainty[before:end],
    )


def _scores(evidences: Sequence[Evidence], beside: Sequence[tuple[str, str]], texts: Sequence[str]) -> dict[str, float]:
    """Each text's log-likelihood in its surroundings, summed over the frames."""
    total = np.zeros(len(texts))
    for context in dict.fromkeys(beside):
        frames = [e for e, c in zip(evidences, beside, strict=True) if c == context]
        weights = np.array([e.weight for e in frames])
        total += weights @ log_likelihoods(frames, [context[0] + text + context[1] for text in texts])
    return dict(zip(texts, total.tolist(), strict=True))


@dataclass(frozen=True)
class _Agreement:
    holds: bool
    margin: float | None


def _agreement(cls: str, form: str, best: float, rivals: dict[str, float], swaps: Sequence[Substitution]) -> _Agreement:
    """Is the record ahead of everything else that might as well be printed there, by what its class asks for?"""
    if is_citizen_number(form):
        # the office that prints a number computes its check character: a reading without one is a misreading
        others = [score for text, score in rivals.items() if is_citizen_number(text)]
        among_valid = min(best - max(others, default=-np.inf), valid_number_cost(swaps, form))
        invalid = [
            score - improbability(cls, form, text) for text, score in rivals.items() if not is_citizen_number(text)
        ]
        margin = best - max(invalid, default=-np.inf)
        return _Agreement(margin >= CHECKED_MATCH and among_valid >= CHECKED_VALID_MATCH, min(margin, among_valid))
    margin = best - max((score - improbability(cls, form, text) for text, score in rivals.items()), default=-np.inf)
    wanted = THRESHOLDS[cls].match
    if cls == "other" and len(form) <= SHORT:
        wanted = max(wanted, SHORT_MATCH)
    return _Agreement(margin >= wanted, margin)


def _contradiction(
    question: Question,
    evidences: Sequence[Evidence],
    beside: Sequence[tuple[str, str]],
    forms: Sequence[str],
    best_form: str,
    behind: float,
) -> tuple[Verdict, str]:
    """Mismatch only where the paper reads clearly, the place is certain, and what differs was read with certainty."""
    if behind > -THRESHOLDS[question.cls].mismatch:
        return Verdict.CANNOT_TELL, "close_call"
    if not question.sure:
        return Verdict.CANNOT_TELL, "unsure_place"
    agreed = 0
    for evidence, (before, after) in zip(evidences, beside, strict=True):
        stop = len(evidence.text) - len(after)
        text, certainty = evidence.text[len(before) : stop], evidence.certainty[len(before) : stop]
        agreed += _differs_for_certain(question, text, certainty, forms, best_form)
    if agreed * 2 > len(evidences):
        return Verdict.MISMATCH, "reads_otherwise"
    return Verdict.CANNOT_TELL, "unclear_print"


def _shape(text: str) -> str:
    return re.sub(r"\d", "0", text)


def _differs_for_certain(
    question: Question, text: str, certainty: Sequence[float], forms: Sequence[str], best_form: str
) -> bool:
    if not text or np.mean(certainty) < CERTAIN:
        return False
    if question.pattern and not re.fullmatch(question.pattern, text):
        return False
    if len(text) == 18 and is_citizen_number(best_form) and not is_citizen_number(text):
        return False
    if question.cls == "date" and _shape(text) not in {_shape(form) for form in forms}:
        return False
    nearest = min(forms, key=lambda form: Levenshtein.distance(form, text))
    certain = False
    for op in Levenshtein.opcodes(nearest, text):
        at_an_end = op.src_start == 0 or op.src_end == len(nearest)
        if op.tag == "equal" or (op.tag != "replace" and at_an_end):
            continue  # a line cut short, or with something beside it, says nothing against the rest
        wanted, read = nearest[op.src_start : op.src_end], text[op.dest_start : op.dest_end]
        sure = min(certainty[op.dest_start : op.dest_end], default=1.0) >= CERTAIN
        if op.tag == "replace" and len(wanted) == len(read):
            pairs = list(zip(wanted, read, strict=True))
            if question.cls == "address":  # other words may be another way to write it, another number never is
                pairs = [(w, r) for w, r in pairs if (w.isdigit() and r.isdigit()) or (w + r).isascii()]
            certain |= sure and bool(pairs) and not all(r in inseparable_from(w) for w, r in pairs)
        elif question.cls in ("id", "cert") and re.search(r"[0-9A-Z]", wanted + read):
            certain |= sure
    return certain
