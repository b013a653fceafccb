"""The sentences of a paper: the model's values set into the catalogue's words."""

from __future__ import annotations

from typing import Any, TypeAlias

from kiosk.paper.build import printed_day
from kiosk.paper.model import MaterialLine, MaterialState, Paper, PaperKind, ReasonLine
from kiosk.texts import say, text

Fact: TypeAlias = tuple[str, str, bool]  # label, value, printed larger


class Wording:
    """Everything ``paper`` says, in its own language."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    def say(self, key: str, **params: Any) -> str:
        return say(text(f"paper.{key}", **params), self.paper.language)

    def outcome(self) -> tuple[str, str]:
        """Headline and the sentence below it. A slip tells at once whether coming again on the supplementary day helps."""
        kind: str = self.paper.kind
        if self.paper.kind is PaperKind.SLIP and not all(reason.curable for reason in self.paper.reasons):
            kind = "slip_final"
        sub = kind
        if kind == "slip" and not self.paper.supplement:
            sub = "slip_no_day"
        return self.say(f"headline.{kind}"), self.say(f"subline.{sub}", when=self.paper.supplement)

    def facts(self) -> list[list[Fact]]:
        paper = self.paper
        at = self.say("at_value", date=printed_day(paper.date, paper.language, weekday=True), time=paper.time)
        desk = self.say("desk_value", desk=paper.desk_name, clerk=paper.clerk_no)
        rows: list[list[Fact]] = [
            [
                (paper.subject_label or self.say("label.child"), paper.child_name, True),
                (self.say("label.child_id"), paper.child_id_masked, False),
            ],
            [
                (self.say("label.application_no"), paper.application_no, False),
                (paper.office_label or self.say("label.school"), paper.school, False),
            ],
            [(self.say("label.at"), at, False), (self.say("label.desk"), desk, False)],
        ]
        if paper.kind is not PaperKind.SLIP:  # nothing is settled on a slip, so it names no category
            rows.append([(self.say("label.category"), paper.category or self.say("label.category_none"), False)])
        return rows

    def belongs_to(self) -> str:
        """Whose a following page is."""
        return f"{self.paper.child_name} · {self.say('label.application_no')} {self.paper.application_no}"

    def reason_lines(self, reason: ReasonLine) -> list[str]:
        """What it is about, what to bring and until when — or that coming again does not help."""
        lines = [self.say("about", about=reason.about)] if reason.about else []
        if self.paper.kind is PaperKind.REFER:
            return lines
        if not reason.curable:
            lines.append(self.say("not_curable"))
        if reason.todo:
            lines.append(self.say("todo_line", todo=reason.todo))
        if reason.curable and not all(r.curable for r in self.paper.reasons):
            # where every reason can be cured, the day stands once, large, at the head
            when = self.paper.supplement
            lines.append(self.say("until_line", when=when) if when else self.say("until_unknown"))
        return lines

    def state(self, line: MaterialLine) -> str:
        return self.say(f"state.{line.state}")

    def detail(self, line: MaterialLine) -> str:
        """Which department's data stood in for the original, and of which day."""
        if line.state is not MaterialState.WAIVED_BY_DATA:
            return ""
        return self.say("waived_by", department=line.department, date=line.answered_on).strip()

    def signatures(self) -> list[str]:
        return [self.say("sign.clerk"), self.say("sign.parent"), self.say("sign.date")]

    def audit(self) -> str:
        return f"{self.say('audit', head=self.paper.audit_head[:16])} · {self.paper.paper_no}"

    def page(self, number: int, of: int) -> str:
        return self.say("page", page=number, pages=of)
