"""What the parts of the desk share: the family that is served, the log, and how they write, tell and show. All on the desk's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from kiosk.case.events import Act
from kiosk.case.state import CaseState
from kiosk.desk.assess import Assessment
from kiosk.desk.family import Family, OpenCase
from kiosk.desk.log import CaseLog
from kiosk.desk.rules import Rules
from kiosk.texts import Text

Level = Literal["info", "warn", "error"]


class Append(Protocol):
    def __call__(self, act: Act, images: Sequence[bytes] = (), *, case: OpenCase | None = None) -> None:
        """Write an act into a case: the one whose turn it is, unless another of the family is named."""
        ...


@dataclass(frozen=True)
class Bench:
    """``state``: a case as the log has it; ``append_to`` writes into a case by its number, whoever is at the desk; ``note`` writes an act that belongs to no case; ``publish`` shows the present state; ``tell`` does so with a message; ``quiet`` takes the last message away; ``post`` brings work from another thread to this one."""

    family: Family
    log: CaseLog
    rules_for: Callable[[OpenCase], Rules]
    state: Callable[[str], CaseState]
    assess: Callable[[OpenCase], Assessment]
    append: Append
    append_to: Callable[[str, Act], None]
    note: Callable[[Act], None]
    tell: Callable[[Level, Text], None]
    publish: Callable[[], None]
    quiet: Callable[[], None]
    post: Callable[[Callable[[], None]], None]
