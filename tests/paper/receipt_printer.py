"""A receipt printer on a TCP port that speaks ESC/POS: obeys, answers, prints into pictures, and can be broken in every way."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

OK = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
NO_PAPER = {1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x72}
COVER_OPEN = {1: 0x1A, 2: 0x16, 3: 0x12, 4: 0x12}
CUTTER = {1: 0x1A, 2: 0x52, 3: 0x1A, 4: 0x12}
HOT = {1: 0x1A, 2: 0x52, 3: 0x52, 4: 0x12}
BROKEN = {1: 0x1A, 2: 0x52, 3: 0x32, 4: 0x12}
OFFLINE = {1: 0x1A, 2: 0x12, 3: 0x12, 4: 0x12}
NEAR_END = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x1E}


@dataclass
class ReceiptPrinter:
    """``answers``: what it says to DLE EOT now. Anything wrong in them keeps it from working off what it was sent.

    ``runs_out_after``: bands (raster commands) until its paper ends. ``hangs_up_after``: bytes until its line breaks. ``mute``: says nothing at
    all. ``in_turn``: knows GS r, as cheap ones do not.
    """

    answers: dict[int, int] = field(default_factory=lambda: dict(OK))
    runs_out_after: int | None = None
    hangs_up_after: int | None = None
    mute: bool = False
    in_turn: bool = True
    strips: list[np.ndarray] = field(default_factory=list)  # True is ink
    received: int = 0
    news: threading.Condition = field(default_factory=threading.Condition)
    _bands: list[np.ndarray] = field(default_factory=list)
    _backlog: bytes = b""  # outlives the line: a printer does not forget what it was sent when the cable is pulled

    def mend(self) -> None:
        """Somebody has put in a new roll, closed the cover, …"""
        with self.news:
            self.answers, self.runs_out_after = dict(OK), None
            self.news.notify_all()

    def serve(self, line: socket.socket, ended: threading.Event) -> None:
        held = b""
        line.settimeout(0.02)
        while not ended.is_set():
            with contextlib.suppress(TimeoutError):
                data = line.recv(2048)
                if not data:
                    return
                self.received += len(data)
                if self.hangs_up_after is not None and self.received >= self.hangs_up_after:
                    return
                data = self._real_time(held + data, line)
                held = data[-2:] if data[-2:] == b"\x10\x04" else data[-1:] if data[-1:] == b"\x10" else b""
                self._backlog += data[: len(data) - len(held)]
            self._backlog = self._work_off(self._backlog, line)

    def _real_time(self, data: bytes, line: socket.socket) -> bytes:
        """DLE EOT is obeyed wherever it stands, as real printers do, and taken out."""
        while (at := data.find(b"\x10\x04")) >= 0 and at + 2 < len(data):
            if not self.mute:
                line.sendall(bytes([self.answers[data[at + 2]]]))
            data = data[:at] + data[at + 3 :]
        assert b"\x10\x14" not in data, "an order to the drawer or the switch inside a picture"
        return data

    def _work_off(self, backlog: bytes, line: socket.socket) -> bytes:
        while backlog and self.answers in (OK, NEAR_END):
            if backlog.startswith(b"\x1b@"):
                backlog = backlog[2:]
            elif backlog.startswith(b"\x1dv0"):
                if len(backlog) < 8:
                    return backlog
                width = backlog[4] | backlog[5] << 8
                height = backlog[6] | backlog[7] << 8
                if len(backlog) < 8 + width * height:
                    return backlog
                if self.runs_out_after == 0:
                    self.answers = dict(NO_PAPER)
                    return backlog
                if self.runs_out_after is not None:
                    self.runs_out_after -= 1
                pixels = np.frombuffer(backlog[8 : 8 + width * height], np.uint8).reshape(height, width)
                self._bands.append(np.unpackbits(pixels, axis=1).astype(bool))
                backlog = backlog[8 + width * height :]
            elif backlog.startswith(b"\x1dVB"):
                with self.news:
                    self.strips.append(np.concatenate(self._bands))
                    self._bands = []
                    self.news.notify_all()
                backlog = backlog[4:]
            elif backlog.startswith(b"\x1dr"):
                if self.in_turn and not self.mute:
                    line.sendall(b"\x00")
                backlog = backlog[3:]
            elif backlog.startswith(b"\x00"):
                backlog = backlog.lstrip(b"\x00")
            else:
                raise AssertionError(f"not ESC/POS as we speak it: {backlog[:8].hex()}")
        return backlog


@contextmanager
def on_a_port(printer: ReceiptPrinter) -> Iterator[str]:
    """Its address, while it is switched on. It serves one line at a time, as such printers do."""
    faults: list[Exception] = []
    ended = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0), backlog=1)
    listening.settimeout(0.02)

    def serve() -> None:
        while not ended.is_set():
            with contextlib.suppress(TimeoutError, ConnectionError):
                line, _ = listening.accept()
                with line:
                    _until_gone(printer, line, ended, faults)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"escpos://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        ended.set()
        thread.join(10)
        listening.close()
    assert not faults, faults


def _until_gone(printer: ReceiptPrinter, line: socket.socket, ended: threading.Event, faults: list[Exception]) -> None:
    try:
        printer.serve(line, ended)
    except ConnectionError:
        pass
    except Exception as fault:
        faults.append(fault)
