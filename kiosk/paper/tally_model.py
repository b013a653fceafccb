"""What the day's tally says, before anybody decides how it looks. Numbers only: no child, no document, no name of a clerk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TallyLine:
    """``part``: belongs to the line above it, and is part of its number."""

    label: str
    value: str
    part: bool = False


@dataclass(frozen=True)
class TallySection:
    heading: str
    lines: tuple[TallyLine, ...]


@dataclass(frozen=True)
class TallyPaper:
    """Every string is shown as it stands. ``differences``: where numbers do not agree with each other, and what is still to do; empty is good."""

    title: str
    facts: tuple[tuple[str, str], ...]  # where and when
    verdict: str
    differences: tuple[str, ...]
    sections: tuple[TallySection, ...]
    chain: tuple[str, ...]  # number and hash of the log's last act
    note: str
    practice: bool = False
    copy_no: int = 1  # 1 is the first print of this day
    language: str = "zh_CN"
