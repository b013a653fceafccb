"""Who goes first on a small machine: the window. Camera and reader step back a little."""

from __future__ import annotations

import contextlib
import os
import threading

NICENESS = 5


def step_back() -> None:
    """Lower the priority of the calling thread (and of threads it starts). Where the system cannot do that for one thread, nothing happens.

    Linux schedules threads one by one, so a thread's id may be given where POSIX speaks of a process.
    """
    if not hasattr(os, "setpriority"):
        return
    with contextlib.suppress(OSError):  # a sandbox may forbid it; the order of turns is a comfort, not a need
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
