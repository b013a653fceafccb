"""Machine-readable zones of travel documents: pure, below scanner and desk, which both read them."""

from __future__ import annotations

from machine_zone.formats import check_digit
from machine_zone.recovery import clean_line, recover
from machine_zone.zone import MachineZone, read_zone

__all__ = ["MachineZone", "check_digit", "clean_line", "read_zone", "recover"]
