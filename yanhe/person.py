"""A person at the practice desk: looks at what the window shows and presses the keys that it offers.

Used by `demo --headless`, the end-to-end tests and the benchmarks. It answers from what is *printed* on the practice papers against what
was declared, as a careful clerk would; it never types a value and never reaches behind the window.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from kiosk.desk.view import CaseView, ComparisonRow, DeskView, Phase
from practice.world import family, papers
from ui.app import MainWindow

LOOK_EVERY_MS = 60  # faster than a hand; the window must keep up

# doc_id → field → whether paper and declaration agree, as a careful eye sees it
Truth = Callable[[str, str, str], bool]


@dataclass(frozen=True)
class Step:
    """One thing that happened, for the printed account of a run."""

    what: str
    detail: str = ""


class Person(QObject):
    """Works through the families it is given until the outcome is on paper. ``done`` is called once, with true when it all ended well."""

    def __init__(
        self,
        window: MainWindow,
        agrees: Truth,
        *,
        everything_laid: Callable[[], bool],
        told: Callable[[Step], None],
        done: Callable[[DeskView], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._agrees = agrees
        self._everything_laid = everything_laid
        self._told = told
        self._done = done
        self._answered: set[tuple[str, ...]] = set()
        self.keys = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _press(self, key: Qt.Key) -> None:
        self.keys += 1
        focus = QApplication.focusWidget()
        QTest.keyClick(focus if focus is not None and focus.window() is self._window else self._window, key)

    def _look(self) -> None:
        view = self._window.view
        if view is None:
            return
        dialog = next((d for d in self._window.findChildren(QDialog) if d.isVisible()), None)
        if dialog is not None:
            self.keys += 1
            QTest.keyClick(dialog, Qt.Key.Key_Return)
            return
        if view.case is None:
            return
        if view.phase is Phase.CHECKING:
            self._check(view.case)
        elif view.phase is Phase.DECIDED:
            self._wait_for_paper(view)

    def _check(self, case: CaseView) -> None:
        row = _waiting_row(case)
        if row is not None:
            self._answer(row)
            return
        if case.reading:
            return
        question = next((q for q in case.questions if q.answer is None), None)
        if question is not None:
            self._once(("question", question.question_id), Qt.Key.Key_Y, "回答", "是")
        elif "RECEIPT" in case.decision.allowed:
            self._once(("F9", str(case.captures)), Qt.Key.Key_F9, "决定", "F9 出回执")
        elif self._everything_laid() and "RETURN" in case.decision.allowed:
            self._once(("F8", str(case.captures)), Qt.Key.Key_F8, "决定", "F8 退回")
        elif self._everything_laid() and "REFER" in case.decision.allowed:
            self._once(("F7", str(case.captures)), Qt.Key.Key_F7, "决定", "F7 待区核定")

    def _answer(self, row: ComparisonRow) -> None:
        agrees = self._agrees(row.doc_id, row.field, row.declared)
        key, word = (Qt.Key.Key_Return, "Enter 一致") if agrees else (Qt.Key.Key_N, "N 不一致")
        self._once(("row", row.doc_id, row.field, row.read), key, "看图", f"{row.doc_id} {row.field} → {word}")

    def _once(self, mark: tuple[str, ...], key: Qt.Key, what: str, detail: str) -> None:
        if mark not in self._answered:
            self._answered.add(mark)
            self._told(Step(what, detail))
            self._press(key)

    def _wait_for_paper(self, view: DeskView) -> None:
        paper = view.case.paper if view.case is not None else None
        if paper is None or view.case is None or paper.state not in ("printed", "saved", "failed"):
            return
        if view.case.next_child:
            self._once(("F5", view.case.application_no), Qt.Key.Key_F5, "接着办", "F5 下一个孩子")
        else:
            self.stop()
            self._done(view)


def _waiting_row(case: CaseView) -> ComparisonRow | None:
    if case.current_row is None:
        return None
    shown = next((d for d in case.documents if d.doc_id == case.current_doc), None)
    return shown.rows[case.current_row] if shown is not None else None


def printed_on(family_id: str) -> Mapping[str, Mapping[str, str]]:
    """doc_id → field → what the family's practice papers say, in the form of the records (dates ISO)."""
    found: dict[str, dict[str, str]] = {}
    for paper in papers(family_id):
        found.setdefault(paper.doc_id, {}).update(paper.records)
    return found


def careful_eye(family_id: str, same: Callable[[str, str, str], bool]) -> Truth:
    """A clerk who reads well and knows what the district expects of this family; beyond that the printed value is held against the
    declared one by ``same``(field, declared, printed)."""
    printed = printed_on(family_id)
    settled = _settled(family_id)

    def agrees(doc_id: str, field: str, declared: str) -> bool:
        material = doc_id.split(":", 1)[0]
        if (material, field, declared) in settled:
            return settled[material, field, declared]
        elsewhere = [good for (_, name, value), good in settled.items() if value == declared and "name" in name]
        if "name" in field and elsewhere:  # the same person's name on a paper the district lists as another kind
            return all(elsewhere)
        documents = [doc_id] if doc_id in printed else [d for d in printed if d.split(":", 1)[0] == material]
        values = [printed[d][field] for d in documents if field in printed[d]]
        return any(same(field, declared, value) for value in values)

    return agrees


def _settled(family_id: str) -> dict[tuple[str, str, str], bool]:
    """(material, field, declared value) → whether they agree, where the family's expected outcome says so."""
    verdicts = family(family_id).expected["field_verdicts"]
    return {
        (v["material"], v["field"], v["declared"]): v["verdict"] in ("match", "ask")
        for v in verdicts
        if v.get("declared")
    }
