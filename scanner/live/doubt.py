"""Is this the camera above the desk? What can honestly be told, and no more.

A picture of an empty desk proves nothing, for between two families the desk is empty. But a camera in whose picture things move on and
on, and in which never once a sheet lay for a moment, looks at a person or a room. One sheet settles it for good.
"""

from __future__ import annotations

DOUBTED_AFTER_S = 45.0  # of movement; a family's first original lies under the camera sooner
SETTLED_AFTER_S = 1.0  # of a sheet in view: on a moving person a sheet is imagined for a frame or two
_LEAK = 0.5  # a second of rest takes half a second back: hands that pass over an empty desk now and then never add up
_MOST_STEP_S = 0.5  # what one look counts at most


class Doubt:
    """Sees each look of one camera. ``doubtful``: much has moved in its picture and none of it was a sheet."""

    def __init__(self) -> None:
        self._moved_s = 0.0
        self._sheet_since: float | None = None
        self._looked_at: float | None = None
        self._settled = self._doubted = False

    def see(self, at_s: float, *, sheet: bool, moved: bool) -> None:
        if not sheet:
            self._sheet_since = None
        elif self._sheet_since is None:
            self._sheet_since = at_s
        elif at_s - self._sheet_since >= SETTLED_AFTER_S:
            self._settled = True
        if self._looked_at is not None:
            step = min(at_s - self._looked_at, _MOST_STEP_S)
            self._moved_s = max(0.0, self._moved_s + (step if moved else -_LEAK * step))
        self._looked_at = at_s
        self._doubted = self._doubted or self._moved_s >= DOUBTED_AFTER_S

    @property
    def doubtful(self) -> bool:
        """Once raised it stays until a sheet is seen or another camera is chosen: a warning that comes and goes helps nobody."""
        return self._doubted and not self._settled
