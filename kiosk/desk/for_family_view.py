"""What a family may see of its own case: already masked, already chosen. Its window is given this and nothing else.

No number, no address, no value of any paper has a place here, so none can be shown by mistake. Sentences are kiosk.texts.Text: the family's
window may speak another language than the staff's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.texts import Text


class Standing(StrEnum):
    """How one material stands, in the family's eyes."""

    WANTED = "wanted"  # please show it
    PARTIAL = "partial"  # some of its pages are still to come
    LOOKING = "looking"  # somebody is looking at it
    SETTLED = "settled"
    WAIVED = "waived"  # a department has confirmed it, no original needed
    DIFFERS = "differs"  # to be put right
    MISSING = "missing"  # the family leaves without having shown it


@dataclass(frozen=True)
class FamilyItem:
    """One material. ``why``: why it is wanted, or what is not right with it, or who has confirmed it."""

    material: str
    name: Text
    standing: Standing
    why: Text
    pages: Text | None = None  # "2 of 4 pages", while they are counted
    now: bool = False  # this is what is being looked at


@dataclass(frozen=True)
class PersonalDataNotice:
    """What is read, why, what is kept for how long, and who answers for it. ``given``: "" not yet, "screen", "clerk".

    The sentences may name ``{school}``, which the window fills in.
    """

    what: Text
    why: Text
    kept: Text
    whose: Text
    short: Text
    given: str = ""


@dataclass(frozen=True)
class FamilyView:
    """``visit`` tells one family's visit from every other's and says nothing about anybody."""

    visit: str
    who: str  # masked name of the person the application is about
    items: tuple[FamilyItem, ...]
    now: Text
    now_why: Text | None
    looking: bool  # something is being looked at this moment
    outcome: str  # "" while open, RECEIPT | RETURN | REFER
    after: tuple[Text, ...]  # where to go next, once decided
    notice: PersonalDataNotice
    captures: int = 0

    @property
    def settled(self) -> int:
        return sum(item.standing in (Standing.SETTLED, Standing.WAIVED) for item in self.items)
