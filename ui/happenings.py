"""What happened between two views of the desk that a person should hear of, by ear and by screen reader."""

from __future__ import annotations

from enum import StrEnum

from kiosk.desk.view import CaseView, DeskView, Phase, RowVerdict


class Happening(StrEnum):
    """Named like the sounds of resources/sounds."""

    CAPTURED = "captured"  # a sheet was photographed
    NEEDS_YOU = "needs_you"  # something waits for a person that did not before
    WRONG = "wrong"  # a field differs, or something failed
    DONE = "done"  # the paper is printed or saved


def happenings(before: DeskView | None, now: DeskView) -> tuple[Happening, ...]:
    """What is new in ``now``. Nothing for the first view, and nothing of a case that was only opened again."""
    if before is None:
        return ()
    found: list[Happening] = []
    same = before.case is not None and now.case is not None and before.case.application_no == now.case.application_no
    if same and before.case is not None and now.case is not None:
        found += _in_case(before, now, before.case, now.case)
    if _alarm(before, now) and Happening.WRONG not in found:
        found.append(Happening.WRONG)
    return tuple(found)


def _in_case(view_before: DeskView, view_now: DeskView, before: CaseView, now: CaseView) -> list[Happening]:
    found: list[Happening] = []
    if now.captures > before.captures:
        found.append(Happening.CAPTURED)
    if view_now.phase is Phase.CHECKING and view_before.phase is Phase.CHECKING:
        if _mismatches(now) - _mismatches(before):
            found.append(Happening.WRONG)
        elif _waiting(now) - _waiting(before):
            found.append(Happening.NEEDS_YOU)
    if _printed(now) and not _printed(before):
        found.append(Happening.DONE)
    return found


def _waiting(case: CaseView) -> set[tuple[str, str]]:
    """Fields and questions that wait for a person."""
    rows = {(row.doc_id, row.field) for d in case.documents for row in d.rows if row.needs_person}
    return rows | {("", q.question_id) for q in case.questions if q.answer is None}


def _mismatches(case: CaseView) -> set[tuple[str, str]]:
    """Fields the machine calls different and nobody has looked at."""
    return {
        (row.doc_id, row.field)
        for d in case.documents
        for row in d.rows
        if row.verdict is RowVerdict.MISMATCH and row.needs_person
    }


def _printed(case: CaseView) -> bool:
    return case.paper is not None and case.paper.state in ("printed", "saved")


def _alarm(before: DeskView, now: DeskView) -> bool:
    notice = now.notice
    fresh = notice is not None and (before.notice is None or before.notice.serial != notice.serial)
    failed = now.case is not None and now.case.paper is not None and now.case.paper.state == "failed"
    failed_before = before.case is not None and before.case.paper is not None and before.case.paper.state == "failed"
    return (fresh and notice is not None and notice.level != "info") or (failed and not failed_before)
