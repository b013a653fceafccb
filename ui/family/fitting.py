"""A page in the largest type with which all of it fits, found one attempt a turn of the event loop.

Nobody at the desk can scroll the family's screen, so everything must have its place. A page is only measured by making it; made one
after the other in a single turn they would hold up the clerk's window, which lives on the same thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QWidget

AFTER_MS = 40
"""The clerk's window has drawn the same news by then; a family does not see the difference."""


@dataclass(frozen=True)
class Candidates:
    """``make(k)`` makes the page in the ``k``-th largest of ``count`` types. ``subject``: pages of one subject fit alike."""

    subject: str
    count: int
    make: Callable[[int], QWidget]


class Fitting(QObject):
    """Signal: ``found(QWidget)``: the page that fits, or the one in the smallest type when none does. It has no parent yet."""

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._candidates: Candidates | None = None
        self._room = QSize()
        self._at = 0
        self._too_large = -1  # the smallest type known not to fit
        self._best: QWidget | None = None
        self._ended = False  # the best is the one; it is shown in a turn of its own
        self._last: dict[str, int] = {}  # subject → where the last search ended, which is where the next one begins
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._take_turn)

    @property
    def searching(self) -> bool:
        return self._candidates is not None

    def begin(self, candidates: Candidates, room: QSize) -> None:
        """What was searched for before is given up."""
        self.stop()
        self._candidates = candidates
        self._room = room
        self._at = min(self._last.get(candidates.subject, 0), candidates.count - 1)
        self._too_large = -1
        self._turn.start(AFTER_MS)

    def stop(self) -> None:
        """Give up. What was made is destroyed at once: it may speak of a family that has left."""
        self._turn.stop()
        self._candidates = None
        self._ended = False
        best, self._best = self._best, None
        if best is not None:
            shiboken6.delete(best)

    def _take_turn(self) -> None:
        wanted = self._candidates
        assert wanted is not None
        if self._ended:
            self._show(wanted)
        else:
            self._try(wanted)
            self._turn.start(0)

    def _try(self, wanted: Candidates) -> None:
        page = wanted.make(self._at)
        if fits(page, self._room):
            self._keep(page)
            self._ended = self._at - 1 <= self._too_large
            self._at -= not self._ended
        elif self._best is not None:
            shiboken6.delete(page)
            self._at += 1
            self._ended = True
        elif self._at == wanted.count - 1:
            self._keep(page)
            self._ended = True
        else:
            shiboken6.delete(page)
            self._too_large = self._at
            self._at += 1

    def _keep(self, page: QWidget) -> None:
        old, self._best = self._best, page
        if old is not None:
            shiboken6.delete(old)

    def _show(self, wanted: Candidates) -> None:
        page, self._best = self._best, None
        self._last[wanted.subject] = self._at
        self._candidates = None
        self._ended = False
        self.found.emit(page)


def fits(page: QWidget, room: QSize) -> bool:
    """Whether all that ``page`` says has its place in ``room``."""
    layout = page.layout()
    if layout is None:
        return True
    layout.activate()
    if layout.minimumSize().width() > room.width():
        return False
    height = layout.heightForWidth(room.width()) if layout.hasHeightForWidth() else layout.minimumSize().height()
    return height <= room.height()
