"""Opening a case: is it a new visit or the same one going on, and by which version of the rules is it decided?"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from kiosk.case.events import VisitOpened, VisitSuspended
from kiosk.case.state import CaseState, CaseStatus
from kiosk.desk.assess import Assessment
from kiosk.desk.rules import Rules
from kiosk.policy import Pack
from kiosk.texts import Text, say, text
from kiosk.wire.models import ApplicationRecord

Via: TypeAlias = Literal["code", "typed", "resumed", "sibling"]
Told: TypeAlias = tuple[Literal["info", "warn"], Text]
_SETTLED = ("RECEIPT", "REFER")


@dataclass(frozen=True)
class Opening:
    """``act``: to be written; ``told``: what to say of the rules by which the case is decided."""

    act: VisitOpened
    told: Told | None


class Opener:
    def __init__(self, rules: Rules, now: Callable[[], datetime]) -> None:
        self._rules = rules
        self._now = now

    def open(self, record: ApplicationRecord, state: CaseState, via: Via, newest: Pack) -> Opening:
        if state.status is not CaseStatus.CLOSED:
            via = "resumed"
        version, told = self._version(record, state, newest)
        act = VisitOpened(
            visit_id=uuid.uuid4().hex,
            via=via,
            pack=record.pack,
            pack_version=version,
            record_revision=record.revision,
            desk_date=self._rules.desk_date(record, self._now()).isoformat(),
        )
        return Opening(act, told)

    def _version(self, record: ApplicationRecord, state: CaseState, newest: Pack) -> tuple[str, Told | None]:
        """The version by which the case is decided: the one it was begun under, while this desk has it; and what to say of that."""
        begun = state.visit.pack_version if state.visit is not None and state.visit.pack == record.pack else ""
        if not begun or begun == newest.version:
            return newest.version, None
        if self._rules.holds(record.pack, begun):
            return begun, ("info", text("desk.pack.older", version=begun, newest=newest.version))
        return newest.version, ("warn", text("desk.pack.gone", version=begun, newest=newest.version))


def resumed(at: str, held: VisitSuspended, standing: Assessment, language: str) -> Text:
    """When and why the case was put aside, and what was open then (nothing has happened to it since)."""
    still = [say(sentence, language) for sentence in standing.outstanding]
    looks = sum(row.needs_person for row in standing.fields) + sum(q.answer is None for q in standing.questions)
    if looks:
        still.insert(0, say(text("flow.resumed.looks", count=looks), language))
    return text(
        "flow.resumed.with_open" if still else "flow.resumed.ready",
        at=datetime.fromisoformat(at).strftime("%m-%d %H:%M"),
        reason=text(f"flow.hold.{held.reason or 'NONE'}"),
        note=f"（{held.note}）" if held.note else "",
        open="、".join(still),
    )


def comes_along(state: CaseState) -> bool:
    """A brother's or sister's case is opened with this one, unless an earlier visit settled it."""
    if state.status is not CaseStatus.CLOSED or not state.earlier:
        return True
    return state.earlier[-1][1].decision not in _SETTLED
