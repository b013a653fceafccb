"""The IPP client against a real print service: a private CUPS with queues that print, fault, stop and reject."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import private_cups
import pytest
from private_cups import PrintService, until

from kiosk.paper.ipp_printer import IppPrinter, list_printers
from kiosk.paper.printers import JobState, Phase, PrinterError, settle

pytestmark = pytest.mark.skipif(bool(private_cups.why_not()), reason=private_cups.why_not())
LIMIT_S = 30.0


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
    until(lambda: not printer.status().ready)
    hours = iter(range(100))
    state = settle(printer, job, timeout_s=1.0, clock=lambda: float(next(hours)), pause=lambda _: None)
    assert state.phase is Phase.UNKNOWN
    assert state.text.key == "paper.job.timed_out_because"
    service.mode("ok")
    until(lambda: printer.poll(job).phase is Phase.DONE)


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
    until(lambda: printer.poll(job).text.key == "paper.job.held")
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
    until(lambda: printer.poll(job).settled)
    service.admin("cancel", "-a", "-x", "faulty")
    assert printer.poll(job).phase is Phase.UNKNOWN


def _settle(printer: IppPrinter, pdf: Path, told=lambda _: None) -> JobState:
    job = printer.submit(pdf, "NS2014-X01-02-000123")
    wait = threading.Event().wait
    return settle(printer, job, timeout_s=LIMIT_S, clock=time.monotonic, pause=wait, told=told, every_s=0.05)
