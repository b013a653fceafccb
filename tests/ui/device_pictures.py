"""Pictures of devices that fail, as the windows show them: ``python tests/ui/device_pictures.py FOLDER [--language en]``.

One sheet a device with a row for each of its states as the status page has it, and the windows in which a person meets them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

sys.path.insert(0, str(Path(__file__).parent))

from fake_desk import FakeDesk, FakeDevices, case, header, preview

from kiosk.desk.devices import device_view, spoken
from kiosk.desk.view import DeskView, DeviceView, Light, Notice, Phase, ReadyView, UnprintedView
from kiosk.texts import catalogue, text
from ui.app import MainWindow, create_application
from ui.staff.device_row import DeviceRow
from ui.staff.status_dialog import DEVICES
from ui.words import Words

AT = datetime.fromisoformat("2026-04-19T09:26:00+08:00")
_PARAMS = {
    "camera": {},
    "printer": {"reason": "other"},
    "network": {"number": 2, "status": 500, "problem": text("sync.problem.unknown_desk")},
    "reader": {"number": 3},
    "disk": {"free": "0.6", "least": "1.0"},
    "clock": {"minutes": 17, "ahead": text("devices.clock.ahead.fast"), "year": 2018},
}
_ACTIONS = {"camera": ("retry", "choose", "without")}
_CALM = {
    "live": Light.OK, "ready": Light.OK, "busy": Light.OK, "folder": Light.OK, "online": Light.OK, "ok": Light.OK, "unchecked": Light.OK,
    "none": Light.OFF, "off": Light.OFF, "ended": Light.OFF, "closed": Light.OFF,
}  # fmt: skip


def states(device: str) -> Iterator[DeviceView]:
    """Every state of ``device`` that has words."""
    names = [
        key.split(".")[2]
        for key in catalogue("zh_CN")
        if key.startswith(f"devices.{device}.") and key.endswith(".name")
    ]
    for state in names:
        troubled = f"devices.{device}.{state}.what" in catalogue("zh_CN")
        calm = _CALM.get(state, Light.WARN if troubled else Light.BUSY)
        light = Light.BAD if (device, state) in _GRAVE else calm
        light = Light.BAD if device == "camera" and state == "busy" else light
        view = device_view(device, light, state, actions=_ACTIONS.get(device, ("retry",)), **_PARAMS[device])
        yield replace(view, since=AT)


_GRAVE = {
    *(("camera", s) for s in ("absent", "busy", "forbidden", "frozen", "lost", "unreadable")),
    *(("printer", s) for s in ("stopped", "rejecting", "unreachable", "folder_unusable")),
    *(("network", s) for s in ("certificate", "stranger", "rejected", "broken")),
    ("reader", "down"), ("disk", "full"), ("clock", "wrong_year"),
}  # fmt: skip


def _settle() -> None:
    for _ in range(8):
        QApplication.processEvents()


def sheet(theme: object, words: Words, device: str) -> QWidget:
    made = QWidget()
    made.setProperty("look", "ground")
    made.setFixedWidth(1060)
    column = QVBoxLayout(made)
    for view in states(device):
        row = DeviceRow(theme, words, device, words(text(f"devices.name.{device}")))  # type: ignore[arg-type]
        row.set_device(view)
        column.addWidget(row)
    made.show()
    made.adjustSize()
    return made


def window_with(theme: object, language: str, view: DeskView, picture: object = None) -> MainWindow:
    desk = FakeDesk(view)
    desk.shown = picture  # type: ignore[assignment]
    window = MainWindow(desk, theme=theme, language=language, devices=FakeDevices())  # type: ignore[arg-type]
    window.resize(1366, 768)
    window.show()
    _settle()
    window.show_view(view)
    window.preview_feed.poll()
    _settle()
    return window


def troubled(**devices: DeviceView) -> DeskView:
    """A desk with a case at work and these devices in trouble, the first of them said aloud."""
    first = next(iter(devices.values()))
    notice = Notice(1, "error" if first.light is Light.BAD else "warn", spoken(first))
    return DeskView(Phase.CHECKING, replace(header(), **devices), case=case(), notice=notice)


def shoot(window: MainWindow, path: Path) -> None:
    _settle()
    picture = window.grab()
    painter = QPainter(picture)
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            painter.drawPixmap(window.mapFromGlobal(dialog.mapToGlobal(QPoint())), dialog.grab())
    painter.end()
    picture.save(str(path))
    window.close()


def one(device: str, state: str) -> DeviceView:
    return next(view for view in states(device) if view.state == state)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", default="zh_CN")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    _, theme = create_application(sys.argv[:1], args.language)
    words = Words(args.language)
    for device in DEVICES:
        made = sheet(theme, words, device)
        _settle()
        made.grab().save(str(args.folder / f"{device}.png"))
        made.close()
    for device, state in (("camera", "lost"), ("camera", "frozen"), ("camera", "dark"), ("camera", "doubtful"), ("reader", "down"), ("disk", "full")):  # fmt: skip
        gone = state in ("lost", "frozen")
        view = troubled(**{device: one(device, state)})
        shown = None if gone else preview("searching", "放上出生医学证明")
        shoot(window_with(theme, args.language, view, shown), args.folder / f"case-{device}-{state}.png")
    waiting = tuple(
        UnprintedView(f"NS2014-X01-02-00002{n}", f"NS2014X0100000{n}", "陈*远", decision, AT)  # type: ignore[arg-type]
        for n, decision in ((4, "RECEIPT"), (5, "RETURN"))
    )
    many = {"camera": one("camera", "live"), "printer": one("printer", "no_paper"), "network": one("network", "server"),
            "reader": one("reader", "ready"), "disk": one("disk", "little"), "clock": one("clock", "skewed")}  # fmt: skip
    ready = ReadyView(text("readiness.last_good", time="04-19 07:40"), AT, True)
    head = replace(header(), **many, unprinted=waiting, ready=ready)
    window = window_with(
        theme, args.language, DeskView(Phase.FINDING, head), preview("searching", "把二维码放到摄像头下")
    )
    window.open_status()
    shoot(window, args.folder / "status.png")
    window = window_with(
        theme, args.language, DeskView(Phase.FINDING, head), preview("searching", "把二维码放到摄像头下")
    )
    assert window.device_pages is not None
    window.device_pages.open_chooser()
    shoot(window, args.folder / "chooser.png")


if __name__ == "__main__":
    main()
