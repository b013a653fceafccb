"""Everything there is to look at: both windows in every state, and every dialog. A new screen joins here and is then checked like all others.

* A new state of the desk: add it to ``states()`` in fake_desk.py.
* A new dialog: a function here under ``@dialog("name", state="04-ask")`` that opens it over the staff's window. A test finds dialogs
  that nobody put here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from fake_desk import FakeDesk, FakePractice, conflicts, said, states
from fake_devices import FakeDevices
from fake_printing import FakePrinting
from gallery_words import in_language
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kiosk.desk.conflicts_view import ConflictsView
from kiosk.desk.people_view import OverrideLine, SecondAsk
from kiosk.desk.printing_port import TallyNews
from kiosk.display import Display
from ui.app import FamilyWindow, dress
from ui.desk_windows import DeskWindows
from ui.family.window import Shape
from ui.printing.attach import PrintingTools
from ui.sounds.player import SoundPlayer
from ui.theme import Theme

SMALL = (1366, 768)
FAMILY_SIZES = {Shape.SCREEN: (1366, 768), Shape.STRIP: (1366, 124), Shape.CORNER: (464, 308)}
Opener = Callable[[DeskWindows], None]
DIALOGS: dict[str, tuple[str, Opener]] = {}


def dialog(name: str, *, state: str) -> Callable[[Opener], Opener]:
    """Put a dialog into the gallery: it is opened over the staff's window in ``state``."""

    def put(opener: Opener) -> Opener:
        DIALOGS[name] = (state, opener)
        return opener

    return put


@dialog("receipt", state="08-ready")
def _receipt(windows: DeskWindows) -> None:
    windows.staff.decision_bar.outcomes["RECEIPT"].click()


@dialog("return", state="04-ask")
def _return(windows: DeskWindows) -> None:
    windows.staff.decision_bar.outcomes["RETURN"].click()


@dialog("hold", state="04-ask")
def _hold(windows: DeskWindows) -> None:
    windows.staff.decision_bar.suspend.click()


@dialog("reasons", state="05-mismatch")
def _reasons(windows: DeskWindows) -> None:
    windows.staff.case_page.comparison.card.answer("match")


@dialog("page", state="04-ask")
def _page(windows: DeskWindows) -> None:
    windows.staff.case_page.camera.page_requested.emit()


@dialog("display", state="01-empty")
def _display(windows: DeskWindows) -> None:
    windows.ask()


@dialog("status", state="13-camera-lost")
def _status(windows: DeskWindows) -> None:
    pages = windows.staff.device_pages
    assert pages is not None
    pages.open_status()


@dialog("camera", state="13-camera-lost")
def _camera(windows: DeskWindows) -> None:
    pages = windows.staff.device_pages
    assert pages is not None
    pages.open_chooser()


@dialog("check", state="01-empty")
def _check(windows: DeskWindows) -> None:
    pages = windows.staff.device_pages
    assert pages is not None
    pages.open_check()


class _Spoken(FakePrinting):
    """Its papers in the language they are asked for, as the desk makes them."""

    def tally(self, day: date | None, language: str, done: Callable[[TallyNews], None]) -> None:
        super().tally(day, language, lambda news: done(in_language(news, language)))


def _printing(windows: DeskWindows) -> PrintingTools:
    known = windows.findChild(PrintingTools)
    return known if isinstance(known, PrintingTools) else PrintingTools(windows, _Spoken())


@dialog("tally", state="01-empty")
def _tally(windows: DeskWindows) -> None:
    _printing(windows).show_tally()


@dialog("printer", state="01-empty")
def _printer(windows: DeskWindows) -> None:
    _printing(windows).show_printers()


def _with_people(windows: DeskWindows, **changes: object) -> None:
    """The same case, and something about the people at the desk."""
    desk = windows.port
    assert isinstance(desk, FakeDesk)
    people = replace(desk.view.people, number="031", name="李例明", roles=("verifier", "supervisor"), with_pins=True)
    desk.publish(replace(desk.view, people=in_language(replace(people, **changes), windows.language)))  # type: ignore[arg-type]


@dialog("second-person", state="04-ask")
def _second(windows: DeskWindows) -> None:
    _with_people(windows, second=SecondAsk(7, said("把“证件号码”改判为一致"), said("另一位老师")))


