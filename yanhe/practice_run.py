"""The desk app in the practice world: window, simulated table, platform. One way for people, tests and benchmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk.desk.view import DeskView
from kiosk.display import Display
from practice.camera.desk import PracticeDesk
from practice.camera.source import PracticeSource
from scanner.worker import ReaderProcess
from ui.app import MainWindow, create_application
from ui.desk_windows import DeskWindows
from ui.practice.tour import Tour
from ui.printing.attach import PrintingTools
from yanhe.breakage import Breakage
from yanhe.compose import RunningDesk, Staff, running_desk
from yanhe.practice_session import PracticeSession
from yanhe.practice_world import PracticeWorld

TRAINEE = Staff("T01", "李老师")
FRAME = (1920, 1080)


@dataclass(frozen=True)
class PracticeApp:
    app: QApplication
    windows: DeskWindows
    running: RunningDesk
    session: PracticeSession
    breakage: Breakage

    @property
    def window(self) -> MainWindow:
        """The staff's, as it is now: a new choice of language or look makes another."""
        return self.windows.staff


@contextmanager
def practice_app(
    world: PracticeWorld,
    *,
    severity: str = "good",
    fps: float = 30.0,
    on_view: Callable[[DeskView], None] = lambda _: None,
    home: Path | None = None,
    display: Display | None = None,
    family_window: bool = False,
    tour: Tour | None = None,
    breakable: bool = False,
    reader: ReaderProcess | None = None,
) -> Iterator[PracticeApp]:
    """The real window over the real desk with the practice camera as its only input. Ends everything when the block ends.

    ``home``: where the choice of language, look and sound is kept (default: with the practice district); ``display``: the choice to
    begin with instead of the kept one. ``breakable``: the training bar has the panel that breaks devices. ``reader``: see ``running_desk``.
    """
    language = world.settings.language
    app, _ = create_application(["yanhe"], language)
    home = home or world.settings.home
    table = PracticeDesk()
    session = PracticeSession(table, severity=severity)
    with ExitStack() as parts:
        breakage = Breakage(PracticeSource(table, FRAME, fps), world.settings.home)
        running = parts.enter_context(
            running_desk(world.settings, breakage.source, TRAINEE, practice=True, edges=breakage.edges(), reader=reader)
        )
        breakage.attach(running)
        parts.callback(breakage.heal)  # a stopped process would not end

        def seen(view: DeskView) -> None:
            session.seen(view)
            on_view(view)

        parts.callback(running.desk.subscribe(seen))
        parts.callback(session.director.stop)
        windows = DeskWindows(
            app,
            running.desk,
            display or Display.load(home),
            language=language,
            save=lambda display: display.save(home),
            practice=session,
            family_anyway=family_window,
            tour=tour,
            devices=running.devices,
            breaks=breakage if breakable else None,
        )
        parts.callback(windows.close)
        PrintingTools(windows, running.printing)
        yield PracticeApp(app, windows, running, session, breakage)
