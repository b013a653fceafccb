"""The only place where the family's side meets the desk's view. What it lets through is masked already and belongs to one visit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.desk.for_family_view import FamilyView
from kiosk.desk.people_view import Door
from kiosk.desk.view import DeskView, Phase

_AT_THE_DESK = (Phase.CHECKING, Phase.DECIDED)  # in every other phase nobody sits here
_NUMBER = re.compile(r"[0-9A-Za-z]*[0-9]{6}[0-9A-Za-z]*")


@dataclass(frozen=True)
class FamilyFrame:
    """Everything the family's window is ever told. ``family`` is None while nobody is served."""

    practice: bool
    school: str
    family: FamilyView | None


def frame_of(view: DeskView) -> FamilyFrame:
    at_desk = view.phase in _AT_THE_DESK and view.case is not None and view.people.door is Door.OPEN
    return FamilyFrame(view.header.practice, view.header.school, view.case.family if at_desk and view.case else None)


def without_numbers(sentence: str) -> str:
    """The last guard: a run of six digits or more, and letters that hang on it, is never shown whole, whoever wrote the sentence."""
    return _NUMBER.sub(lambda found: found[0][:2] + "*" * (len(found[0]) - 2), sentence)
