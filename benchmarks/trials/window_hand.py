"""The hand of the scripted person at the real window: key strokes alone, each handed to the window's own loop and done there."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from benchmarks.trials.scripted_day import PATIENCE_S
from kiosk.desk.desk import Desk
from kiosk.desk.ports import Captured
from kiosk.desk.view import Candidate, ComparisonRow
from kiosk.sync.terms import name_terms
from practice.world import families
from scanner.types import Image
from ui.app import MainWindow

HAND_S = 0.08  # a quick person's pause before each key
_LOOK_S = 0.01
_DECISIONS = {"RECEIPT": Qt.Key.Key_F9, "RETURN": Qt.Key.Key_F8, "REFER": Qt.Key.Key_F7}


class Loop(QObject):
    """Work for the thread on which it was made, from any other."""

    _given = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._given.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def call(self, work: Callable[[], Any]) -> Any:
        """Does ``work`` there and returns what it returns. Raises TimeoutError when the loop does not come to it."""
        done: Future[Any] = Future()
        self._given.emit(work, done)
        return done.result(PATIENCE_S)

    @Slot(object, object)
    def _do(self, work: Callable[[], Any], done: Future[Any]) -> None:
        try:
            done.set_result(work())
        except Exception as fault:
            done.set_exception(fault)


class WindowHand:
    """``pressed`` hears the name of every intent as its last key is pressed, on the person's thread. The sheets alone do not come by keys: the played
    camera gives them to the desk as a real one does."""

    def __init__(self, window: MainWindow, desk: Desk, chance: random.Random, pressed: Callable[[str], None]) -> None:
        self._window = window
        self._desk = desk
        self._chance = chance
        self._pressed = pressed
        self._loop = Loop(window)

    def open(self, application_no: str) -> None:
        query = application_no if self._chance.random() < 0.5 else _initials_of(application_no)
        self._key(Qt.Key.Key_F2)
        self._loop.call(lambda: QTest.keyClicks(self._window.find_bar.edit, query))
        self._intent("open", Qt.Key.Key_Return, lambda: self._window.find_bar.edit)

    def choose(self, candidates: tuple[Candidate, ...]) -> None:
        if len(candidates) > 1:
            self._key(Qt.Key.Key_Down, lambda: self._window.candidates.list)
        self._intent("choose", Qt.Key.Key_Return, lambda: self._window.candidates.list)

    def lay(self, frame: Image) -> None:
        time.sleep(HAND_S)
        self._pressed("lay")
        self._desk.captured(Captured([frame], None))

    def answer(self, row: ComparisonRow) -> None:
        view = self._window.view
        if view is None or view.case is None or not view.case.mismatch_reasons:
            self._intent("answer", Qt.Key.Key_N)  # the pack asks for no reason
            return
        self._key(Qt.Key.Key_N)
        dialog = self._dialog()
        self._intent("answer", Qt.Key.Key_1, lambda: dialog)

    def answer_question(self, question_id: str) -> None:
        self._intent("answer_question", Qt.Key.Key_Y)

    def discard(self, doc_id: str) -> None:
        self._intent("discard", Qt.Key.Key_Delete)

    def undo(self) -> None:
        self._intent("undo", Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)

    def hold(self) -> None:
        self._key(Qt.Key.Key_F6)
        dialog = self._dialog()
        self._intent("hold", Qt.Key.Key_1, lambda: dialog)

    def decide(self, outcome: str) -> None:
        self._key(_DECISIONS[outcome])
        dialog = self._dialog()
        self._intent("decide", Qt.Key.Key_Return, lambda: dialog)

    def reprint(self) -> None:
        self._intent("reprint", Qt.Key.Key_P, modifier=Qt.KeyboardModifier.ControlModifier)

    def finish(self) -> None:
        self._intent("finish", Qt.Key.Key_F5)

    # ── keys ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _intent(
        self,
        what: str,
        key: Qt.Key,
        to: Callable[[], QWidget] | None = None,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        self._key(key, to, modifier, lambda: self._pressed(what))

    def _key(
        self,
        key: Qt.Key,
        to: Callable[[], QWidget] | None = None,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        pressed: Callable[[], None] = lambda: None,
    ) -> None:
        time.sleep(HAND_S)
        pressed()  # now, although the window may come to it later
        self._loop.call(lambda: QTest.keyClick((to or self._focused)(), key, modifier))

    def _focused(self) -> QWidget:
        focus = QApplication.focusWidget()
        return focus if focus is not None and focus.window() is self._window else self._window

    def _dialog(self) -> QDialog:
        """The question that the key before has opened, once it is on the screen."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            dialog = self._loop.call(
                lambda: next((d for d in self._window.findChildren(QDialog) if d.isVisible()), None)
            )
            if dialog is not None:
                return dialog
            time.sleep(_LOOK_S)
        raise RuntimeError("the window does not ask")


def _initials_of(application_no: str) -> str:
    """The child's name as a clerk types it: the first letters of its pinyin."""
    name = next(
        str(application["child"]["name"])
        for found in families()
        for application in found.applications
        if application["application_no"] == application_no
    )
    return min((term for term in name_terms(name) if term.isascii()), key=len, default=application_no)
