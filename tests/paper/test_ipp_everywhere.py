"""A printer that speaks IPP by itself, without a print service between: CUPS's own virtual one (IPP Everywhere)."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
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
pytestmark = pytest.mark.skipif(shutil.which("ippeveprinter") is None, reason="needs ippeveprinter (cups-ipp-utils)")


@dataclass(frozen=True)
class Everywhere:
    printer: IppPrinter
    spool: Path

    @property
    def printed(self) -> list[Path]:
        return sorted(self.spool.glob("*.pdf"))


@pytest.fixture
def everywhere(tmp_path: Path) -> Iterator[Everywhere]:
    """Switched on; without a directory service nobody would find it, and our address book needs none."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    spool = tmp_path / "spool"
    spool.mkdir()
    command = ["ippeveprinter", "-p", str(port), "-d", str(spool), "-k", "-r", "off", "-n", "localhost"]
    process = subprocess.Popen(
        [*command, "-f", "application/pdf", "Office"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    printer = IppPrinter(f"ipp://localhost:{port}/ipp/print", "Office")
    try:
        limit = time.monotonic() + LIMIT_S
        while printer.status().text.key == "paper.printer.unreachable":
            if process.poll() is not None or time.monotonic() > limit:
                said = process.stderr.read(300).decode(errors="replace") if process.stderr and process.poll() else ""
                pytest.skip(f"ippeveprinter does not start here: {said.strip() or 'no answer'}")
            threading.Event().wait(0.05)
        yield Everywhere(printer, spool)
    finally:
        process.terminate()
        process.wait(10)
        if process.stderr is not None:
            process.stderr.close()


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
