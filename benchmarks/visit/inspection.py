"""What the watched app tells about itself: a local socket that answers questions and can change nothing.

One JSON object a line each way. ``{"ask": "state"}``: what is on screen. ``{"ask": "where", "title": T, "among": A}``: the middle of the
visible, enabled control with that title, in pixels of the screen. ``{"ask": "report"}``: stalls, waiting, texts of the family's window.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLineEdit, QScrollArea, QWidget

from benchmarks.visit.family_texts import FamilyTexts
from benchmarks.visit.waiting import WaitingClock
from benchmarks.watchdog import Watchdog
from kiosk.desk.view import CaseView, DeskView
from kiosk.texts import say
from yanhe.practice_run import PracticeApp


class Inspection(QObject):
    """Answers on ``address`` (a path). Questions that it does not know get an empty answer."""

    def __init__(
        self, practice: PracticeApp, family: FamilyTexts, clock: WaitingClock, watchdog: Watchdog, address: str
    ) -> None:
        super().__init__(practice.window)
        self._practice = practice
        self._family = family
        self._clock = clock
        self._watchdog = watchdog
        self._views = 0
        self.start_s: dict[str, float] = {}
        practice.window.view_shown.connect(self._count)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        QLocalServer.removeServer(address)
        if not self._server.listen(address):
            raise OSError(self._server.errorString())

    def _count(self) -> None:
        self._views += 1

    def _greet(self) -> None:
        line = self._server.nextPendingConnection()
        if line is not None:
            line.readyRead.connect(lambda: self._answer(line))

    def _answer(self, line: QLocalSocket) -> None:
        while line.canReadLine():
            question = json.loads(bytes(line.readLine().data()))
            found = self._found(question)
            line.write(json.dumps(found, ensure_ascii=False).encode() + b"\n")
            line.flush()

    def _found(self, question: dict[str, Any]) -> dict[str, Any]:
        match question.get("ask"):
            case "state":
                return self.state()
            case "where":
                return self.where(question)
            case "report":
                return self.report()
            case _:
                return {}

    # ── answers ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def state(self) -> dict[str, Any]:
        view = self._practice.window.view
        self._clock.look()
        told: dict[str, Any] = {
            "views": self._views,
            "reader": self._practice.running.reader.state.value,
            "playing": self._practice.session.playing(),
            "table": self._practice.session.table.state.value,
            "turn": self._clock.turn.value,
            "seconds": {turn.value: seconds for turn, seconds in self._clock.seconds.items()},
            "dialog": self._dialog(),
            "phase": "",
        }
        return told | (_view(view) if view is not None else {})

    def where(self, question: dict[str, Any]) -> dict[str, Any]:
        for widget in self._controls(question.get("among", "")):
            titles = (getattr(widget, "title", None), widget.accessibleName(), widget.toolTip())
            texts = (widget.text(),) if isinstance(widget, QAbstractButton) else ()
            if question.get("title") in (*titles, *texts):
                seen = _seen(widget)
                middle = widget.mapToGlobal(seen.center() if not seen.isEmpty() else widget.rect().center())
                return {"x": middle.x(), "y": middle.y(), "visible": not seen.isEmpty(), "width": widget.width()}
        return {}

    def report(self) -> dict[str, Any]:
        beats = self._watchdog.stalls_ms
        return {
            "beats": len(beats),
            "stalls_ms": {str(share): self._watchdog.at(share) for share in (0.5, 0.99, 0.999)},
            "longest_ms": max(beats, default=0.0),
            "blamed": self._watchdog.blamed.most_common(20),
            "start_s": self.start_s,
            "paintings": self._family.paintings,
            "painted": [painted.plain() for painted in self._family.painted],
        }

    def _dialog(self) -> str:
        """The kind of the question that is open over the window; "" when none is."""
        return next((type(d).__name__ for d in self._practice.window.findChildren(QDialog) if d.isVisible()), "")

    def _controls(self, among: str) -> Iterator[QWidget]:
        window = self._practice.window
        root: QWidget = window.practice_bar if among == "practice" else window
        for kind in (QAbstractButton, QComboBox, QLineEdit):
            for widget in root.findChildren(kind):
                if widget.isVisible() and widget.isEnabled():
                    yield widget


def _seen(widget: QWidget) -> QRect:
    """The part of the control that is not scrolled out of sight, in its own coordinates."""
    seen = widget.rect()
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent.parentWidget(), QScrollArea):  # a viewport cuts off
            corner = widget.mapFrom(parent, QPoint(0, 0))
            seen = seen.intersected(QRect(corner, parent.size()))
        parent = parent.parentWidget()
    return seen


def _view(view: DeskView) -> dict[str, Any]:
    told: dict[str, Any] = {
        "phase": view.phase.value,
        "expected_today": view.header.expected_today,
        "candidates": [c.application_no for c in view.candidates],
        "notice": say(view.notice.text) if view.notice is not None else "",
        "case": None,
    }
    return told | ({"case": _case(view.case)} if view.case is not None else {})


def _case(case: CaseView) -> dict[str, Any]:
    shown = next((d for d in case.documents if d.doc_id == case.current_doc), None)
    row = shown.rows[case.current_row] if shown is not None and case.current_row is not None else None
    waiting = {"doc_id": row.doc_id, "field": row.field, "declared": row.declared, "read": row.read} if row else None
    question = next((q.question_id for q in case.questions if q.answer is None), "")
    return {
        "application_no": case.application_no,
        "child": case.child,
        "captures": case.captures,
        "reading": case.reading,
        "row": waiting,
        "question": question,
        "allowed": list(case.decision.allowed),
        "outstanding": [say(t) for t in case.decision.outstanding],
        "decision": case.decision.decision,
        "documents": [d.doc_id for d in case.documents],
        "paper": case.paper.state if case.paper is not None else "",
        "next_step": say(case.next_step),
    }
