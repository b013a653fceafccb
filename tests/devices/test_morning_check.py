"""The morning check from an empty desk to a report, with a practice desk under the camera and a person who presses the buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from kiosk.doctor.report import Finding, Health, Report
from kiosk.paper.sizes import Sheet
from kiosk.readiness.check import BLIND_LIMIT_S, Check, GivenUp, Hands, share_read
from kiosk.readiness.port import CheckView, Step
from kiosk.readiness.report import Reports, report_pages, verdict
from kiosk.texts import LANGUAGES, Text, say, text
from practice.camera.card import CardPaper
from practice.camera.desk import PracticeDesk
from practice.camera.source import PracticeSource
from scanner.calibration import CARD
from scanner.types import Image, Quad

AT = datetime.fromisoformat("2026-04-19T08:05:00+08:00")
FINE = Finding("network", Health.OK, text("devices.network.online.name"))


class Morning:
    """A check whose time passes only in its pauses; ``person`` sees each view and may act."""

    def __init__(self, person: Callable[[CheckView], None]) -> None:
        self.now = 1000.0
        self.desk = PracticeDesk(clock=lambda: self.now)
        self.source: PracticeSource | None = PracticeSource(
            self.desk, (1920, 1080), 0, clock=lambda: self.now, sleep=lambda _: None
        )
        self.source.open()
        self.person = person
        self.views: list[CheckView] = []
        self.lines: Sequence[str] | None = ["校准卡", CARD.line_text]
        self.printed = 0
        self.check = Check(
            Hands(
                frame=self._frame,
                camera=lambda: text("devices.camera.lost.name"),
                lines=lambda frame, corners: self._read(frame, corners),
                print_test=self._print,
                printer=lambda: Finding("printer", Health.OK, text("readiness.printer.ready")),
                machine={"network": lambda: FINE, "store": self._broken},
                now=lambda: AT,
            ),
            self._told,
            clock=lambda: self.now,
            pause=self._pause,
        )

    def _frame(self) -> Image | None:
        frame = self.source.read() if self.source is not None else None
        return frame.image if frame is not None else None

    def _read(self, frame: Image, corners: Quad) -> Sequence[str] | None:
        assert frame.shape == (1080, 1920, 3)
        assert corners.shape == (4, 2)
        return self.lines

    def _print(self, told: Callable[[Text], None]) -> Text:
        told(text("paper.job.printing"))
        self.printed += 1
        return text("paper.job.handed_over")

    def _broken(self) -> Finding:
        raise OSError("disk")

    def _pause(self, seconds: float) -> None:
        self.now += seconds

    def _told(self, view: CheckView) -> None:
        self.views.append(view)
        self.person(view)

    def steps(self) -> list[Step]:
        return list(dict.fromkeys(view.step for view in self.views))


def a_person(morning: list[Morning]) -> Callable[[CheckView], None]:
    """Lays the card down when asked, prints, sees the paper come out."""

    def act(view: CheckView) -> None:
        check = morning[0].check
        if view.step is Step.CARD and morning[0].desk.present is None:
            morning[0].desk.lay(CardPaper())
        elif view.step is Step.PRINTER and view.said is None and view.actions:
            check.act("print_test")
        elif view.step is Step.PRINTER and view.said is not None and "came_out" in view.actions:
            check.act("came_out")

    return act


@pytest.fixture
def morning(qapp: object) -> Morning:
    made: list[Morning] = []
    made.append(Morning(a_person(made)))
    return made[0]


def found(report: Report) -> dict[str, Health]:
    return {finding.subject: finding.health for finding in report.findings}


def test_from_an_empty_desk_to_a_report(morning: Morning) -> None:
    report = morning.check.run()
    assert morning.steps() == list(Step)
    assert morning.printed == 1
    said = found(report)
    assert said.pop("store") is Health.FAIL  # a check that fails is a finding, and the others still run
    assert set(said) == {
        "camera", "scale", "tilt", "sharpness", "light", "evenness", "greys", "glare", "code", "line", "printer", "network",
    }  # fmt: skip
    assert set(said.values()) == {Health.OK}


def test_a_card_that_is_not_read_is_told(morning: Morning) -> None:
    morning.lines = ["校准卡", "验核合校准 O123"]
    assert found(morning.check.run())["line"] is Health.FAIL
    assert share_read(CARD.line_text, [CARD.line_text.replace(" ", "")]) == 1.0


def test_a_dead_reader_is_told_apart_from_one_that_reads_badly(morning: Morning) -> None:
    morning.lines = None
    line = next(f for f in morning.check.run().findings if f.subject == "line")
    assert line.sentence.key == "readiness.line.unread"


def test_without_a_card_the_rest_is_checked(qapp: object) -> None:
    made: list[Morning] = []

    def person(view: CheckView) -> None:
        choice = {Step.CARD: "skip_card", Step.PRINTER: "skip_printer"}.get(view.step)
        if choice is not None:
            made[0].check.act(choice)

    made.append(Morning(person))
    said = found(made[0].check.run())
    assert said["camera"] is Health.WARN
    assert said["printer"] is Health.OK
    assert "scale" not in said


def test_without_a_picture_it_says_why_and_goes_on(morning: Morning) -> None:
    morning.source = None
    report = morning.check.run()
    camera = next(f for f in report.findings if f.subject == "camera")
    assert camera.health is Health.FAIL
    assert "断开" in say(camera.sentence)
    assert morning.now - 1000 < 3 * BLIND_LIMIT_S


def test_a_printer_from_which_nothing_comes_is_a_finding(qapp: object) -> None:
    made: list[Morning] = []

    def person(view: CheckView) -> None:
        if view.step in (Step.EMPTY, Step.CARD):
            made[0].check.act("skip_card")
        if view.step is Step.PRINTER:
            made[0].check.act("nothing")

    made.append(Morning(person))
    assert found(made[0].check.run())["printer"] is Health.FAIL


def test_a_check_that_is_closed_leaves_nothing(morning: Morning) -> None:
    morning.check.give_up()
    with pytest.raises(GivenUp):
        morning.check.run()


def test_the_last_report_is_kept_and_old_or_broken_ones_do_no_harm(tmp_path: Path, morning: Morning) -> None:
    reports = Reports(tmp_path)
    assert say(reports.ready().text) == "还没有做过开工检查"
    report = morning.check.run()
    reports.keep(report)
    (tmp_path / "20990101T000000.json").write_text("{half")
    again = Reports(tmp_path)
    assert again.last == report
    assert say(again.ready().text) == "上次开工检查 04-19 08:05：有 1 处要处理"
    assert not again.ready().good


def test_only_a_seasons_reports_are_kept(tmp_path: Path) -> None:
    reports = Reports(tmp_path)
    for day in range(70):
        reports.keep(Report(datetime.fromtimestamp(1_770_000_000 + 86_400 * day).astimezone(), (FINE,)))
    assert len(list(tmp_path.glob("*.json"))) == 60


@pytest.mark.parametrize("sheet", list(Sheet))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_printed_report_says_everything_and_fits_its_page(morning: Morning, language: str, sheet: Sheet) -> None:
    report = morning.check.run()
    (page,) = report_pages(report, "2号桌", sheet, language)
    said = " ".join(getattr(item, "text", "") for item in page.items)
    assert say(verdict(report), language) in said
    assert all(say(finding.sentence, language) in said for finding in report.findings)
    assert max(item.rect.bottom for item in page.items) < page.height - 4
    assert np.all([item.rect.right <= page.width for item in page.items])
