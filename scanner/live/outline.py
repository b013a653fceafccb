"""The sheet's outline frame by frame, at the least cost: while nothing changes in the picture, what was found last still holds."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.live.change import differs, thumbnail
from scanner.locate import Tracker
from scanner.types import Frame, Image, Quad

_SHEET_EVERY_S = 0.2  # an unchanged sheet is looked at anew this often: what is too faint for the thumbnail shows here
_SETTLED_S = 0.06  # and this soon when it has just come to rest: what was found while it moved is preliminary
_EMPTY_EVERY_S = 0.5  # likewise an unchanged desk
_SEARCH_EVERY_S = 0.06  # while hands move over a desk without a sheet, which costs most


@dataclass(frozen=True, eq=False)
class Seen:
    """``corners`` of the sheet (None: no sheet). ``changed``: the scene is not that of the last look. ``looked``: this frame was searched itself.

    ``thumbnail``: (h, w) luma of the frame, see ``scanner.live.change``.
    """

    corners: Quad | None
    thumbnail: Image
    changed: bool
    looked: bool


class Outline:
    """Used from one thread, with frames of one stream in their order."""

    def __init__(self, tracker: Tracker | None = None) -> None:
        self._tracker = tracker or Tracker()
        self._thumbnail: Image | None = None  # of the frame looked at last
        self._corners: Quad | None = None
        self._looked_at = -1e9
        self._lively = False  # something changed when it was looked at last

    def look(self, frame: Frame, calm: bool = False) -> Seen:
        """The sheet in ``frame``. ``calm``: nobody waits for this sheet (it is captured); an unchanged one is looked at as seldom as a desk."""
        small = thumbnail(frame.image)
        changed = self._thumbnail is None or differs(self._thumbnail, small)
        since = frame.at_s - self._looked_at
        if not self._worth_it(changed, since, calm):
            return Seen(self._corners, small, changed, looked=False)
        found = self._tracker.update(frame.image, frame.at_s)
        self._corners = None if found is None else found.corners
        self._thumbnail, self._looked_at, self._lively = small, frame.at_s, changed
        return Seen(self._corners, small, changed, looked=True)

    def forget(self) -> None:
        """Another stream, or the same one after a pause."""
        self._tracker.forget()
        self._thumbnail = self._corners = None
        self._looked_at = -1e9

    def _worth_it(self, changed: bool, since_s: float, calm: bool) -> bool:
        if self._thumbnail is None:
            return True
        if changed:
            return self._corners is not None or since_s >= _SEARCH_EVERY_S
        if self._corners is None or calm:
            return since_s >= _EMPTY_EVERY_S
        return since_s >= (_SETTLED_S if self._lively else _SHEET_EVERY_S)
