"""The papers a printer may hold, in millimetres, and the dots of a receipt printer.

Receipt printers of both widths have 203 dpi: 8 dots a millimetre. Of an 80 mm roll 72 mm (576 dots) can be printed on, of a 58 mm roll
48 mm (384 dots); what lies beside is blank paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DOTS_PER_MM = 8


class Sheet(StrEnum):
    """What lies in the printer. Values stand in ``settings.yaml``."""

    A4_BOTH = "A4"  # A4 landscape, family's copy left, school's copy right
    A5 = "A5"  # one copy a sheet
    ROLL_80 = "80mm"  # one strip a copy, cut or torn off
    ROLL_58 = "58mm"

    @property
    def roll(self) -> Roll | None:
        return _ROLLS.get(self)


@dataclass(frozen=True)
class Roll:
    """``width`` of the paper, ``printable`` in its middle."""

    width: float
    printable: float

    @property
    def margin(self) -> float:
        return (self.width - self.printable) / 2

    @property
    def dots(self) -> int:
        """Dots in a line of the print head: the width of the picture a printer is sent."""
        return round(self.printable * DOTS_PER_MM)


_ROLLS = {Sheet.ROLL_80: Roll(80.0, 72.0), Sheet.ROLL_58: Roll(58.0, 48.0)}
A4 = (210.0, 297.0)  # ISO 216
A5 = (148.0, 210.0)
