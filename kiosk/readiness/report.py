"""The readiness report: kept by its date, the last one shown, printed on a page. It holds nothing personal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.desk.view import ReadyView
from kiosk.doctor.report import Finding, Health, Report
from kiosk.paper.canvas import ACCENT, GREY, Item, Line, Page, Rect, Style, Words, text_height
from kiosk.paper.sizes import Sheet
from kiosk.readiness.judge import limits
from kiosk.texts import Text, say, text

_TITLE = Style(5.4, bold=True)
_HEAD = Style(4.4, bold=True, colour=ACCENT)
_BODY = Style(3.5)
_NAME = Style(3.5, bold=True)
_SMALL = Style(2.8, colour=GREY)
_SIDE, _TOP, _WIDTH, _HEIGHT = 18.0, 18.0, 210.0, 297.0
_MARKS = {Health.OK: "✔", Health.WARN: "!", Health.FAIL: "✘"}


class Reports:
    """The reports in ``folder``, one file each. May be asked from any thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.last = _newest(folder)

    def keep(self, report: Report) -> Path:
        """Write the report aside, then rename; the oldest ones go. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / f"{report.at:%Y%m%dT%H%M%S}.json"
        aside = path.with_name(path.name + ".part")
        aside.write_text(json.dumps(_as_data(report), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        aside.replace(path)
        self.last = report
        for old in sorted(self.folder.glob("*.json"))[: -int(str(limits()["keep_reports"]))]:
            old.unlink(missing_ok=True)
        return path

    def ready(self) -> ReadyView:
        """The last check in one line, for the status page."""
        return as_view(self.last)


def _newest(folder: Path) -> Report | None:
    """The newest report that can be read, None when there is none."""
    for path in sorted(folder.glob("*.json"), reverse=True):
        try:
            return _from_data(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # half a file, or one of another version: the one before is better than none
    return None


def as_view(report: Report | None) -> ReadyView:
    if report is None:
        return ReadyView(text("readiness.none"))
    bad = sum(finding.health is Health.FAIL for finding in report.findings)
    when = f"{report.at:%m-%d %H:%M}"
    sentence = text("readiness.last_bad", time=when, number=bad) if bad else text("readiness.last_good", time=when)
    return ReadyView(sentence, report.at, not bad)


def verdict(report: Report) -> Text:
    """One line: may families come?"""
    numbers = {health: sum(f.health is health for f in report.findings) for health in Health}
    if numbers[Health.FAIL]:
        return text("readiness.report.fail", number=numbers[Health.FAIL])
    return text(
        "readiness.report.warn" if numbers[Health.WARN] else "readiness.report.good", number=numbers[Health.WARN]
    )


def report_pages(report: Report, desk: str, sheet: Sheet = Sheet.A4_BOTH, language: str = "zh_CN") -> list[Page]:
    """A4, or a strip for a roll. Needs a QGuiApplication."""
    roll = sheet.roll
    width, side = (_WIDTH, _SIDE) if roll is None else (roll.width, roll.margin)
    inner = width - 2 * side
    names = 36.0 if roll is None else 0.0  # on a roll the sentence stands below the name
    items: list[Item] = []
    y = _TOP if roll is None else 4.0

    def put(sentence: str, style: Style, x: float, room: float) -> float:
        height = text_height(sentence, style, room)
        items.append(Words(Rect(x, y, room, height), sentence, style))
        return height

    y += put(say(text("readiness.report.title", desk=desk), language), _TITLE, side, inner) + 1
    y += put(say(text("readiness.report.at", time=f"{report.at:%Y-%m-%d %H:%M}"), language), _SMALL, side, inner) + 4
    y += put(say(verdict(report), language), _HEAD, side, inner) + 3
    for finding in report.findings:
        put(_MARKS[finding.health], _NAME, side, 6)
        height = put(say(text(f"readiness.subject.{finding.subject}"), language), _NAME, side + 7, 28)
        y += 0.0 if names else height
        y += put(say(finding.sentence, language), _BODY, side + names, inner - names) + 2.2
        items.append(Line(Rect(side, y - 1.2, inner, 0)))
    y += 4
    y += put(say(text("readiness.report.note"), language), _SMALL, side, inner)
    return [Page(width, _HEIGHT if roll is None else y + 8, tuple(items))]


def _as_data(report: Report) -> dict[str, Any]:
    return {
        "at": report.at.isoformat(timespec="seconds"),
        "findings": [
            {
                "subject": f.subject,
                "health": f.health.value,
                "sentence": _text_data(f.sentence),
                "text": say(f.sentence),
                "facts": dict(f.facts),
            }
            for f in report.findings
        ],
    }


def _from_data(data: Mapping[str, Any]) -> Report:
    return Report(
        datetime.fromisoformat(data["at"]),
        tuple(
            Finding(f["subject"], Health(f["health"]), _text_of(f["sentence"]), f["facts"]) for f in data["findings"]
        ),
    )


def _text_data(sentence: Text) -> dict[str, Any]:
    return {
        "key": sentence.key,
        "params": {k: _text_data(v) if isinstance(v, Text) else v for k, v in sentence.params.items()},
    }


def _text_of(data: Mapping[str, Any]) -> Text:
    return Text(data["key"], {k: _text_of(v) if isinstance(v, dict) else v for k, v in data["params"].items()})
