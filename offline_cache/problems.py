"""Known troubles of a store, apart from bugs.

A full disk or a wrong key is told to a person in words; anything else is a bug and is left to propagate as it is.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from offline_cache.connection import sqlite


class Trouble(StrEnum):
    """What is wrong, stable: the desk has a sentence for each (store.problem.<code>)."""

    DISK_FULL = "disk_full"
    LOCKED = "locked"
    IN_USE = "in_use"  # another program has this store open
    CORRUPT = "corrupt"
    WRONG_KEY = "wrong_key"
    KEY_MISSING = "key_missing"  # there are data, but the key that opens them is gone
    READ_ONLY = "read_only"
    NOT_ENROLLED = "not_enrolled"  # an act was to be written before this machine is a desk
    IMAGE_MISSING = "image_missing"
    NEWER_VERSION = "newer_version"  # written by a later version of the program


class StoreProblem(Exception):
    """A trouble that a person can understand and act on. ``detail`` is for engineers and never holds personal data."""

    def __init__(self, code: Trouble, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
        self.detail = detail


_MESSAGES = (
    ("disk is full", Trouble.DISK_FULL),
    ("is locked", Trouble.LOCKED),
    ("malformed", Trouble.CORRUPT),
    ("not a database", Trouble.CORRUPT),
    ("readonly database", Trouble.READ_ONLY),
    ("unable to open database", Trouble.READ_ONLY),
    ("disk i/o error", Trouble.CORRUPT),
)
_ERRNOS = {
    errno.ENOSPC: Trouble.DISK_FULL,
    errno.EDQUOT: Trouble.DISK_FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
}


@contextmanager
def known_problems() -> Iterator[None]:
    """Turns the known failures of SQLite and of the file system into ``StoreProblem``; everything else passes unchanged."""
    try:
        yield
    except sqlite.DatabaseError as error:
        message = str(error).lower()
        for part, trouble in _MESSAGES:
            if part in message:
                raise StoreProblem(trouble, message) from error
        raise
    except OSError as error:
        trouble = _ERRNOS.get(error.errno or 0)
        if trouble is None:
            raise
        raise StoreProblem(trouble, error.strerror or "") from error
