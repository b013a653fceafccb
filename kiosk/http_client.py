"""The HTTP library without its command line, which would bring a terminal library along: a tenth of the desk's start."""

from __future__ import annotations

import sys
from types import ModuleType

sys.modules.setdefault(
    "httpx._main", ModuleType("httpx._main")
)  # without a ``main`` in it httpx goes on as if it was not installed

import httpx  # noqa: E402

__all__ = ["httpx"]
