"""How far the person at this machine is in the guided tour: a small file beside the desk's data, without any name."""

from __future__ import annotations

import json
from pathlib import Path

TOUR_FILE = "practice-tour.json"
TOUR_FAMILY = "F06"  # an address differs: something to look at, to give a reason for, and to return


class FileTourMemory:
    """Implements ui.practice.tour.TourMemory. A file that cannot be read or written only means that the tour is offered again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> int | None:
        try:
            step = json.loads(self._path.read_text(encoding="utf-8"))["step"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return step if isinstance(step, int) else None

    def save(self, step: int) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps({"step": step}) + "\n", encoding="utf-8")
        except OSError:
            return
