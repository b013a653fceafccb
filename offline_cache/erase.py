"""A store that ends: its key first, then everything else. What is left of it anywhere is ciphertext without a key."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from offline_cache.files import sync_folder
from offline_cache.folder_lock import FolderLock
from offline_cache.keys import KeySource

RECORD, DATABASE, LOCK = "key.json", "desk.db", "lock"


def begun_to_erase(folder: Path) -> bool:
    """Data without their key record: an erasing that was interrupted."""
    return (folder / DATABASE).exists() and not (folder / RECORD).exists()


def erase(folder: Path, source: KeySource) -> None:
    """The wrapped data key, the machine's secret that unwraps it, then the files, in this order: interrupted anywhere after the first step, it
    cannot be undone and may be run again. Raises StoreProblem IN_USE when a program has the store open, OSError.

    Overwriting a file says little on flash memory; that both parts of the key go, from two places, is what erases.
    """
    lock = FolderLock(folder / LOCK)
    try:
        record = folder / RECORD
        if record.exists():
            _overwrite(record)
            record.unlink()
            sync_folder(folder)
        source.forget()
        for path in folder.iterdir():
            if path.name == LOCK:
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    finally:
        lock.release()
    shutil.rmtree(folder)


def _overwrite(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(bytes(size))
        file.flush()
        os.fsync(file.fileno())
