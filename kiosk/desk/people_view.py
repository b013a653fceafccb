"""What a window may show of the desk's people, and what it may ask. Snapshots like those of kiosk.desk.view."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.texts import Text


class Door(StrEnum):
    """Whether somebody works at the desk. Unless OPEN, no snapshot holds anything of a family."""

    OPEN = "open"
    SIGN_IN = "sign_in"  # nobody is signed in
    LOCKED = "locked"  # somebody is, and has stepped aside
    REVOKED = "revoked"  # the platform has revoked this desk


@dataclass(frozen=True)
class PersonChoice:
    """One who may sign in here; the name is masked, for families sit before the screen."""

    number: str
    name_masked: str


@dataclass(frozen=True)
class SecondAsk:
    """Another person has to agree before this is done. ``serial`` grows with each; ``who``: which role is wanted, in words."""

    serial: int
    what: Text
    who: Text


@dataclass(frozen=True)
class OverrideLine:
    """A mismatch of the machine that a person overruled today. ``second`` is empty where the rules ask for one person only."""

    at: str  # HH:MM
    staff: str
    second: str
    application_no: str
    child_masked: str
    document: str
    field: Text
    reason: Text
    undone: bool = False


@dataclass(frozen=True)
class PeopleView:
    """``number``, ``name`` and ``roles``: who is signed in (also while locked). ``said``: what the last try led to; ``wait_s``: seconds from
    this snapshot (``said_serial``) on until another try counts. ``with_pins``: the platform has sent the school's people; without, the
    lock opens by itself. ``case_kept``: a family's case lies under the cover. ``may_work``: the person may see families.
    """

    door: Door = Door.OPEN
    number: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()
    choices: tuple[PersonChoice, ...] = ()
    checking: bool = False
    said: Text | None = None
    said_serial: int = 0
    wait_s: int = 0
    with_pins: bool = False
    case_kept: bool = False
    may_work: bool = True
    hint: Text | None = None  # in practice: the PINs to try
    second: SecondAsk | None = None
    may_change_pin: bool = False  # who is signed in can change the own PIN here
    pins_changed: int = 0  # grows with every PIN that was changed here since the start
    overrides: tuple[OverrideLine, ...] | None = None  # asked for by a supervisor; None: not shown

    @property
    def shows_families(self) -> bool:
        """Otherwise the snapshot holds nothing of any."""
        return self.door is Door.OPEN and self.may_work


class PeoplePort(Protocol):
    """What a window asks of the desk's people. Every call returns at once; the answer is a new DeskView. Callable from any thread."""

    def sign_in(self, number: str, pin: str) -> None: ...
    def resume(self) -> None:
        """Take the cover away where no PIN can be asked for (``with_pins`` false)."""
        ...

    def lock(self, *, idle: bool = False) -> None: ...
    def confirm_second(self, number: str, pin: str) -> None: ...
    def cancel_second(self) -> None: ...
    def change_pin(self, old: str, new: str) -> None:
        """Of the person who is signed in. Refused like a sign-in when ``old`` is wrong; done when ``pins_changed`` has grown."""
        ...

    def show_overrides(self, on: bool) -> None: ...
