"""The tally in words, once for the window, the paper and the command line."""

from __future__ import annotations

from datetime import datetime

from kiosk.desk.ports import DeskIdentity
from kiosk.desk.tally import Counted, Tally
from kiosk.paper.build import printed_day
from kiosk.paper.tally_model import TallyLine, TallyPaper, TallySection
from kiosk.texts import Text, catalogue, say, text


def tally_paper(
    tally: Tally,
    identity: DeskIdentity,
    *,
    clerk_no: str,
    made_at: datetime,
    copy_no: int = 1,
    language: str = "zh_CN",
) -> TallyPaper:
    def said(key: str, **params: object) -> str:
        return say(text(f"tally.{key}", **params), language)

    day = printed_day(tally.day.isoformat(), language, weekday=True)
    at = f"{printed_day(made_at.date().isoformat(), language)} {made_at:%H:%M}"
    return TallyPaper(
        title=said("title", day=printed_day(tally.day.isoformat(), language)),
        facts=(
            (said("label.day"), day),
            (said("label.school"), identity.school_name),
            (said("label.desk"), said("desk_value", desk=identity.desk_name, id=identity.desk_id)),
            (said("label.made"), said("made_value", at=at, clerk=clerk_no)),
        ),
        verdict=said("differ", count=len(tally.differences)) if tally.differences else said("agree"),
        differences=tuple(say(sentence, language) for sentence in tally.differences),
        sections=tuple(section for section in _sections(tally, language) if section.lines),
        chain=(said("chain_number", number=tally.head_number), tally.head_hash),
        note=said("note"),
        practice=identity.practice,
        copy_no=copy_no,
        language=language,
    )


def _sections(tally: Tally, language: str) -> list[TallySection]:
    def said(key: str, **params: object) -> str:
        return say(text(f"tally.{key}", **params), language)

    def line(key: str, count: int | str, *, part: bool = False, always: bool = True) -> list[TallyLine]:
        return [TallyLine(said(f"line.{key}"), str(count), part)] if always or count else []

    def counted(items: tuple[Counted, ...], area: str = "") -> list[TallyLine]:
        return [TallyLine(_name(item, area, language), str(item.count), True) for item in items]

    numbers = tally.numbers
    span = f"{numbers.first} – {numbers.last}" if numbers.issued > 1 else numbers.first
    return [
        TallySection(
            said("section.families"),
            (
                *line("families", tally.families),
                *line("receipts", tally.receipts, part=True),
                *line("returns", tally.returns, part=True),
                *line("refers", tally.refers, part=True),
                *line("held", tally.held, part=True),
                *line("unfinished", tally.unfinished, part=True, always=False),
                *line("only_closed", tally.only_closed, part=True, always=False),
                *line("walk_ins", sum(item.count for item in tally.walk_ins)),
                *counted(tally.walk_ins, "tally.walk_in"),
            ),
        ),
        TallySection(
            said("section.papers"),
            (
                *line("issued", numbers.issued),
                *([TallyLine(said("line.span"), span, True)] if span else []),
                *line("decisions", tally.decisions, part=True),
                *line("taken_back", tally.taken_back, part=True),
                *line("decided_again", tally.decided_again, always=False),
                *line("printed", tally.printed),
                *line("reprints", tally.reprints),
                *line("failed_prints", tally.failed_prints, always=False),
                *line("unprinted", len(tally.unprinted), always=False),
            ),
        ),
        TallySection(said("section.returns"), tuple(counted(tally.return_reasons))),
        TallySection(said("section.refers"), tuple(counted(tally.refer_reasons))),
        TallySection(
            said("section.overruled"),
            tuple(
                TallyLine(
                    said(
                        "overruled",
                        reason=_name(Counted(item.reason, "", 0), "desk.override", language),
                        clerk=item.clerk,
                    ),
                    str(item.count),
                )
                for item in tally.overruled
            ),
        ),
        TallySection(
            said("section.originals"),
            (*line("originals", tally.originals), *line("not_handed_back", tally.not_handed_back, always=False)),
        ),
        TallySection(
            said("section.platform"),
            (
                *line("events", tally.events),
                *(
                    TallyLine(said(f"line.{state}"), str(count), True)
                    for state, count in tally.deliveries.items()
                    if count or state in ("accepted", "waiting")
                ),
            ),
        ),
    ]


def _name(item: Counted, area: str, language: str) -> str:
    """The sentence of the event itself, else the catalogue's, and always the code."""
    key = f"{area}.{item.code}"
    said = item.said or (say(Text(key), language) if key in catalogue("zh_CN") else "")
    return (
        f"{said}（{item.code}）"
        if said and language.startswith("zh")
        else f"{said} ({item.code})"
        if said
        else item.code
    )
