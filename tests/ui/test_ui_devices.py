"""Devices that fail, in the window: lights lead to the status page, and each trouble has its way on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from device_pictures import DEVICES, one, states, troubled
from fake_desk import FakeDesk, FakeDevices, header
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.desk.view import DeskView, Light, Phase, ReadyView, UnprintedView
from kiosk.doctor.report import Finding, Health
from kiosk.readiness.port import CheckView, Step
from kiosk.texts import LANGUAGES, say, text
from ui.app import MainWindow, Theme
from ui.practice.break_panel import BreakPanel
from ui.practice.break_port import Fault
from ui.staff.camera_chooser import CameraChooser
from ui.staff.check_dialog import CheckDialog
from ui.staff.status_dialog import StatusDialog
from ui.words import Words

AT = datetime.fromisoformat("2026-04-19T09:26:00+08:00")
WAITING = UnprintedView("NS2014-X01-02-000024", "NS2014X01000001", "陈*远", "RECEIPT", AT)


@pytest.fixture
def devices() -> FakeDevices:
    return FakeDevices()


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, devices: FakeDevices) -> MainWindow:
    made = MainWindow(FakeDesk(), theme=theme, devices=devices)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def page(window: MainWindow, kind: type) -> object:
    return next(d for d in window.findChildren(kind) if d.isVisible())


def status(window: MainWindow, view: DeskView) -> StatusDialog:
    window.show_view(view)
    window.open_status()
    found = page(window, StatusDialog)
    assert isinstance(found, StatusDialog)
    return found


def test_a_click_on_a_light_or_f10_opens_the_status_page_once(window: MainWindow, qtbot: QtBot) -> None:
    window.show_view(DeskView(Phase.FINDING, header()))
    QTest.mouseClick(window.header.camera, Qt.MouseButton.LeftButton)
    assert page(window, StatusDialog)
    window.open_status()
    assert len(window.findChildren(StatusDialog)) == 1


@pytest.mark.parametrize("device", DEVICES)
def test_every_state_of_every_device_can_be_shown(window: MainWindow, device: str) -> None:
    shown = status(window, DeskView(Phase.FINDING, header()))
    for view in states(device):
        shown.set_view(DeskView(Phase.FINDING, replace(header(), **{device: view})))
        row = shown.rows[device]
        assert row.isVisible()
        assert say(view.text) in row.accessibleName()


def test_the_buttons_of_a_device_ask_for_what_they_say(window: MainWindow, devices: FakeDevices) -> None:
    shown = status(window, troubled(camera=one("camera", "lost")))
    shown.rows["camera"].buttons["retry"].click()
    shown.rows["camera"].buttons["without"].click()
    assert devices.calls == [("retry", "camera"), ("without_camera",)]
    shown.rows["camera"].buttons["choose"].click()
    assert page(window, CameraChooser)


def test_waiting_papers_are_printed_or_ticked_off_by_hand(window: MainWindow, devices: FakeDevices) -> None:
    shown = status(window, DeskView(Phase.FINDING, header(unprinted=(WAITING,))))
    for button in shown.unprinted.findChildren(type(shown.check)):
        button.click()
    assert set(devices.calls) == {("print_waiting", WAITING.paper_no), ("waiting_came_out", WAITING.paper_no)}
    shown.set_view(DeskView(Phase.FINDING, header()))
    assert not shown.unprinted.isVisible()


def test_a_camera_is_chosen_by_its_picture(window: MainWindow, devices: FakeDevices) -> None:
    window.show_view(DeskView(Phase.FINDING, header()))
    assert window.device_pages is not None
    window.device_pages.open_chooser()
    chooser = page(window, CameraChooser)
    assert isinstance(chooser, CameraChooser)
    assert list(chooser.tiles) == ["webcam:0", "webcam:2"]
    assert not chooser.tiles["webcam:0"].choose.isVisible()
    chooser.tiles["webcam:2"].choose.click()
    assert ("choose_camera", "webcam:2") in devices.calls
    assert devices.calls[-1] == ("look_round", False)


@pytest.mark.parametrize("state", ["lost", "frozen", "dark", "busy"])
def test_in_a_case_the_camera_column_says_what_to_do_instead_of_offering_the_shutter(
    window: MainWindow, state: str
) -> None:
    view = troubled(camera=one("camera", state))
    window.show_view(view)
    column = window.case_page.camera
    assert not column.shoot.isVisible()
    column.help.click()
    assert page(window, StatusDialog)
    window.show_view(replace(view, header=header()))
    assert column.shoot.isVisible()


def test_disk_and_clock_stand_in_the_header_only_when_there_is_something_the_matter(window: MainWindow) -> None:
    window.show_view(DeskView(Phase.FINDING, header(disk=one("disk", "ok"), clock=one("clock", "ok"))))
    assert not window.header.disk.isVisible()
    window.show_view(DeskView(Phase.FINDING, header(disk=one("disk", "full"), clock=one("clock", "skewed"))))
    assert window.header.disk.isVisible()
    assert window.header.clock.isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("device", DEVICES)
def test_a_message_of_a_device_is_shown_in_full(qtbot: QtBot, theme: Theme, device: str, language: str) -> None:
    made = MainWindow(FakeDesk(), theme=theme, language=language, devices=FakeDevices())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    for view in states(device):
        if view.what is None or view.light is Light.OFF:
            continue
        made.notice.forget()
        made.show_view(troubled(**{device: view}))
        label = made.notice.shown_label
        assert label.heightForWidth(label.width()) <= made.notice.height(), label.text()


class FakeCheck:
    def __init__(self) -> None:
        self.calls: list[str] = []
        self.now = CheckView(Step.CARD, text("readiness.step.card"), ("print_card", "skip_card"))

    def begin(self) -> None:
        self.calls.append("begin")

    def act(self, action: str) -> None:
        self.calls.append(action)

    def end(self) -> None:
        self.calls.append("end")

    def view(self) -> CheckView | None:
        return self.now


def test_the_morning_check_guides_and_shows_what_was_found(window: MainWindow, devices: FakeDevices) -> None:
    check = devices.check = FakeCheck()
    ready = ReadyView(text("readiness.none"))
    shown = status(window, DeskView(Phase.FINDING, header(ready=ready)))
    shown.check.click()
    dialog = page(window, CheckDialog)
    assert isinstance(dialog, CheckDialog)
    dialog.actions_shown["skip_card"].click()
    check.now = CheckView(
        Step.DONE,
        text("readiness.step.done"),
        ("print_report",),
        (
            Finding("code", Health.OK, text("readiness.code.ok")),
            Finding("line", Health.FAIL, text("readiness.line.unread")),
        ),
    )
    dialog.look()
    assert list(dialog.actions_shown) == ["print_report"]
    dialog.reject()
    assert check.calls == ["begin", "skip_card", "end"]


def test_no_morning_check_while_a_family_is_served(window: MainWindow, devices: FakeDevices) -> None:
    devices.check = FakeCheck()
    view = troubled(camera=one("camera", "lost"))
    shown = status(window, replace(view, header=replace(view.header, ready=ReadyView(text("readiness.none")))))
    assert not shown.check.isEnabled()


class FakeBreaks:
    def __init__(self) -> None:
        self.now: dict[str, str] = {}

    def faults(self) -> tuple[Fault, ...]:
        codes = (("camera", "frozen"), ("camera", "dark"), ("printer", "jam"))
        return tuple(Fault(d, c, text(f"devices.break.{d}.{c}")) for d, c in codes)

    def broken(self) -> dict[str, str]:
        return dict(self.now)

    def break_(self, device: str, code: str) -> None:
        self.now[device] = code

    def heal(self, device: str = "") -> None:
        self.now = {d: c for d, c in self.now.items() if device and d != device}


def test_the_panel_breaks_and_mends_by_button(qtbot: QtBot, theme: Theme) -> None:
    breaks = FakeBreaks()
    panel = BreakPanel(theme, breaks, Words("zh_CN"))
    qtbot.addWidget(panel)
    panel.buttons["camera", "frozen"].click()
    panel.buttons["printer", "jam"].click()
    assert breaks.now == {"camera": "frozen", "printer": "jam"}
    panel.buttons["camera", "frozen"].click()
    assert breaks.now == {"printer": "jam"}
    panel.heal.click()
    assert breaks.now == {}
