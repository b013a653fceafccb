"""Codes of a live stream, on a thread of their own so that the outline never waits for them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from scanner.barcodes import CodeGate, Decoder, PartsGatherer
from scanner.priority import step_back
from scanner.types import Barcode, Frame

_log = logging.getLogger(__name__)

_EVERY_S = 0.11  # from one look to the next
_REST_S = 0.05  # at least, so that a slow machine's outline gets its turn
_JOIN_S = 5.0


class CodeReader:
    """Reads the newest frame offered, at most nine a second; older ones are forgotten.

    Messages in several QR symbols are gathered over the frames. Accepted codes go to ``on_codes``, on this thread.
    """

    def __init__(self, decoder: Decoder, gate: CodeGate, on_codes: Callable[[tuple[Barcode, ...]], None]) -> None:
        self._decoder = decoder
        self._parts = PartsGatherer()
        self._gate = gate
        self._on_codes = on_codes
        self._offered: Frame | None = None
        self._wake = threading.Condition()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="codes", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def offer(self, frame: Frame) -> None:
        """Never blocks for longer than a flag takes."""
        with self._wake:
            self._offered = frame
            self._wake.notify()

    def stop(self) -> None:
        """Ends after the picture in hand."""
        self._stop.set()
        with self._wake:
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)

    def _run(self) -> None:
        step_back()
        while not self._stop.is_set():
            with self._wake:
                if self._offered is None:
                    self._wake.wait()
                frame, self._offered = self._offered, None
            if frame is None:
                continue
            began = time.monotonic()
            try:
                codes = self._parts.whole(self._decoder.decode(frame.image), frame.at_s)
                news = self._gate.news(codes, frame.at_s)
                if news:
                    self._on_codes(news)
            except Exception:  # one bad picture or listener must not end all reading of codes
                _log.exception("a frame could not be searched for codes")
            self._stop.wait(max(_REST_S, _EVERY_S - (time.monotonic() - began)))
