"""The reader's process before anything else of the program.

It needs two seconds to be warm, on a core of its own if there is one. Begun before the window's many parts are loaded, it is through with
most of that while they are, and does not compete with the window, the first pull of the list and the camera when these come up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scanner.worker import ReaderProcess


def warming_reader() -> ReaderProcess:
    """The desk's reader, warming up; for ``running_desk``. Whoever makes it ends it, should the desk not come up."""
    from kiosk.matching.forms import printed_forms
    from scanner.worker import ReaderProcess

    return ReaderProcess(printed_forms=printed_forms)
