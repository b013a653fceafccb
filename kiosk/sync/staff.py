"""What the platform says of this desk's people and of the desk itself, kept in the store's settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kiosk.people.gate import Notes
from kiosk.people.roster import ROSTER, with_changes
from kiosk.wire.models import Change

REVOKED = "desk.revoked"  # the setting: when this desk heard that it was revoked, ISO 8601; empty or none: it works
REVOKED_CODE = "desk_revoked"  # the platform's refusal (wire.Problem)


def staff_settings(notes: Notes, changes: Iterable[Change]) -> dict[str, str]:
    """The settings to keep with a page of changes; none when it holds nobody."""
    staff = [change.body for change in changes if change.type == "staff"]
    return {ROSTER: with_changes(notes.setting(ROSTER), staff)} if staff else {}


def note_standing(notes: Notes, refusal: str | None) -> None:
    """Keeps what the platform's last answer says of this desk, so that it holds over a restart without a network too.

    ``refusal``: the code with which it refused the desk, "" when it served it, None when it did not answer.
    """
    if refusal is None:
        return
    known = bool(notes.setting(REVOKED))
    if refusal == REVOKED_CODE and not known:
        notes.put_settings({REVOKED: datetime.now().astimezone().isoformat(timespec="seconds")})
    elif refusal == "" and known:
        notes.put_settings({REVOKED: ""})


def is_revoked(notes: Notes) -> bool:
    return bool(notes.setting(REVOKED))
