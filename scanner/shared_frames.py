"""Frames in memory that two processes share. Wiped after use; never on disk."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing.shared_memory import SharedMemory

import numpy as np

from scanner.types import Image

_KEPT = 64_000_000  # bytes: a larger block is let go after its capture


class SharedFrames:
    """One block, kept from capture to capture and made larger when needed. Used from one thread; ``drop`` at the end."""

    def __init__(self) -> None:
        self._block: SharedMemory | None = None

    def put(self, frames: Sequence[Image]) -> tuple[str, tuple[tuple[tuple[int, ...], int], ...]]:
        """The block's name, and (shape, offset) of each frame in it. Raises OSError when there is no memory for them."""
        arrays = [np.ascontiguousarray(frame, np.uint8) for frame in frames]
        needed = sum(array.nbytes for array in arrays)
        if self._block is None or self._block.size < needed:
            self.drop()
            self._block = SharedMemory(create=True, size=max(needed, 1))
        placed: list[tuple[tuple[int, ...], int]] = []
        offset = 0
        for array in arrays:
            np.ndarray(array.shape, np.uint8, self._block.buf, offset)[...] = array
            placed.append((array.shape, offset))
            offset += array.nbytes
        return self._block.name, tuple(placed)

    def wipe(self) -> None:
        if self._block is None:
            return
        np.ndarray((self._block.size,), np.uint8, self._block.buf)[...] = 0
        if self._block.size > _KEPT:
            self.drop()

    def drop(self) -> None:
        if self._block is not None:
            self._block.close()
            self._block.unlink()
            self._block = None
