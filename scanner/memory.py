"""How much memory this process holds, and giving back what it does not need."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path


def resident_bytes() -> int | None:
    """Memory of this process that is in RAM; None where the system does not say it without more libraries."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return None


def give_back() -> None:
    """Return freed memory to the system. The C library of Linux keeps what large pictures left; elsewhere nothing happens."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):  # another C library than glibc has no such call
        ctypes.CDLL(None).malloc_trim(0)