@dialog("change-pin", state="01-empty")
def _change_pin(windows: DeskWindows) -> None:
    _with_people(windows, may_change_pin=True)
    settle()
    windows.staff.people.change_pin()
    _with_people(
        windows, may_change_pin=True, said=said("原来的密码不对，请稍等再试。密码没有改动"), said_serial=5, wait_s=30
    )


@dialog("overrides", state="04-ask")
def _overrides(windows: DeskWindows) -> None:
    what = (said("证件号码"), said("机器看错了"))
    line = OverrideLine("09:41", "031", "032", "NS2024X01000006", "黄*", "居民户口簿（全家）", *what)
    _with_people(windows, overrides=(line, replace(line, undone=True)))


@dialog("conflicts", state="04-ask")
def _conflicts(windows: DeskWindows) -> None:
    desk = windows.port
    assert isinstance(desk, FakeDesk)
    people = replace(desk.view.people, number="007", name="王拟", roles=("supervisor",), with_pins=True)
    shown = in_language(conflicts(), windows.language)
    desk.publish(replace(desk.view, people=people, conflicts=shown, conflicts_waiting=1))


@dialog("conflicts-none", state="01-empty")
def _no_conflicts(windows: DeskWindows) -> None:
    desk = windows.port
    assert isinstance(desk, FakeDesk)
    desk.publish(replace(desk.view, conflicts=ConflictsView()))


def settle(times: int = 5) -> None:
    for _ in range(times):
        QApplication.processEvents()
    families = [window for window in QApplication.topLevelWidgets() if isinstance(window, FamilyWindow)]
    while not all(family.settled for family in families):
        QApplication.processEvents()


USUAL = Display()


@dataclass(frozen=True)
class Look:
    """How a screen is looked at."""

    language: str = "zh_CN"
    display: Display = USUAL
    size: tuple[int, int] = SMALL

    def theme(self) -> Theme:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return dress(app, self.display, self.language)


@contextmanager
def staff_windows(look: Look) -> Iterator[DeskWindows]:
    """The staff's window with what belongs to it; ``show_state`` puts it into a state."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desk = FakeDesk(in_language(states()["01-empty"][0], look.language))
    windows = DeskWindows(
        app,
        desk,
        look.display,
        language=look.language,
        practice=FakePractice(),
        player=SoundPlayer(command=()),
        devices=FakeDevices(),
    )
    try:
        windows.staff.resize(*look.size)
        windows.show()
        settle()
        yield windows
    finally:
        windows.close()
        windows.staff.deleteLater()
        windows.deleteLater()
        settle(2)


def show_state(windows: DeskWindows, state: str, look: Look) -> None:
    view, picture = states()[state]
    desk = windows.port
    assert isinstance(desk, FakeDesk)
    desk.shown = in_language(picture, look.language)
    desk.publish(in_language(view, look.language))
    settle()
    windows.staff.preview_feed.poll()
    settle(3)


@contextmanager
def family_window(look: Look, shape: Shape = Shape.SCREEN) -> Iterator[FamilyWindow]:
    window = FamilyWindow(FakeDesk(), theme=look.theme(), language=look.language, shape=shape)
    try:
        window.resize(*FAMILY_SIZES[shape])
        window.show()
        settle()
        yield window
    finally:
        window.close()
        window.deleteLater()
        settle(2)


def screens(look: Look, *, family: bool = True, dialogs: bool = True) -> Iterator[tuple[str, QWidget]]:
    """(name, shown widget) one after the other; what is shown changes when the next is asked for."""
    with staff_windows(look) as windows:
        for state in states():
            show_state(windows, state, look)
            yield state, windows.staff
        if dialogs:
            for name, (state, opener) in DIALOGS.items():
                show_state(windows, state, look)
                opener(windows)
                settle(12)
                opened = [d for d in windows.staff.findChildren(QDialog) if d.isVisible()]
                assert opened, f"{name} did not open"
                yield f"dialog-{name}", opened[-1]
                for one in opened:
                    one.reject()
                settle(2)
    if family:
        for shape in Shape:
            with family_window(look, shape) as window:
                for state in states():
                    window.show_view(in_language(states()[state][0], look.language))
                    settle(4)
                    yield f"{state}-family-{shape}", window
