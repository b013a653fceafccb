"""A platform of one's own for the demo, tests and benchmarks: the real program in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from kiosk.wire.models import ApplicationRecord

_MODULE = "central.cli"
_DATABASE = "YANHE_CENTRAL_DATABASE"
START_LIMIT_S = 120.0  # a machine that does many things at once starts slowly


class PlatformProcess:
    """``yanhe-central serve`` on a free port of this machine only. ``start`` again after ``kill`` takes the same port and data.
    ``database``: the URL of another database than the embedded one; ``certificate``: a PEM file with certificate and key, for TLS."""

    def __init__(self, data: Path, port: int = 0, database: str | None = None, certificate: Path | None = None) -> None:
        self.data = data
        self._environment = {**os.environ, **({_DATABASE: database} if database else {})}
        self._tls = ["--certificate", str(certificate)] if certificate else []
        self.port = port
        self.token = ""
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def load(self, records: Sequence[ApplicationRecord], district: str) -> None:
        """Bring applications in, as a district would: a file and the import command."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "applications.json"
            path.write_text(
                json.dumps([r.model_dump(mode="json") for r in records], ensure_ascii=False), encoding="utf-8"
            )
            self._command("import", str(path), "--district", district)

    def enrol_code(self, school: str, desk_name: str) -> str:
        return self._command("enrol-code", "--school", school, "--desk-name", desk_name).strip()

    def start(self) -> None:
        """Start and wait until it listens. Raises RuntimeError when it ends or says nothing for long."""
        process = subprocess.Popen(
            [sys.executable, "-m", _MODULE, "serve", "--data", str(self.data), "--port", str(self.port), *self._tls],
            stdout=subprocess.PIPE,
            text=True,
            env=self._environment,
        )
        # a platform that hangs at its start is ended, which ends the reading below
        limit = threading.Timer(START_LIMIT_S, process.kill)
        limit.start()
        assert process.stdout is not None
        try:
            for line in process.stdout:
                word, _, rest = line.partition(": ")
                if word == "listening":
                    self.port = int(rest.strip().rsplit(":", 1)[1])
                elif word == "supervision":
                    self.token = rest.strip().rsplit("token=", 1)[1]
                    self._process = process
                    return
        finally:
            limit.cancel()
        process.wait()
        raise RuntimeError(f"the platform did not start (exit status {process.returncode})")

    @property
    def supervision_url(self) -> str:
        return f"{self.url}/?token={self.token}"

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """End it without warning, as a power cut would."""
        self._end(subprocess.Popen.kill)

    def stop(self) -> None:
        """Ask it to end and wait."""
        self._end(subprocess.Popen.terminate)

    def _end(self, how: object) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            assert callable(how)
            how(process)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def _command(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", _MODULE, arguments[0], "--data", str(self.data), *arguments[1:]],
            capture_output=True,
            text=True,
            check=False,
            env=self._environment,
        )
        if done.returncode:
            raise RuntimeError(f"yanhe-central {arguments[0]}: {done.stderr.strip()[-300:]}")
        return done.stdout
