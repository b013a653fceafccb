"""A receipt of nobody, to see what a printer makes of one: every kind of line, rare characters, a code to scan. Marked as a specimen all over."""

from __future__ import annotations

from datetime import datetime

from kiosk.paper.build import DeskFacts, printed_day
from kiosk.paper.model import MaterialLine, MaterialState, Paper, PaperKind, ReasonLine
from kiosk.texts import say, text


def specimen(desk: DeskFacts, at: datetime, *, printer: str, language: str = "zh_CN") -> Paper:
    """``printer``: how the printer is called, printed on it so that the sheet is found back to it."""

    def said(key: str, **params: object) -> str:
        return say(text(f"printing.specimen.{key}", **params), language)

    day = printed_day(at.date().isoformat(), language)
    return Paper(
        kind=PaperKind.REFER,
        title=said("title"),
        paper_no="TEST-0000-00-000000",
        application_no="TEST00000000",
        school=desk.school,
        child_name=said("name"),
        child_id_masked="440000********0000",
        category=printer,
        materials=tuple(
            MaterialLine(f"T{number:02d}", said(f"material.{number}"), state, said("department"), day)
            for number, state in enumerate(MaterialState, start=1)
        ),
        reasons=(ReasonLine("R-TEST", said("reason"), said("about")),),
        date=at.date().isoformat(),
        time=at.strftime("%H:%M"),
        desk_id=desk.desk_id,
        desk_name=desk.desk_name,
        clerk_no=desk.clerk_no,
        notes=(said("note.1"), said("note.2"), said("note.3")),
        audit_head="0" * 64,
        practice=True,
        language=language,
    )
