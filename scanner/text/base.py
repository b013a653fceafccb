"""The wall between the reader and whatever recognises text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scanner.types import Image, Quad


class RecogniserUnavailable(RuntimeError):
    """The recogniser's program or models are not on this machine."""


@dataclass(frozen=True, eq=False)
class StepProbabilities:
    """What a CTC recogniser believes at each step along a line.

    ``blank`` is (T,), ``columns`` is (T, C) float32; column c is the probability of ``characters[c]``. Only characters
    that reach a probability worth keeping at some step have a column; every other character of the dictionary stands at
    ``floor``. Width variants (（ and (, ： and :) share a column and spaces count as blank: paper knows neither.

    ``marks`` is (T, M): what the recogniser thinks, in logarithms without their mean, of M characters that were chosen once
    for all, however improbable they are here. These say how the print looks to it, beyond what it reads there; None for a
    recogniser that keeps no such thing.
    """

    blank: NDArray[np.float32]
    columns: NDArray[np.float32]
    characters: tuple[str, ...]
    floor: float = 1e-7
    marks: NDArray[np.float32] | None = None

    @cached_property
    def column_of(self) -> dict[str, int]:
        return {character: index for index, character in enumerate(self.characters)}

    @property
    def steps(self) -> int:
        return len(self.blank)

    def slice(self, start: int, stop: int) -> StepProbabilities:
        marks = None if self.marks is None else self.marks[start:stop]
        return StepProbabilities(self.blank[start:stop], self.columns[start:stop], self.characters, self.floor, marks)


@dataclass(frozen=True)
class ReadCharacter:
    """One character of the greedy reading: its step along the line and its probability there.

    ``character`` is folded (scanner.text.folding), as the judge wants it; ``printed`` is the sign itself (、 where the
    folded one is a comma), '' where it is the same.
    """

    character: str
    step: int
    probability: float
    printed: str = ""


@dataclass(frozen=True, eq=False)
class LineReading:
    """The greedy reading of one crop. ``score`` is the mean probability of its characters, 0 when it is empty.

    ``probabilities`` is None for recognisers that do not give them: their readings never settle a field.
    """

    characters: tuple[ReadCharacter, ...]
    steps: int
    probabilities: StepProbabilities | None = None

    @property
    def text(self) -> str:
        return "".join(c.character for c in self.characters)

    @property
    def printed(self) -> str:
        """The reading for people: with the signs that stand on the paper."""
        return "".join(c.printed or c.character for c in self.characters)

    @property
    def score(self) -> float:
        return float(np.mean([c.probability for c in self.characters])) if self.characters else 0.0


class Recogniser(Protocol):
    """Finds lines on a page and reads crops of lines.

    Implementations are not thread-safe; one belongs to one worker. ``dictionary`` holds every character that can be
    read at all: a character outside it is never decided by this recogniser.
    """

    @property
    def name(self) -> str: ...

    @property
    def dictionary(self) -> frozenset[str]: ...

    def detect_lines(self, image: Image, *, side: tuple[int, int] | None = None) -> list[Quad]:
        """Boxes of text lines in pixels of ``image``, each clockwise from its own top-left as the text lies level.

        ``side``: least and greatest length in pixels of the longer side at which lines are looked for; None: the
        recogniser's own, which suit a rectified page. A recogniser that knows no such measure takes no notice.
        """
        ...

    def upright_votes(self, crops: Sequence[Image]) -> float:
        """Share of ``crops`` (lines lying level) that stand the right way up, weighted by certainty, 0..1."""
        ...

    def recognise(self, crops: Sequence[Image]) -> list[LineReading]:
        """One reading a crop; crops are lines lying level, of any height."""
        ...
