"""日结 and 打印设置 from the empty desk, with keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fake_desk import FakeDesk, states
from fake_printing import DIFFERENCES, TODAY, FakePrinting
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kiosk.desk.people_view import Door, PeopleView
from kiosk.desk.printing_port import PrintNews
from kiosk.display import Display
from kiosk.paper.press import PrinterChoice
from kiosk.texts import text
from ui.desk_windows import DeskWindows
from ui.printing.attach import PrintingTools
from ui.printing.printer_dialog import PrinterDialog
from ui.printing.tally_dialog import TallyDialog

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def port() -> FakePrinting:
    return FakePrinting()


@pytest.fixture
def tools(qtbot: QtBot, qapp: QApplication, port: FakePrinting) -> Iterator[Callable[[str], PrintingTools]]:
    """The staff's window in a state of the gallery, with the tools of printing attached."""
    opened: list[DeskWindows] = []

    def make(state: str = "01-empty") -> PrintingTools:
        desk = FakeDesk(states()[state][0])
        windows = DeskWindows(qapp, desk, Display())
        opened.append(windows)
        made = PrintingTools(windows, port)
        windows.staff.resize(1366, 768)
        windows.show()
        qtbot.waitUntil(lambda: windows.staff.view is desk.view)
        return made

    yield make
    for windows in opened:
        windows.close()


def said(widget: QWidget) -> str:
    return "\n".join(part.text() for part in widget.findChildren(QLabel))


def tally(tools: PrintingTools, qtbot: QtBot) -> TallyDialog:
    dialog = tools.show_tally()
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.print.isEnabled())
    return dialog


def test_the_key_shows_the_day_and_prints_it(
    tools: Callable[[str], PrintingTools], port: FakePrinting, qtbot: QtBot
) -> None:
    made = tools("01-empty")
    window = made._windows.staff
    QTest.keyClick(window, Qt.Key.Key_D, CTRL)
    qtbot.waitUntil(lambda: bool(window.findChildren(TallyDialog)))
    (dialog,) = window.findChildren(TallyDialog)
    qtbot.waitUntil(lambda: dialog.print.isEnabled())
    for line in ("2024年5月18日验核日结单", "各项数字互相核对一致", "办理的申请", "61", "3f" * 32):
        assert line in said(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: "日结单已打印" in said(dialog))
    assert port.asked == [f"tally {TODAY}", f"print {TODAY}"]


def test_what_does_not_agree_stands_on_top(
    tools: Callable[[str], PrintingTools], port: FakePrinting, qtbot: QtBot
) -> None:
    port.differences = DIFFERENCES
    dialog = tally(tools("01-empty"), qtbot)
    assert "有 2 处要看" in said(dialog)
    assert f"1. {DIFFERENCES[0]}\n2. {DIFFERENCES[1]}" in said(dialog)


def test_a_print_that_failed_says_why_and_can_be_tried_again(
    tools: Callable[[str], PrintingTools], port: FakePrinting, qtbot: QtBot
) -> None:
    port.print_ends = PrintNews("failed", text("tally.print_failed", why=text("paper.thermal.no_paper")))
    dialog = tally(tools("01-empty"), qtbot)
    dialog.print.click()
    qtbot.waitUntil(lambda: "小票打印机缺纸" in said(dialog))
    assert dialog.print.isEnabled()


def test_other_days_are_a_key_away(tools: Callable[[str], PrintingTools], port: FakePrinting, qtbot: QtBot) -> None:
    dialog = tally(tools("01-empty"), qtbot)
    assert not dialog.later.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: dialog.later.isEnabled())
    assert port.asked[-1] == f"tally {TODAY - timedelta(days=1)}"
    assert not dialog.earlier.isEnabled()


@pytest.mark.parametrize("state", ["04-ask", "09-receipt", "02-candidates"])
def test_while_a_family_is_served_neither_lies_over_its_case(tools: Callable[[str], PrintingTools], state: str) -> None:
    made = tools(state)
    assert made.show_tally() is None
    assert made.show_printers() is None
    assert not made.tally.isVisible()


def test_nobody_signed_in_sees_no_numbers(tools: Callable[[str], PrintingTools], qtbot: QtBot) -> None:
    made = tools("01-empty")
    window = made._windows.staff
    assert window.view is not None
    window.show_view(replace(window.view, people=PeopleView(door=Door.LOCKED)))
    assert made.show_tally() is None
    assert not made.tally.isVisible()


