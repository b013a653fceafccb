"""The practice world at a running desk: what the training bar asks of the simulated table."""

from __future__ import annotations

from kiosk.desk.view import DeskView
from kiosk.texts import catalogue
from practice.camera.card import CARD_ID, CARD_KIND, CardPaper
from practice.camera.desk import PracticeDesk
from practice.director import Director, fills_the_picture
from practice.paper import Paper
from practice.world import families, family, papers
from ui.practice.port import PracticeFamily, PracticePaper

SLIP = "SLIP"
FORM = "G01"


class PracticeSession:
    """Implements ui.practice.port.PracticePort. Give it each view of the desk (``seen``): it knows by it when a paper was captured."""

    def __init__(self, table: PracticeDesk, *, severity: str = "good") -> None:
        self._table = table
        self._severity = severity
        self._view: DeskView | None = None
        self._captures_before = 0
        self._laid = 0
        self.director = Director(
            table, is_captured=self._is_captured, on_paper=self._about_to_lay, severity=severity, timeout_s=60.0
        )

    @property
    def table(self) -> PracticeDesk:
        """The simulated table: what lies on it and how it moves."""
        return self._table

    def seen(self, view: DeskView) -> None:
        self._view = view

    def families(self) -> tuple[PracticeFamily, ...]:
        return tuple(PracticeFamily(f.id, f.title_zh) for f in families())

    def papers(self, family_id: str) -> tuple[PracticePaper, ...]:
        own = (PracticePaper(p.id, paper_title(p)) for p in papers(family_id) if p.material != SLIP)
        return (*own, PracticePaper(CARD_ID, CARD_KIND.title_zh))

    def present(self, family_id: str) -> None:
        self.director.stop()
        self._lay(next(p for p in papers(family_id) if p.material == SLIP))

    def lay(self, paper_id: str) -> None:
        self.director.stop()
        if paper_id == CARD_ID:
            self._lay(CardPaper())
            return
        self._lay(next(p for p in papers(paper_id.split("-", 1)[0]) if p.id == paper_id))

    def _lay(self, paper: Paper) -> None:
        """As a hand does: never twice at quite the same place, tall pages turned so that they fill the picture."""
        self._laid += 1
        self._table.lay(paper, turned=fills_the_picture(paper), severity=self._severity, seed=self._laid)

    def take_away(self) -> None:
        self.director.stop()
        self._table.take_away()

    def play(self, family_id: str, on: bool) -> None:
        if on and not self.director.playing:
            self.director.start(script(family_id))
        elif not on:
            self.director.stop()

    def playing(self) -> str:
        current = self.director.current
        return current.family_id if self.director.playing and current is not None else ""

    def _about_to_lay(self, paper: Paper) -> None:
        self._captures_before = self._captures()

    def _captures(self) -> int:
        view = self._view
        return view.case.captures if view is not None and view.case is not None else 0

    def _is_captured(self, paper: Paper) -> bool:
        view = self._view
        if view is None or view.case is None:
            return False
        if paper.material == SLIP:
            return view.case.application_no == paper.application_no
        return view.case.captures > self._captures_before


def paper_title(paper: Paper) -> str:
    """The paper and whose it is: a family has several cards that look alike, and twins have a form each."""
    role = paper.page.removeprefix("member_") if paper.page.startswith("member_") else paper.doc_id.split(":", 1)[1]
    applications = family(paper.family_id).applications
    if len(applications) > 1 and paper.application_no:
        child = next(a["child"]["name"] for a in applications if a["application_no"] == paper.application_no)
        return f"{paper.title_zh}（{child}）"
    holder = catalogue("zh_CN").get(f"desk.holder.{role}")
    if paper.page.startswith("member_"):
        holder = holder or next((value for name, value in paper.records.items() if name.endswith("name")), "")
    elif paper.material not in ("A02", "A03", "A12"):
        holder = ""
    return f"{paper.title_zh}（{holder}）" if holder else paper.title_zh


def script(family_id: str, *, with_form: bool = True) -> list[Paper]:
    """What a family does at the desk: shows the code on its slip, then lays its papers down one after the other."""
    everything = papers(family_id)
    slips = [p for p in everything if p.material == SLIP]
    rest = [p for p in everything if p.material != SLIP and (with_form or p.material != FORM)]
    return [*slips[:1], *rest]
