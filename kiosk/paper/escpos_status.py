"""What an ESC/POS printer says of itself: the commands that ask, and what the answers mean.

``DLE EOT n`` is answered at once, even while the printer waits for paper; ``GS r 1`` in its turn, when everything sent before it has been worked
off. The two are told apart by fixed bits of the answer (Epson, ESC/POS Application Programming Guide, "Transmit real-time status" and
"Transmit status").
"""

from __future__ import annotations

from dataclasses import dataclass

PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER = 1, 2, 3, 4
ASKED = (PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER)
MARKER = b"\x1dr\x01"  # GS r 1

_FIXED, _REAL_TIME, _IN_TURN = 0x93, 0x12, 0x00
_OFFLINE = 0x08  # n = 1
_COVER_OPEN, _STOPPED_FOR_PAPER, _ERROR = 0x04, 0x20, 0x40  # n = 2
_CUTTER, _FOR_GOOD, _PASSING = 0x08, 0x20, 0x40  # n = 3
_NEAR_END, _PAPER_END = 0x0C, 0x60  # n = 4


def question(n: int) -> bytes:
    return bytes((0x10, 0x04, n))


def is_real_time(byte: int) -> bool:
    return byte & _FIXED == _REAL_TIME


def is_in_turn(byte: int) -> bool:
    return byte & 0x90 == _IN_TURN


@dataclass(frozen=True)
class Condition:
    """How a printer is. ``trouble`` is the last part of a key under ``paper.thermal``, "" when it can print."""

    trouble: str
    near_end: bool
    answers: tuple[tuple[int, int], ...]  # (n, answer), for the self-test page

    @property
    def ready(self) -> bool:
        return not self.trouble

    def keywords(self) -> tuple[str, ...]:
        return tuple(f"DLE EOT {n}: {answer:08b}" for n, answer in self.answers)


def condition(answers: dict[int, int]) -> Condition:
    """From the answers by number; one that never came is missing. What a person can mend comes before what only follows from it."""
    cause, error, paper = (answers.get(n, 0) for n in (OFFLINE_CAUSE, ERROR_CAUSE, PAPER))
    if PRINTER not in answers:
        trouble = "silent"
    elif cause & _COVER_OPEN:
        trouble = "door_open"
    elif paper & _PAPER_END or cause & _STOPPED_FOR_PAPER:
        trouble = "no_paper"
    elif error & _CUTTER:
        trouble = "cutter"
    elif error & _PASSING:
        trouble = "hot"
    elif error & _FOR_GOOD or cause & _ERROR:
        trouble = "fault"
    elif answers[PRINTER] & _OFFLINE:
        trouble = "offline"
    else:
        trouble = ""
    return Condition(trouble, bool(paper & _NEAR_END), tuple(sorted(answers.items())))