def test_a_second_dialog_does_not_open_over_the_first(tools: Callable[[str], PrintingTools], qtbot: QtBot) -> None:
    made = tools("01-empty")
    tally(made, qtbot)
    assert made.show_printers() is None


def test_the_tools_go_with_the_window_that_a_new_look_makes(
    tools: Callable[[str], PrintingTools], qtbot: QtBot
) -> None:
    made = tools("01-empty")
    windows = made._windows
    before = windows.staff
    windows.apply(Display(large_type=True))
    qtbot.waitUntil(lambda: windows.staff is not before and windows.staff.view is not None)
    dialog = made.show_printers()
    assert dialog is not None
    assert dialog.owner is windows.staff
    windows.apply(Display())


# ── the choice of a printer ─────────────────────────────────────────────────────────────────────────────────────────


def printers(tools: PrintingTools, qtbot: QtBot, *, queues: int = 1) -> PrinterDialog:
    dialog = tools.show_printers()
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog._uris) >= 2 + queues)
    return dialog


def test_a_queue_of_the_system_is_chosen_with_its_paper(
    tools: Callable[[str], PrintingTools], port: FakePrinting, qtbot: QtBot
) -> None:
    dialog = printers(tools("01-empty"), qtbot)
    next(b for b in dialog._printers.buttons() if b.text() == "office").click()
    dialog.paper.choose("A5")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert port.chosen == PrinterChoice("ipp://localhost:631/printers/office", "A5")
    assert not dialog.isVisible()


def test_typing_an_address_chooses_the_receipt_printer_and_a_test_page_goes_there_first(
    tools: Callable[[str], PrintingTools], port: FakePrinting, qtbot: QtBot
) -> None:
    dialog = printers(tools("01-empty"), qtbot)
    dialog.address.selectAll()
    QTest.keyClicks(dialog.address, "escpos://192.0.2.7")
    dialog.paper.choose("58mm")
    assert dialog.marked() == PrinterChoice("escpos://192.0.2.7", "58mm")
    dialog.test.click()
    qtbot.waitUntil(lambda: port.asked == ["test escpos://192.0.2.7"])
    qtbot.waitUntil(lambda: dialog.test.isEnabled())
    assert port.chosen == PrinterChoice()  # nothing changes before Enter
    dialog.use.click()
    assert port.chosen == PrinterChoice("escpos://192.0.2.7", "58mm")


def test_an_address_that_is_none_is_said_and_the_dialog_stays(
    tools: Callable[[str], PrintingTools], port: FakePrinting, qtbot: QtBot
) -> None:
    dialog = printers(tools("01-empty"), qtbot)
    dialog.address.setFocus()
    QTest.keyClicks(dialog.address, ":nonsense")
    dialog.use.click()
    assert "地址不对" in said(dialog)
    assert dialog.isVisible()
    assert port.chosen == PrinterChoice()


@pytest.mark.parametrize("uri", ["", "none", "ipp://localhost:631/printers/office", "escpos:/dev/usb/lp0"])
def test_what_is_in_use_is_marked_and_leaving_changes_nothing(
    tools: Callable[[str], PrintingTools], port: FakePrinting, qtbot: QtBot, uri: str
) -> None:
    port.chosen = before = PrinterChoice(uri, "80mm")
    dialog = printers(tools("01-empty"), qtbot)
    assert dialog.marked() == before
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert port.chosen is before
    assert not any(d.isVisible() for d in dialog.owner.findChildren(QDialog))


def test_queues_that_are_found_late_do_not_unmark_what_was_marked(
    tools: Callable[[str], PrintingTools], port: FakePrinting, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[Callable[[tuple[PrinterChoice, ...]], None]] = []
    monkeypatch.setattr(port, "queues", waiting.append)
    dialog = printers(tools("01-empty"), qtbot, queues=0)
    QTest.keyClicks(dialog.address, "192.0.2.7")
    waiting[0](port.known)
    qtbot.waitUntil(lambda: port.known[0].uri in dialog._uris)
    assert dialog.marked() == PrinterChoice("escpos://192.0.2.7")
