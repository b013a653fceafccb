"""The watched app from outside: its process, and the questions one may ask it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

START_LIMIT_S = 120.0


class Watched:
    """A running app and the line to it."""

    def __init__(self, process: subprocess.Popen[bytes], line: socket.socket) -> None:
        self.process = process
        self._line = line
        self._lines = line.makefile("rb")

    def close(self) -> None:
        self._lines.close()
        self._line.close()

    def kill(self) -> None:
        """SIGKILL, as a power cut would end it."""
        self.process.kill()
        self.process.wait()

    def started(self, *marks: str) -> dict[str, float]:
        """The moments of the start (``start_s``), when all of ``marks`` are among them. Raises TimeoutError."""
        until = time.monotonic() + START_LIMIT_S
        while time.monotonic() < until:
            moments: dict[str, float] = self.report()["start_s"]
            if moments.keys() >= set(marks):
                return moments
            time.sleep(0.2)
        raise TimeoutError(f"the start did not come to {marks}")

    def state(self) -> dict[str, Any]:
        return self._ask(ask="state")

    def report(self) -> dict[str, Any]:
        return self._ask(ask="report")

    def where(self, title: str, among: str = "") -> dict[str, Any]:
        """``x``, ``y`` on the screen and whether it is ``visible``; empty when there is no such control to be used now."""
        return self._ask(ask="where", title=title, among=among)

    def _ask(self, **question: object) -> dict[str, Any]:
        self._line.sendall(json.dumps(question, ensure_ascii=False).encode() + b"\n")
        answer = self._lines.readline()
        if not answer:
            raise RuntimeError("the app ended")
        return json.loads(answer)


@contextmanager
def watched_app(folder: Path, environment: dict[str, str], language: str = "zh_CN") -> Iterator[Watched]:
    """The app on the screen of ``environment`` in the practice district of ``folder``, whose platform runs. Ended afterwards."""
    address = folder / "watch.socket"
    address.unlink(missing_ok=True)
    command = [sys.executable, "-m", "benchmarks.visit.app", str(folder), str(address), "--language", language]
    process = subprocess.Popen([*command, "--began", repr(time.time())], env=environment)
    try:
        with closing(Watched(process, _connect(address, process))) as watched:
            yield watched
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _connect(address: Path, process: subprocess.Popen[bytes]) -> socket.socket:
    until = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until and process.poll() is None:
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(str(address))
        except OSError:
            line.close()
            time.sleep(0.1)
            continue
        line.settimeout(60)
        return line
    raise RuntimeError(f"the app did not start (exit status {process.poll()})")
