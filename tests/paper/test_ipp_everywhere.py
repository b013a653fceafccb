"""A printer that speaks IPP by itself, without a print service between: CUPS's own virtual one (IPP Everywhere)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from private_cups import until

from kiosk.paper.code import code_text
from kiosk.paper.ipp_printer import IppPrinter
from kiosk.paper.model import Paper
from kiosk.paper.printers import Phase, settle
from kiosk.paper.reading import codes_in_file
from kiosk.paper.render import Sheet, render_pdf
from kiosk.paper.signing import Ed25519Signer

LIMIT_S = 30.0
PROGRAMS = ("ippeveprinter", "dbus-daemon", "avahi-daemon")
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={bus}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/><allow send_type="signal"/>
<allow receive_sender="*"/><allow receive_type="method_return"/><allow receive_type="error"/><allow receive_type="signal"/>
<allow send_requested_reply="true"/><allow receive_requested_reply="true"/></policy></busconfig>
"""
AVAHI = """[server]
use-ipv6=no
allow-interfaces=lo
[wide-area]
enable-wide-area=no
"""
pytestmark = [
    pytest.mark.skipif(not all(map(shutil.which, PROGRAMS)), reason=f"needs {', '.join(PROGRAMS)}"),
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root to run a directory service of its own"),
]


@dataclass(frozen=True)
class Everywhere:
    printer: IppPrinter
    spool: Path

    @property
    def printed(self) -> list[Path]:
        return sorted(self.spool.glob("*.pdf"))


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A bus and a directory service on the loopback alone, which such a printer does not start without. The environment to find them."""
    folder = tmp_path_factory.mktemp("directory")
    bus = Path(tempfile.mkdtemp(prefix="yanhe-bus-")) / "bus"  # a short path: sockets allow no long ones
    (folder / "bus.conf").write_text(BUS.format(bus=bus))
    (folder / "avahi.conf").write_text(AVAHI)
    Path("/run/avahi-daemon").mkdir(exist_ok=True)
    environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={bus}"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    plain = ["--no-drop-root", "--no-chroot", "--no-rlimits"]
    with subprocess.Popen(["dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork"], **quiet) as daemon:
        _until_or_skip(bus.exists, daemon, "no bus of its own")
        with subprocess.Popen(["avahi-daemon", "-f", folder / "avahi.conf", *plain], env=environment, **quiet) as avahi:
            try:
                yield environment
            finally:
                avahi.terminate()
                daemon.terminate()
    shutil.rmtree(bus.parent)


@pytest.fixture
def everywhere(directory: dict[str, str], tmp_path: Path) -> Iterator[Everywhere]:
    """Switched on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    spool = tmp_path / "spool"
    spool.mkdir()
    command = [
        "ippeveprinter",
        "-p",
        str(port),
        "-d",
        spool,
        "-k",
        "-n",
        "localhost",
        "-f",
        "application/pdf",
        "Office",
    ]
    printer = IppPrinter(f"ipp://localhost:{port}/ipp/print", "Office")
    # the directory may still be coming up: such a printer gives up at once, so it is switched on again
    limit = time.monotonic() + LIMIT_S
    while True:
        process = subprocess.Popen(command, env=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while process.poll() is None and printer.status().text.key == "paper.printer.unreachable":
                threading.Event().wait(0.05)
            if process.poll() is None:
                yield Everywhere(printer, spool)
                return
        finally:
            process.terminate()
            process.wait(10)
        if time.monotonic() > limit:
            pytest.skip("ippeveprinter does not start here: no directory service (avahi)")
        threading.Event().wait(0.1)


def _until_or_skip(holds: Callable[[], bool], process: subprocess.Popen[bytes], why: str) -> None:
    limit = time.monotonic() + 5
    while not holds():
        if process.poll() is not None or time.monotonic() > limit:
            process.terminate()
            pytest.skip(why)
        threading.Event().wait(0.05)


def test_a_paper_is_printed_and_its_code_is_read_from_what_the_printer_got(
    everywhere: Everywhere, receipt: Paper, signer: Ed25519Signer, tmp_path: Path, qapp: object
) -> None:
    code = code_text(receipt, signer)
    render_pdf(receipt, code, tmp_path / "paper.pdf", Sheet.A5)
    assert everywhere.printer.status().ready
    job = everywhere.printer.submit(tmp_path / "paper.pdf", receipt.paper_no)
    wait = threading.Event().wait
    end = settle(everywhere.printer, job, timeout_s=LIMIT_S, clock=time.monotonic, pause=wait, every_s=0.05)
    assert end.phase is Phase.DONE
    until(lambda: everywhere.printed)
    (got,) = everywhere.printed
    assert receipt.child_name not in got.name
    assert codes_in_file(got) == (code,)
