"""A print service of our own: a private CUPS whose printers do as they are told, run out of paper, vanish or hang."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.paper.ipp_printer import IppPrinter

LIMIT_S = 60.0
QUEUES = ("faulty", "stopped", "rejecting")


def why_not() -> str:
    """What is missing for a private CUPS, "" when nothing is."""
    if shutil.which("cupsd") is None or shutil.which("lpadmin") is None:
        return "needs cupsd and lpadmin"
    return "" if os.geteuid() == 0 else "needs root to give CUPS a user of its own"


# The backend of a printer with a fault: does what the file <device>/mode says and tells CUPS as a real one would.
BACKEND = """#!/bin/sh
[ $# = 0 ] && { echo 'direct faulty "Unknown" "test printer"'; exit 0; }
dir="${DEVICE_URI#faulty:}"
said=""
# as real ones do: what an earlier job complained of does not hold for this one
echo "STATE: -media-empty-error,media-needed-error,media-jam-error,offline-report" >&2
while :; do
  mode=$(cat "$dir/mode")
  case "$mode" in
    empty) said=media-empty-error,media-needed-error; echo "STATE: +$said" >&2 ;;
    jam) said=media-jam-error; echo "STATE: +$said" >&2 ;;
    offline) said=offline-report; echo "STATE: +$said" >&2 ;;
    fail) exit 1 ;;
    hang) : ;;
    ok) [ -n "$said" ] && echo "STATE: -$said" >&2
        if [ -n "$6" ]; then cat "$6"; else cat; fi > "$dir/out"; exit 0 ;;
  esac
  sleep 0.05
done
"""

FILES_CONF = """
ServerRoot {t}/root
RequestRoot {t}/spool
CacheDir {t}/cache
StateDir {t}/state
ErrorLog {t}/log/error
AccessLog {t}/log/access
PageLog {t}/log/page
DataDir /usr/share/cups
ServerBin {t}/bin
User lp
Group lp
SystemGroup root lpadmin
FileDevice Yes
"""

SERVER_CONF = """
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobHistory Yes
<Location />
Allow from 127.0.0.1
</Location>
<Location /admin>
Allow from 127.0.0.1
</Location>
<Policy default>
<Limit All>
Allow from 127.0.0.1
</Limit>
</Policy>
"""


@dataclass
class PrintService:
    folder: Path
    server: str
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, or begin again with the jobs that lie in the spool."""
        command = ["cupsd", "-f", "-c", self.folder / "cupsd.conf", "-s", self.folder / "cups-files.conf"]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        host, port = self.server.split(":")

        def answers() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex((host, int(port))) == 0

        until(answers)

    def stop(self) -> None:
        """As the system stops a service: it ends its printers' programs and keeps its jobs."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def pull_the_plug(self) -> None:
        """Everything of it is gone at once, whatever it was doing."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None

    def admin(self, *command: str) -> None:
        environment = {**os.environ, "CUPS_SERVER": self.server, "LC_ALL": "C"}
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=20)

    def queue(self, name: str) -> IppPrinter:
        return IppPrinter(f"ipp://{self.server}/printers/{name}")

    def mode(self, mode: str) -> None:
        aside = self.folder / "device" / "mode.part"
        aside.write_text(mode)
        aside.replace(self.folder / "device" / "mode")

    @property
    def printed(self) -> Path:
        return self.folder / "device" / "out"


@contextmanager
def private_cups() -> Iterator[PrintService]:
    folder = Path(tempfile.mkdtemp(prefix="yanhe-cups-"))
    folder.chmod(0o755)
    for name in ("root", "spool", "cache", "state", "log", "device"):
        (folder / name).mkdir()
        shutil.chown(folder / name, "lp", "lp")
    subprocess.run(["cp", "-as", "/usr/lib/cups", folder / "bin"], check=True)
    backend = folder / "bin" / "backend" / "faulty"
    backend.write_text(BACKEND)
    backend.chmod(0o700)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "cups-files.conf").write_text(FILES_CONF.format(t=folder))
    (folder / "cupsd.conf").write_text(SERVER_CONF.format(port=port))
    service = PrintService(folder, f"127.0.0.1:{port}")
    service.mode("ok")
    service.start()
    try:
        for queue in QUEUES:
            service.admin("lpadmin", "-p", queue, "-E", "-v", f"faulty:{folder / 'device'}")
        service.admin("cupsdisable", "stopped")
        service.admin("cupsreject", "rejecting")
        yield service
    finally:
        service.mode("ok")
        service.stop()
        shutil.rmtree(folder)


def until(condition: Callable[[], object]) -> None:
    limit = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < limit
        threading.Event().wait(0.05)
