"""Where in the frame a sheet lies."""

from __future__ import annotations

from scanner.locate.locator import Located, locate

__all__ = ["Located", "locate"]
