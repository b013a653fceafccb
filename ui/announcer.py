"""What happened, spoken by a screen reader as it happens: the same moments that have a sound."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from kiosk.desk.view import CaseView, ComparisonRow, DeskView
from ui.happenings import Happening
from ui.meanings import VERDICTS
from ui.words import Words


def spoken_row(row: ComparisonRow, words: Words) -> str:
    """One sentence a row: 户口地址，网上填报…，原件…，不一致."""
    return QCoreApplication.translate("Announcer", "{field}，网上填报 {declared}，原件 {read}，{verdict}").format(
        field=words(row.label),
        declared=row.declared or QCoreApplication.translate("Announcer", "没有填"),
        read=row.read or QCoreApplication.translate("Announcer", "没有读出文字"),
        verdict=VERDICTS[row.verdict].word,
    )


def announcement(happening: Happening, view: DeskView, words: Words) -> str:
    """The sentence for what happened; "" when there is nothing to add to what is said anyway."""
    case = view.case
    if happening is Happening.CAPTURED:
        return QCoreApplication.translate("Announcer", "拍好了")
    if happening is Happening.DONE and case is not None and case.paper is not None:
        return QCoreApplication.translate("Announcer", "单子好了：{state}").format(state=words(case.paper.text))
    if case is None:
        return ""
    row = _waiting_row(case)
    if row is not None:
        return spoken_row(row, words)
    if happening is Happening.NEEDS_YOU:
        question = next((q for q in case.questions if q.answer is None), None)
        return words(question.text) if question is not None else ""
    return ""  # a message speaks for itself: ui.staff.notice alerts


def _waiting_row(case: CaseView) -> ComparisonRow | None:
    document = next((d for d in case.documents if d.doc_id == case.current_doc), None)
    if document is None or case.current_row is None or case.current_row >= len(document.rows):
        return None
    return document.rows[case.current_row]


def announce(window: QObject, sentence: str, *, urgent: bool = False) -> None:
    """Give ``sentence`` to whatever screen reader listens; nothing happens without one."""
    if not sentence:
        return
    event = QAccessibleAnnouncementEvent(window, sentence)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
