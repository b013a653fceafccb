"""The Common Expression Language library without its command line, which would bring a terminal library along: a quarter of the desk's start."""

from __future__ import annotations

import sys
from types import ModuleType

sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))

import cel  # noqa: E402

__all__ = ["cel"]
