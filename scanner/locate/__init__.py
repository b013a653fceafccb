"""Where in the frame a sheet lies."""

from __future__ import annotations

from scanner.locate.locator import Located, locate
from scanner.locate.several import locate_all
from scanner.locate.tracker import Tracker

__all__ = ["Located", "Tracker", "locate", "locate_all"]
