"""The IPP client against a real print service: a private CUPS with queues that print, fault, stop and reject."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.paper.ipp_printer import IppPrinter, list_printers
from kiosk.paper.printers import JobState, Phase, PrinterError, settle

pytestmark = pytest.mark.skipif(
    shutil.which("cupsd") is None or shutil.which("lpadmin") is None or os.geteuid() != 0,
    reason="needs cupsd and lpadmin, and root to give CUPS a user of its own",
)
LIMIT_S = 30.0

# The backend of a printer with a fault: does what the file <device>/mode says and tells CUPS as a real one would.
BACKEND = """#!/bin/sh
[ $# = 0 ] && { echo 'direct faulty "Unknown" "test printer"'; exit 0; }
dir="${DEVICE_URI#faulty:}"
said=""
while :; do
  mode=$(cat "$dir/mode")
  case "$mode" in
    empty) said=media-empty-error,media-needed-error; echo "STATE: +$said" >&2 ;;
    jam) said=media-jam-error; echo "STATE: +$said" >&2 ;;
    fail) exit 1 ;;
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

    def admin(self, *command: str) -> None:
        environment = {**os.environ, "CUPS_SERVER": self.server, "LC_ALL": "C"}
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=20)

    def queue(self, name: str) -> IppPrinter:
        return IppPrinter(f"ipp://{self.server}/printers/{name}")

    def mode(self, mode: str) -> None:
        (self.folder / "device" / "mode").write_text(mode)

    @property
    def printed(self) -> Path:
        return self.folder / "device" / "out"


@pytest.fixture(scope="module")
def service() -> Iterator[PrintService]:
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
    files, server = folder / "cups-files.conf", folder / "cupsd.conf"
    files.write_text(FILES_CONF.format(t=folder))
    server.write_text(SERVER_CONF.format(port=port))
    process = subprocess.Popen(["cupsd", "-f", "-c", server, "-s", files], stderr=subprocess.DEVNULL)
    private = PrintService(folder, f"127.0.0.1:{port}")
    try:
        _wait_for_port(port)
        for queue in ("faulty", "stopped", "rejecting"):
            private.admin("lpadmin", "-p", queue, "-E", "-v", f"faulty:{folder / 'device'}")
        private.admin("cupsdisable", "stopped")
        private.admin("cupsreject", "rejecting")
        yield private
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.4 a paper")
    return path


def test_lists_the_queues_of_the_print_service(service: PrintService) -> None:
    assert {printer.name for printer in list_printers(service.server)} == {"faulty", "stopped", "rejecting"}


def test_a_good_printer_takes_the_job_and_the_job_settles(service: PrintService, pdf: Path) -> None:
    service.mode("ok")
    service.printed.unlink(missing_ok=True)
    printer = service.queue("faulty")
    assert printer.status().ready
    assert _settle(printer, pdf).phase is Phase.DONE
    assert service.printed.read_bytes() == pdf.read_bytes()


@pytest.mark.parametrize(("mode", "sentence"), [("empty", "paper.printer.no_paper"), ("jam", "paper.printer.jam")])
def test_a_fault_is_told_while_it_lasts_and_the_job_goes_on_afterwards(
    service: PrintService, pdf: Path, mode: str, sentence: str
) -> None:
    service.mode(mode)
    heard: list[str] = []

    def told(state: JobState) -> None:
        why = state.text.params.get("why")
        if state.phase is Phase.ATTENTION and why is not None:
            heard.append(why.key)
            if why.key == sentence:
                service.mode("ok")  # somebody put paper in

    assert _settle(service.queue("faulty"), pdf, told).phase is Phase.DONE
    assert sentence in heard


def test_a_printer_that_stays_empty_ends_as_unknown_at_our_own_limit(service: PrintService, pdf: Path) -> None:
    service.mode("empty")
    printer = service.queue("faulty")
    job = printer.submit(pdf, "NS2014-X01-02-000001")
    _until(lambda: not printer.status().ready)
    hours = iter(range(100))
    state = settle(printer, job, timeout_s=1.0, clock=lambda: float(next(hours)), pause=lambda _: None)
    assert state.phase is Phase.UNKNOWN
    assert state.text.key == "paper.job.timed_out_because"
    service.mode("ok")
    _until(lambda: printer.poll(job).phase is Phase.DONE)


def test_a_stopped_queue_says_so_before_and_after_submitting(service: PrintService, pdf: Path) -> None:
    printer = service.queue("stopped")
    assert not printer.status().ready
    assert printer.status().text.key == "paper.printer.stopped"
    state = printer.poll(printer.submit(pdf, "NS2014-X01-02-000002"))
    assert state.phase is Phase.ATTENTION
    assert state.text.params["why"].key == "paper.printer.stopped"


def test_a_rejecting_queue_takes_nothing(service: PrintService, pdf: Path) -> None:
    printer = service.queue("rejecting")
    assert printer.status().text.key == "paper.printer.rejecting"
    with pytest.raises(PrinterError) as refused:
        printer.submit(pdf, "NS2014-X01-02-000003")
    assert refused.value.text.key == "paper.printer.rejecting"


def test_a_job_whose_printer_failed_waits_for_a_person(service: PrintService, pdf: Path) -> None:
    service.mode("fail")
    printer = service.queue("faulty")
    job = printer.submit(pdf, "NS2014-X01-02-000006")
    _until(lambda: printer.poll(job).text.key == "paper.job.held")
    assert printer.poll(job).phase is Phase.ATTENTION
    service.mode("ok")
    service.admin("cancel", job.job_id)
    assert printer.poll(job).phase is Phase.FAILED


def test_a_cancelled_job_has_failed(service: PrintService, pdf: Path) -> None:
    printer = service.queue("stopped")
    job = printer.submit(pdf, "NS2014-X01-02-000004")
    service.admin("cancel", "-a", "stopped")
    assert printer.poll(job).phase is Phase.FAILED


def test_a_job_nobody_knows_is_unknown(service: PrintService, pdf: Path) -> None:
    printer = service.queue("faulty")
    job = printer.submit(pdf, "NS2014-X01-02-000005")
    service.mode("ok")
    _until(lambda: printer.poll(job).settled)
    service.admin("cancel", "-a", "-x", "faulty")
    assert printer.poll(job).phase is Phase.UNKNOWN


def _settle(printer: IppPrinter, pdf: Path, told=lambda _: None) -> JobState:
    job = printer.submit(pdf, "NS2014-X01-02-000123")
    wait = threading.Event().wait
    return settle(printer, job, timeout_s=LIMIT_S, clock=time.monotonic, pause=wait, told=told, every_s=0.05)


def _until(condition) -> None:
    limit = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < limit
        threading.Event().wait(0.05)


def _wait_for_port(port: int) -> None:
    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    _until(answers)
