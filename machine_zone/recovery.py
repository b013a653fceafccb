"""From what a recogniser read of a zone to the zone: lengths, positions and check digits settle what the picture leaves open.

A reading mixes up O and 0, takes fillers for brackets, and loses or doubles some in a long run. Where the format says
letter or digit, the position decides. Where it allows both (document numbers) one other reading is tried, letters first
and then digits as nearly every state numbers its documents, and the check digits decide. No more is tried: with a free
choice of look-alikes a digit read wrongly would soon be "confirmed".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from machine_zone.formats import FILLER, FORMATS, Format, Span
from machine_zone.zone import MachineZone, read_zone

LENGTH_SLACK = 12  # fillers that a long run may have lost or doubled
SHORTEST_START = 10  # characters of a line that ends in fillers, all of which may have been lost

_AS_FILLER = dict.fromkeys("＜‹〈《く《≤{([", FILLER) | {"«": FILLER * 2, "≪": FILLER * 2}
_AS_DIGIT = str.maketrans("OQDILZSGTBA", "00011256784")
_AS_LETTER = str.maketrans("01256784", "OIZSGTBA")
_LEADING_LETTERS = re.compile(r"[A-HJ-NP-Z]{0,3}")


def clean_line(text: str) -> str:
    """Upper case, every bracket-like sign a filler, everything that no zone holds taken out."""
    folded = "".join(_AS_FILLER.get(c, c) for c in text.upper().replace("〇", "0"))
    return re.sub(r"[^A-Z0-9<]", "", folded)


def recover(texts: Sequence[str]) -> MachineZone | None:
    """The zone that these readings of its lines, top to bottom, stand for; None when they are no zone.

    The zone may still have ``problems``: then its check digits do not agree and nothing in it may be relied on.
    """
    cleaned = [clean_line(text) for text in texts]
    found: list[tuple[int, bool, MachineZone]] = []
    for layout in FORMATS:
        lines = _fitted(layout, cleaned) if len(cleaned) == layout.lines else None
        if lines is not None:
            zone = _settled(layout, _by_position(layout, lines))
            # passports alone begin with P; two formats of two lines check the same digits
            found.append((len(zone.problems), lines[0].startswith("P") != (layout.name == "TD3"), zone))
    return min(found, key=lambda item: item[:2])[2] if found else None


def _fitted(layout: Format, lines: Sequence[str]) -> list[str] | None:
    """The lines at their length; None when one is too far from it."""
    found: list[str] = []
    for index, line in enumerate(lines):
        holds_names = index == layout.holder.line
        ends = holds_names or (layout.name == "TD1" and index == 0)
        if not (SHORTEST_START if ends else layout.length - LENGTH_SLACK) <= len(line) <= layout.length + LENGTH_SLACK:
            return None
        line = _names_end(line, layout.holder.start) if holds_names else line
        fitted = line.rstrip(FILLER).ljust(layout.length, FILLER) if ends else _run_fitted(line, layout.length)
        if len(fitted) != layout.length:
            return None
        found.append(fitted)
    return found


def _names_end(line: str, start: int) -> str:
    """Three fillers end the names; a letter further on is a filler that was misread."""
    end = line.find(FILLER * 3, start)
    return line if end < 0 else line[:end]


def _run_fitted(line: str, length: int) -> str:
    """The longest run of fillers made longer or shorter, so that the line gets its length."""
    runs = [found.span() for found in re.finditer(f"{FILLER}+", line)]
    if len(line) == length or not runs:
        return line
    start, stop = max(runs, key=lambda run: (run[1] - run[0], run[0]))
    run = stop - start + length - len(line)
    return line if run < 1 else line[:start] + FILLER * run + line[stop:]


def _by_position(layout: Format, lines: Sequence[str]) -> list[str]:
    """Letters where only letters stand, digits where only digits stand."""
    found = list(lines)
    for spans, table in ((layout.letters, _AS_LETTER), (layout.digits, _AS_DIGIT)):
        for span in spans:
            found[span.line] = _replaced(found[span.line], span, span.of(found).translate(table))
    return found


def _settled(layout: Format, lines: list[str]) -> MachineZone:
    """Elements that hold letters and digits, read as numbers usually are, where the check digits ask for it."""
    zone = read_zone(lines)
    for element in (layout.number, *layout.spare):
        if zone.valid:
            break
        other = read_zone(_with(zone.lines, element, _letters_first(element.of(zone.lines))))
        if set(other.problems) < set(zone.problems):
            zone = other
    return zone


def _letters_first(text: str) -> str:
    """Digits throughout behind the letters at the beginning; I and O, which no state uses there, are digits too."""
    found = _LEADING_LETTERS.match(text)
    letters = found.end() if found else 0
    return text[:letters] + text[letters:].translate(_AS_DIGIT)


def _with(lines: Sequence[str], span: Span, text: str) -> list[str]:
    found = list(lines)
    found[span.line] = _replaced(found[span.line], span, text)
    return found


def _replaced(line: str, span: Span, text: str) -> str:
    return line[: span.start] + text + line[span.stop :]
