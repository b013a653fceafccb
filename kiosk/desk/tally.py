"""The day at this desk in numbers, counted from the log and from nothing else, and checked against each other.

Pure: the same events give the same tally, at the desk, on the command line and years later. Each number is counted in a way of its own where there
is one, so that a difference shows; a difference is said, never smoothed. No names: numbers of papers and staff only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from kiosk.desk.tally_checks import Numbers, number_series, print_checks
from kiosk.texts import Text, text
from kiosk.wire.chain import GENESIS
from offline_cache.events import ChainLink, StoredEvent

OUTCOMES = ("RECEIPT", "RETURN", "REFER")


@dataclass(frozen=True)
class Counted:
    """How often something with a code and a sentence happened."""

    code: str
    said: str
    count: int


@dataclass(frozen=True)
class Overruled:
    """How often one clerk overruled the machine for one reason."""

    reason: str
    clerk: str
    count: int


@dataclass(frozen=True)
class Tally:
    """Families are applications. ``receipts`` + ``returns`` + ``refers`` + ``held`` + ``unfinished`` + ``only_closed`` are all ``families``."""

    day: date
    families: int  # opened on this day
    receipts: int
    returns: int
    refers: int
    held: int
    unfinished: int  # neither decided nor put aside
    only_closed: int  # decided on an earlier day, originals handed back today
    decisions: int  # that stand; each has a paper
    decided_again: int  # decisions of families that had one before, on the same day
    taken_back: int  # decisions undone; their numbers stay used
    walk_ins: tuple[Counted, ...]
    return_reasons: tuple[Counted, ...]
    refer_reasons: tuple[Counted, ...]
    overruled: tuple[Overruled, ...]
    numbers: Numbers
    printed: int  # papers with a print that ended well
    reprints: int
    failed_prints: int
    unprinted: tuple[str, ...]
    originals: int  # handed back
    not_handed_back: int  # families decided on this day whose originals nobody has confirmed as handed back
    deliveries: Mapping[str, int]  # events of the day by how their sending stands
    events: int
    head_number: int
    head_hash: str
    differences: tuple[Text, ...]

    def as_json(self, say: Callable[[Text], str]) -> dict[str, Any]:
        """Plain data; differences in words."""
        content = asdict(self)
        content["day"] = self.day.isoformat()
        content["differences"] = [say(sentence) for sentence in self.differences]
        return content


@dataclass
class _Case:
    """One application as it stands at the end of the day."""

    status: str = "CLOSED"  # OPEN | HELD | DECIDED | ENDED
    decision: StoredEvent | None = None
    opened_today: bool = False
    decided_today: list[StoredEvent] = field(default_factory=list)


def tally(
    events: Iterable[StoredEvent], day: date, delivery: Callable[[str], str | None], *, chain: ChainLink
) -> Tally:
    """``events``: the desk's whole log, oldest first; what came after ``day`` is left out. ``delivery``: how an event's sending stands;
    ``chain``: the link by which this desk's acts are chained."""
    log = [event for event in events if _day(event) <= day]
    undone = {str(e.payload.get("event_id")) for e in log if e.kind == "act.undone"}
    standing = [e for e in log if e.event_id not in undone]
    today = [e for e in standing if _day(e) == day]
    of_today = [e for e in log if _day(e) == day]
    cases = _cases(standing, day)
    seen = [case for case in cases.values() if case.opened_today or case.decided_today]
    decided = [e for e in today if e.kind == "case.decided"]
    by_family = Counter(_outcome(case, day) for case in seen)
    numbers = number_series(log, day)
    prints = print_checks(log, decided, day)
    deliveries = Counter(delivery(e.event_id) or "lost" for e in of_today)
    seq, digest = (log[-1].seq, log[-1].hash) if log else (0, GENESIS)
    found = Tally(
        day=day,
        families=len({e.case_id for e in today if e.kind in ("visit.opened", "case.decided")}),
        receipts=by_family["RECEIPT"],
        returns=by_family["RETURN"],
        refers=by_family["REFER"],
        held=by_family["HELD"],
        unfinished=by_family["OPEN"],
        only_closed=by_family["EARLIER"],
        decisions=len(decided),
        decided_again=sum(len(case.decided_today) - 1 for case in seen if len(case.decided_today) > 1),
        taken_back=sum(1 for e in of_today if e.kind == "case.decided" and e.event_id in undone),
        walk_ins=_by_reason(e for e in today if e.kind.startswith("walkin.")),
        return_reasons=_reasons(e for e in decided if e.payload.get("decision") == "RETURN"),
        refer_reasons=_reasons(e for e in decided if e.payload.get("decision") == "REFER"),
        overruled=_overruled(today),
        numbers=numbers,
        printed=prints.printed,
        reprints=prints.reprints,
        failed_prints=prints.failed,
        unprinted=prints.unprinted,
        originals=sum(int(e.payload.get("originals_returned", 0)) for e in today if e.kind == "visit.ended"),
        not_handed_back=sum(1 for case in seen if case.status == "DECIDED" and case.decided_today),
        deliveries={state: deliveries[state] for state in ("accepted", "sent", "waiting", "refused", "lost")},
        events=len(of_today),
        head_number=seq,
        head_hash=digest,
        differences=(),
    )
    said = (*numbers.differences, *prints.differences, *_differences(found, decided), *_chain(log, of_today, chain))
    return Tally(**{**_shallow(found), "differences": tuple(said)})


