"""One program at a time: the second instance of the desk is told so instead of two writers meeting in one log."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from offline_cache.problems import StoreProblem, Trouble


class FolderLock:
    """Held from construction to ``release``; the operating system frees it when the process dies, however it dies."""

    def __init__(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise StoreProblem(Trouble.IN_USE, "the folder is open in another program") from error
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Safe to call twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
