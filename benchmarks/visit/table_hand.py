"""The hand that lays papers down: clicks on the bar of the training mode. Its clicks are the laying of a paper, not work at the window."""

from __future__ import annotations

import time

from benchmarks.visit.screen import Hands
from benchmarks.visit.watched import Watched

_BAR = "practice"
_LIMIT_S = 20.0


class TableHand:
    """Chooses whose papers are at hand and lays them, with the mouse."""

    def __init__(self, app: Watched, environment: dict[str, str]) -> None:
        self._app = app
        self.hands = Hands(environment)
        self._family = ""

    def lay_all(self, family_id: str) -> None:
        """The code first, then every paper after the other, each as soon as the one before is captured."""
        self._choose(family_id)
        self._click("自动演示")
        self._until(lambda: bool(self._app.state()["playing"]), "the papers are not being laid")

    def lay(self, family_id: str, title: str) -> None:
        """One paper of the bar, by what its button says."""
        self._choose(family_id)
        self._click(title)

    def take_away(self) -> None:
        self._click("拿走")

    def _choose(self, family_id: str) -> None:
        """Open the list of families and type the id, as one does in any list."""
        if family_id == self._family:
            return
        self._click("练习家庭")
        time.sleep(0.3)  # the list opens
        self.hands.type(family_id, "choose the family")
        self.hands.press("Return", "choose the family")
        time.sleep(0.2)
        self._family = family_id

    def _click(self, title: str) -> None:
        place = self._app.where(title, _BAR)
        for _ in range(30):
            if not place or place["visible"]:
                break
            away = self._app.where("拿走", _BAR)  # stands right of the papers
            middle = away["x"] - 2 * away["width"]
            self.hands.scroll(middle, away["y"], down=place["x"] > middle)
            place = self._app.where(title, _BAR)
        if not place or not place["visible"]:
            raise RuntimeError(f"no “{title}” in the bar of the training mode")
        self.hands.click(place["x"], place["y"], title, "lay a paper")

    @staticmethod
    def _until(true: object, complaint: str) -> None:
        assert callable(true)
        until = time.monotonic() + _LIMIT_S
        while not true():
            if time.monotonic() > until:
                raise RuntimeError(complaint)
            time.sleep(0.05)
