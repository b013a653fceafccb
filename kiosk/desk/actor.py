"""One thread that does the desk's work, one queue that leads to it.

Commands from windows, captures from the camera, readings from the worker and news from the platform all come through ``post``: the
desk never needs a lock, and no window ever waits. ``every`` runs housekeeping between commands.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Actor:
    """Runs posted callables in order on its own thread until ``stop``. ``on_fault`` hears of a callable that raised."""

    def __init__(self, name: str, *, on_fault: Callable[[Exception], None], tick_s: float = 0.5) -> None:
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._on_fault = on_fault
        self._tick_s = tick_s
        self._ticks: list[Callable[[], None]] = []
        self._thread = threading.Thread(target=self._run, name=name)

    def every(self, tick: Callable[[], None]) -> None:
        """Call ``tick`` about every half second while the actor is otherwise idle. Before ``start`` only."""
        self._ticks.append(tick)

    def start(self) -> None:
        self._thread.start()

    def post(self, work: Callable[[], None]) -> None:
        """Queue ``work``; returns at once. Safe from any thread, also after ``stop`` (then nothing happens)."""
        self._queue.put(work)

    def stop(self) -> None:
        """Finish what is queued, then end the thread and wait for it."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                work = self._queue.get(timeout=self._tick_s)
            except queue.Empty:
                for tick in self._ticks:
                    self._guarded(tick)
                continue
            if work is None:
                return
            self._guarded(work)

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as fault:
            # the class and place only: an exception's words may hold a family's data
            log.error("desk work failed: %s in %s", type(fault).__name__, _place(fault))
            self._on_fault(fault)


def _place(fault: Exception) -> str:
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
