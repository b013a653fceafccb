"""Who waits for whom, moment by moment: read from the table, the view and the open dialogs, never from what ought to happen."""

from __future__ import annotations

import time
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog

from kiosk.desk.view import CaseView, DeskView, Phase
from practice.camera.desk import DeskState
from yanhe.practice_run import PracticeApp

LOOK_EVERY_MS = 20
_MOVING = (DeskState.ARRIVING, DeskState.LEAVING, DeskState.TURNING)


class Turn(StrEnum):
    """Whose turn it is."""

    NOBODY = "nobody"  # no family is there
    HAND = "hand"  # a paper is being laid down or taken away, or the next one can be
    PERSON = "person"  # something waits for an answer, a decision or F5
    CAMERA = "camera"  # a paper lies still and has not been captured (or its code not been seen)
    READING = "reading"  # all papers are taken, nothing to answer: the machine reads or thinks
    PRINTING = "printing"  # decided, the paper is being made


MACHINE = (Turn.CAMERA, Turn.READING, Turn.PRINTING)


class WaitingClock(QObject):
    """Adds up how long each turn lasted. Lives on the window's thread, beside the app."""

    def __init__(self, practice: PracticeApp) -> None:
        super().__init__(practice.window)
        self._practice = practice
        self._since = time.perf_counter()
        self._captures = 0
        self._lies: object = None
        self._taken = False
        self.turn = Turn.NOBODY
        self.seconds = dict.fromkeys(Turn, 0.0)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)

    def look(self) -> None:
        """Give the time since the last look to the turn that held then; then see whose turn it is now."""
        now = time.perf_counter()
        self.seconds[self.turn] += now - self._since
        self._since = now
        self._see_table()
        self.turn = self._whose(self._practice.window.view)

    def _see_table(self) -> None:
        """Whether the paper that lies there has been captured since it came to rest."""
        table = self._practice.session.table.view()
        view = self._practice.window.view
        captures = view.case.captures if view is not None and view.case is not None else 0
        lies = table.paper if table.state is DeskState.LYING else None
        if lies is not self._lies:
            self._lies, self._captures, self._taken = lies, captures, False
        elif captures > self._captures:
            self._taken = True

    def _whose(self, view: DeskView | None) -> Turn:
        table = self._practice.session.table.state
        if view is None:
            return Turn.NOBODY
        if view.phase is Phase.DECIDED and view.case is not None:
            done = view.case.paper is not None and view.case.paper.state in ("printed", "saved", "failed")
            return Turn.PERSON if done else Turn.PRINTING
        if view.case is None:
            if self._lies is not None:
                return Turn.CAMERA
            return Turn.HAND if table in _MOVING else Turn.NOBODY
        if self._to_answer(view.case):
            return Turn.PERSON
        if self._lies is not None and not self._taken and not self._is_slip():
            return Turn.CAMERA
        if table in _MOVING or self._practice.session.director.playing:
            return Turn.HAND
        return Turn.READING if view.case.reading or not view.case.decision.allowed else Turn.PERSON

    def _to_answer(self, case: CaseView) -> bool:
        dialog = any(d.isVisible() for d in self._practice.window.findChildren(QDialog))
        return dialog or case.current_row is not None or any(q.answer is None for q in case.questions)

    def _is_slip(self) -> bool:
        paper = self._practice.session.table.present
        return paper is not None and paper.material == "SLIP"
