"""When Python looks for garbage. It does so on whichever thread happens to be at work, most often the window's.

Starting makes some hundred thousand objects that live as long as the program. Looking through them again and again while they are made
took a tenth of the start, and each later look at all of them held the window for 40 ms.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def hold() -> None:
    """The program starts: not now. ``running`` ends it."""
    gc.disable()


@contextmanager
def running() -> Iterator[None]:
    """What is there now stays for good; only what comes later is looked through."""
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()
