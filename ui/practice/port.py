"""What the training bar may ask of the simulated desk. The composition root gives an object that does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class PracticeFamily:
    family_id: str
    title: str  # what is special about this family, for the trainee


@dataclass(frozen=True)
class PracticePaper:
    """One side of one paper that can be laid down."""

    paper_id: str
    title: str


class PracticePort(Protocol):
    """Every call returns at once. The simulated camera shows what lies on the simulated desk."""

    def families(self) -> tuple[PracticeFamily, ...]: ...
    def papers(self, family_id: str) -> tuple[PracticePaper, ...]: ...

    def present(self, family_id: str) -> None:
        """The family holds the code of its slip under the camera."""
        ...

    def lay(self, paper_id: str) -> None:
        """Lay this paper down, taking away what lay there."""
        ...

    def take_away(self) -> None: ...

    def play(self, family_id: str, on: bool) -> None:
        """Start or stop laying this family's papers down one after the other without a hand."""
        ...

    def playing(self) -> str:
        """The family whose papers are being laid down just now; "" when nobody's are."""
        ...
