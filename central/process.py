"""The platform as a child process: how the demo and the tests run it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


class PlatformDidNotStart(RuntimeError):
    """The child ended before it listened; its own words are on stderr."""


class PlatformProcess:
    """``yanhe-central serve`` on ``folder``. ``port`` 0 takes a free one, kept for later starts of the same object."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self._folder = folder
        self._port = port
        self._child: subprocess.Popen[str] | None = None
        self.url = ""
        self.supervision_url = ""

    @property
    def token(self) -> str:
        """The supervisors' bearer token."""
        return self.supervision_url.partition("?token=")[2]

    def start(self) -> None:
        """Returns when the platform listens. Raises PlatformDidNotStart."""
        self._child = subprocess.Popen(
            [sys.executable, "-m", "central.cli", "serve", "--data", str(self._folder), "--port", str(self._port)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._child.stdout is not None
        said = [self._child.stdout.readline().strip() for _ in range(2)]
        if not said[0].startswith("listening: ") or not said[1].startswith("supervision: "):
            self.stop()
            raise PlatformDidNotStart
        self.url = said[0].partition(": ")[2]
        self.supervision_url = said[1].partition(": ")[2]
        self._port = int(self.url.rpartition(":")[2])

    def stop(self) -> None:
        """Lets it finish what it is answering. Safe to call twice."""
        self._end(kill=False)

    def kill(self) -> None:
        """As a power failure would end it."""
        self._end(kill=True)

    def _end(self, *, kill: bool) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if kill:
            child.kill()
        else:
            child.terminate()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()

    def __enter__(self) -> PlatformProcess:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
