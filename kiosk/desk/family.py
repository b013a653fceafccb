"""The children of one family at the desk: whose cases are open, whose turn it is, what goes back into the family's hands.

Most families have one child here; then this is one case. Brothers and sisters are found by a guardian's document number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.case.state import CaseState, CaseStatus, PageState
from kiosk.desk.papers import PaperJob
from kiosk.texts import Text
from kiosk.wire.models import ApplicationRecord

_AT_DESK = (CaseStatus.OPEN, CaseStatus.DECIDED)


@dataclass
class OpenCase:
    """One child's case as the desk holds it. ``shown``: the document on show; ``note``: what was told when the case was resumed."""

    record: ApplicationRecord
    state: CaseState
    shown: str | None = None
    paper: PaperJob | None = None
    note: Text | None = None

    @property
    def number(self) -> str:
        return self.record.application_no

    @property
    def at_desk(self) -> bool:
        """It is open or decided, and its originals have not gone back yet."""
        return self.state.status in _AT_DESK


class Family:
    """In the order in which the children's cases were found; ``active`` is the one the window shows."""

    def __init__(self) -> None:
        self._cases: dict[str, OpenCase] = {}
        self._active = ""

    @property
    def active(self) -> OpenCase | None:
        return self._cases.get(self._active)

    def __iter__(self) -> Iterator[OpenCase]:
        return iter(self._cases.values())

    def __len__(self) -> int:
        return len(self._cases)

    def get(self, application_no: str) -> OpenCase | None:
        return self._cases.get(application_no)

    def add(self, case: OpenCase) -> None:
        self._cases[case.number] = case
        self._active = self._active or case.number

    def turn_to(self, application_no: str) -> None:
        self._active = application_no if application_no in self._cases else self._active

    def leave(self) -> None:
        self._cases.clear()
        self._active = ""

    def in_hand(self) -> list[OpenCase]:
        """The cases that are served now, the active one first: what is laid down may concern any of them."""
        found = [case for case in self._cases.values() if case.state.status is CaseStatus.OPEN]
        return sorted(found, key=lambda case: case.number != self._active)

    def waiting(self) -> OpenCase | None:
        """The next child that is neither decided nor held; not the active one."""
        others = (case for case in self._cases.values() if case.number != self._active)
        return next((case for case in others if case.state.status is CaseStatus.OPEN), None)

    def originals(self) -> dict[str, list[str]]:
        """application number → documents whose originals lie on the table; a paper shown for several children counts with the first."""
        counted: set[str] = set()
        found: dict[str, list[str]] = {}
        for case in self._cases.values():
            if not case.at_desk:
                continue
            shown = {doc: _captures(pages) for doc, pages in case.state.documents().items()}
            found[case.number] = [doc for doc, captures in shown.items() if captures and not captures & counted]
            counted |= set().union(*shown.values())
        return found


def _captures(pages: list[PageState]) -> set[str]:
    """The photographs taken of a document in this visit; none when all of it was seen at an earlier one."""
    return {page.capture_id for page in pages if not page.carried_on}
