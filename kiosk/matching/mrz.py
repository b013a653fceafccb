"""Machine-readable zones as the matching rules use them; the zone itself is read in ``machine_zone``."""

from __future__ import annotations

from machine_zone import MachineZone, read_zone

__all__ = ["MachineZone", "read_zone"]
