"""Where the family's window stands: on which screen, how large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

from kiosk.display import FamilyPlace
from ui.family.window import Shape

_STRIP_SHARE = 0.16
_STRIP_LEAST = 112
_CORNER = (0.34, 0.4)


@dataclass(frozen=True)
class Stand:
    """Geometry in device-independent pixels; ``full``: without a frame over the whole screen."""

    shape: Shape
    box: QRect
    full: bool = False


def stand(
    place: FamilyPlace, staff_screen: int, screens: Sequence[QRect], *, scale: float = 1.0, forced: bool = False
) -> Stand | None:
    """None when there shall be no window. ``screens`` are the available areas, ``staff_screen`` that of the staff's window;
    ``forced`` gives an ordinary window where AUTO finds no second screen (demonstrations)."""
    if place is FamilyPlace.OFF and not forced:
        return None
    here = screens[staff_screen]
    if place is FamilyPlace.STRIP:
        height = max(round(_STRIP_LEAST * scale), round(here.height() * _STRIP_SHARE))
        return Stand(Shape.STRIP, QRect(here.left(), here.top(), here.width(), height))
    if place is FamilyPlace.CORNER:
        width, height = round(here.width() * _CORNER[0]), round(here.height() * _CORNER[1])
        return Stand(Shape.CORNER, QRect(here.left() + 12, here.bottom() - height - 96, width, height))
    other = next((box for number, box in enumerate(screens) if number != staff_screen), None)
    if other is not None:
        return Stand(Shape.SCREEN, other, full=True)
    return Stand(Shape.SCREEN, QRect(here.left() + 60, here.top() + 60, 960, 640)) if forced else None
