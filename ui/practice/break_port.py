"""What the panel that breaks devices asks of the simulated ones. The composition root gives an object that does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk.texts import Text


@dataclass(frozen=True)
class Fault:
    """One way in which one device can break."""

    device: str  # camera, printer, network, disk, reader, clock
    code: str
    title: Text


class BreakPort(Protocol):
    """Every call returns at once."""

    def faults(self) -> tuple[Fault, ...]: ...

    def broken(self) -> Mapping[str, str]:
        """device → code of its present fault; devices that are well are absent."""
        ...

    def break_(self, device: str, code: str) -> None: ...

    def heal(self, device: str = "") -> None:
        """Mend one device, or all."""
        ...