def _shallow(found: Tally) -> dict[str, Any]:
    return {name: getattr(found, name) for name in found.__dataclass_fields__}


def _day(event: StoredEvent) -> date:
    """By the desk's own clock and time zone, which the event carries."""
    return datetime.fromisoformat(event.at).date()


def _cases(standing: Sequence[StoredEvent], day: date) -> dict[str, _Case]:
    cases: dict[str, _Case] = {}
    for event in standing:
        if not event.case_id:
            continue
        case = cases.setdefault(event.case_id, _Case())
        match event.kind:
            case "visit.opened":
                if event.payload.get("via") != "resumed":
                    case.decision = None
                case.status = "OPEN" if case.decision is None else "DECIDED"
                case.opened_today = case.opened_today or _day(event) == day
            case "case.decided":
                case.status, case.decision = "DECIDED", event
                if _day(event) == day:
                    case.decided_today.append(event)
            case "visit.suspended":
                case.status = "HELD"
            case "visit.ended":
                case.status = "ENDED"
            case _:
                pass
    return cases


def _outcome(case: _Case, day: date) -> str:
    if case.status in ("DECIDED", "ENDED") and case.decision is not None:
        return str(case.decision.payload.get("decision")) if _day(case.decision) == day else "EARLIER"
    return "HELD" if case.status == "HELD" else "OPEN"


def _by_reason(events: Iterable[StoredEvent]) -> tuple[Counted, ...]:
    counts = Counter(str(e.payload.get("reason") or "OTHER") for e in events)
    return tuple(Counted(code, "", count) for code, count in counts.most_common())


def _reasons(decided: Iterable[StoredEvent]) -> tuple[Counted, ...]:
    """A paper that gives the same reason twice was still one family with that reason."""
    counts: Counter[str] = Counter()
    said: dict[str, str] = {}
    for event in decided:
        reasons = {str(r.get("code")): str(r.get("text", "")) for r in event.payload.get("reasons", [])}
        counts.update(reasons.keys())
        said.update(reasons)
    return tuple(Counted(code, said[code], count) for code, count in counts.most_common())


def _overruled(today: Iterable[StoredEvent]) -> tuple[Overruled, ...]:
    counts = Counter(
        (str(e.payload["reason_code"]), e.actor)
        for e in today
        if e.kind == "field.answered" and e.payload.get("answer") == "match" and e.payload.get("reason_code")
    )
    return tuple(Overruled(reason, clerk, count) for (reason, clerk), count in sorted(counts.items()))


def _differences(found: Tally, decided: Sequence[StoredEvent]) -> Iterable[Text]:
    whole = found.receipts + found.returns + found.refers + found.held + found.unfinished + found.only_closed
    if whole != found.families:
        yield text("tally.difference.families", families=found.families, sum=whole)
    for outcome, families in zip(OUTCOMES, (found.receipts, found.returns, found.refers), strict=True):
        papers = sum(1 for e in decided if e.payload.get("decision") == outcome)
        if papers < families:
            yield text("tally.difference.decisions", decision=Text(f"tally.outcome.{outcome}"), a=papers, b=families)
    issued = found.decisions + found.taken_back
    if issued != found.numbers.issued:
        yield text("tally.difference.issued", numbers=found.numbers.issued, decisions=issued)
    if found.unfinished:
        yield text("tally.difference.unfinished", count=found.unfinished)
    if found.not_handed_back:
        yield text("tally.difference.originals", count=found.not_handed_back)
    if found.deliveries["refused"]:
        yield text("tally.difference.refused", count=found.deliveries["refused"])
    if found.deliveries["lost"]:
        yield text("tally.difference.lost", count=found.deliveries["lost"])


def _chain(log: Sequence[StoredEvent], of_today: Sequence[StoredEvent], chain: ChainLink) -> Iterable[Text]:
    """Every act of the day follows from the one before it, and none is missing."""
    if not of_today:
        return
    at = len(log) - len(of_today)
    before = log[at - 1] if at else None
    seq, digest = (before.seq, before.hash) if before else (of_today[0].seq - 1, of_today[0].prev_hash)
    for event in log[at:]:
        if event.seq != seq + 1 or event.prev_hash != digest or chain(digest, event.as_dict()) != event.hash:
            yield text("tally.difference.chain", number=event.seq)
            return
        seq, digest = event.seq, event.hash
