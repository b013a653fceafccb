"""The desk app in the practice world: window, simulated table, platform. One way for people, tests and benchmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from kiosk.desk.view import DeskView
from practice.camera.desk import PracticeDesk
from practice.camera.source import PracticeSource
from ui.app import MainWindow, create_application
from yanhe.breakage import Breakage
from yanhe.compose import RunningDesk, Staff, running_desk
from yanhe.practice_session import PracticeSession
from yanhe.practice_world import PracticeWorld

TRAINEE = Staff("T01", "练习员")
FRAME = (1920, 1080)


@dataclass(frozen=True)
class PracticeApp:
    app: QApplication
    window: MainWindow
    running: RunningDesk
    session: PracticeSession
    breakage: Breakage


@contextmanager
def practice_app(
    world: PracticeWorld,
    *,
    severity: str = "good",
    fps: float = 30.0,
    on_view: Callable[[DeskView], None] = lambda _: None,
    breakable: bool = False,
) -> Iterator[PracticeApp]:
    """The real window over the real desk with the practice camera as its only input. Ends everything when the block ends.

    ``breakable``: the training bar has the panel that breaks devices.
    """
    language = world.settings.language
    app, theme = create_application(["yanhe"], language)
    table = PracticeDesk()
    session = PracticeSession(table, severity=severity)
    with ExitStack() as parts:
        breakage = Breakage(PracticeSource(table, FRAME, fps), world.settings.home)
        running = parts.enter_context(
            running_desk(world.settings, breakage.source, TRAINEE, practice=True, edges=breakage.edges())
        )
        breakage.attach(running)
        parts.callback(breakage.heal)  # a stopped process would not end

        def seen(view: DeskView) -> None:
            session.seen(view)
            on_view(view)

        parts.callback(running.desk.subscribe(seen))
        parts.callback(session.director.stop)
        window = MainWindow(
            running.desk,
            theme=theme,
            language=language,
            practice=session,
            devices=running.devices,
            breaks=breakage if breakable else None,
        )
        parts.callback(window.close)
        yield PracticeApp(app, window, running, session, breakage)
