"""Numbers of papers without gap or double, and each paper printed once and reprinted in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.texts import Text, text
from offline_cache.events import StoredEvent

_MOST_NAMED = 12  # numbers in one sentence


@dataclass(frozen=True)
class Numbers:
    """The paper numbers of a day: how many were issued, the first and the last, those left out and those used twice."""

    issued: int
    first: str
    last: str
    left_out: tuple[int, ...]  # the desk's counter
    doubled: tuple[str, ...]
    differences: tuple[Text, ...]


@dataclass(frozen=True)
class Prints:
    printed: int
    reprints: int
    failed: int
    unprinted: tuple[str, ...]
    differences: tuple[Text, ...]


def number_series(log: Sequence[StoredEvent], day: date) -> Numbers:
    """Over everything up to the end of ``day``: the day's first number must follow the last of the days before."""
    numbers = [(str(e.payload.get("paper_no", "")), _day(e)) for e in log if e.kind == "case.decided"]
    of_day = [number for number, on in numbers if on == day]
    counters = [counter for number, _ in numbers if (counter := _counter(number)) is not None]
    before = max((c for number, on in numbers if on < day and (c := _counter(number)) is not None), default=0)
    last = max((c for number in of_day if (c := _counter(number)) is not None), default=before)
    left_out = tuple(sorted(set(range(before + 1, last + 1)) - set(counters)))
    doubled = tuple(
        sorted(n for n, count in Counter(number for number, _ in numbers).items() if count > 1 and n in of_day)
    )
    same_counter = Counter(counters)
    clashing = tuple(n for n in of_day if (c := _counter(n)) is not None and same_counter[c] > 1 and n not in doubled)
    odd = tuple(number for number in of_day if _counter(number) is None)
    differences = [
        *([text("tally.difference.left_out", numbers=_named([f"{n:06d}" for n in left_out]))] if left_out else []),
        *([text("tally.difference.doubled", numbers=_named([*doubled, *clashing]))] if doubled or clashing else []),
        *([text("tally.difference.odd_number", numbers=_named(list(odd)))] if odd else []),
    ]
    return Numbers(
        len(of_day),
        of_day[0] if of_day else "",
        of_day[-1] if of_day else "",
        left_out,
        (*doubled, *clashing),
        tuple(differences),
    )


def print_checks(log: Sequence[StoredEvent], decided: Sequence[StoredEvent], day: date) -> Prints:
    """``decided``: the decisions of the day that stand."""
    known = {str(e.payload.get("paper_no")) for e in log if e.kind == "case.decided"}
    prints = [e for e in log if e.kind == "paper.printed"]
    settled = [e for e in prints if e.payload.get("settled")]
    came_out = {str(e.payload.get("paper_no")) for e in settled}
    due = [str(e.payload.get("paper_no")) for e in decided]
    unprinted = tuple(number for number in due if number not in came_out)
    strange = sorted({str(e.payload.get("paper_no")) for e in prints if _day(e) == day} - known)
    copies = Counter((str(e.payload.get("paper_no")), int(e.payload.get("copy_no", 1))) for e in settled)
    today = {str(e.payload.get("paper_no")) for e in settled if _day(e) == day}
    twice = sorted({number for (number, _), count in copies.items() if count > 1 and number in today})
    differences = [
        *([text("tally.difference.unprinted", numbers=_named(list(unprinted)))] if unprinted else []),
        *([text("tally.difference.no_decision", numbers=_named(strange))] if strange else []),
        *([text("tally.difference.same_copy", numbers=_named(twice))] if twice else []),
    ]
    return Prints(
        printed=len(due) - len(unprinted),
        reprints=sum(1 for e in settled if _day(e) == day and int(e.payload.get("copy_no", 1)) > 1),
        failed=sum(1 for e in prints if _day(e) == day and not e.payload.get("settled")),
        unprinted=unprinted,
        differences=tuple(differences),
    )


def _counter(paper_no: str) -> int | None:
    tail = paper_no.rsplit("-", 1)[-1]
    return int(tail) if tail.isascii() and tail.isdigit() else None


def _named(numbers: Sequence[str]) -> str:
    more = len(numbers) - _MOST_NAMED
    return ", ".join(numbers[:_MOST_NAMED]) + (f" … (+{more})" if more > 0 else "")


def _day(event: StoredEvent) -> date:
    return datetime.fromisoformat(event.at).date()
