"""Receipt printers over a real line: what comes out is what was drawn, and whatever goes wrong is said and leads to no second paper."""

from __future__ import annotations

import os
import socket
import threading
import time
import tty
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import receipt_printer as made
from PIL import Image as Pictures
from receipt_printer import ReceiptPrinter, on_a_port

from kiosk.paper.code import code_text
from kiosk.paper.escpos_channel import Channel, ChannelError, open_channel
from kiosk.paper.model import Paper
from kiosk.paper.output import dots, write_strips
from kiosk.paper.printers import Job, JobState, Phase, PrinterError, settle
from kiosk.paper.render import lay_out_sheets
from kiosk.paper.signing import Ed25519Signer
from kiosk.paper.sizes import Sheet
from kiosk.paper.thermal import ThermalPrinter, commands
from scanner import barcodes

pytestmark = pytest.mark.usefixtures("qapp")
LIMIT_S = 30.0


class Strips:
    """A drawn paper and the strip file of it."""

    def __init__(self, paper: Paper, code: str, sheet: Sheet, path: Path) -> None:
        roll = sheet.roll
        assert roll is not None
        self.code, self.path = code, path
        pages = lay_out_sheets(paper, code, sheet)
        self.drawn = [~np.asarray(dots(page, roll)) for page in pages]
        write_strips(pages, roll, path)


@pytest.fixture(scope="module")
def strips(tmp_path_factory: pytest.TempPathFactory, qapp: object, signer: Ed25519Signer) -> Strips:
    import sample_papers

    slip = sample_papers.slip()
    folder = tmp_path_factory.mktemp("strips")
    return Strips(slip, code_text(slip, signer), Sheet.ROLL_80, folder / "slip.tif")


@pytest.mark.parametrize("sheet", [Sheet.ROLL_80, Sheet.ROLL_58])
def test_what_comes_out_is_what_was_drawn_and_its_code_is_read(
    slip: Paper, signer: Ed25519Signer, tmp_path: Path, sheet: Sheet
) -> None:
    paper = replace(slip, copy_no=2)
    sent = Strips(paper, code_text(paper, signer), sheet, tmp_path / "slip.tif")
    printer = ReceiptPrinter()
    with on_a_port(printer) as uri:
        assert followed(ThermalPrinter(uri), sent.path) == JobState(Phase.DONE, said("printed"))
    assert len(printer.strips) == 2  # each cut off
    for strip, drawn in zip(printer.strips, sent.drawn, strict=True):
        assert_same(strip, drawn)
        picture = np.repeat(np.where(np.pad(strip, 40), 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)
        assert [found.text for found in barcodes.decode(picture)] == [sent.code]


def test_no_order_hides_in_a_picture() -> None:
    """DLE EOT, DLE ENQ and DLE DC4 are obeyed wherever they stand; the last opens drawers and switches printers off."""
    lines = np.zeros((3, 576), bool)
    lines[:, 3] = True  # 0x10 at the beginning of a line …
    for row, column in enumerate((13, 13, 11)):
        lines[row, column] = True  # … then 0x04, 0x04 | 0x01, 0x14
    lines[1, 15] = lines[2, 13] = True
    sent = commands([Pictures.fromarray(~lines)])
    for order in (b"\x10\x04", b"\x10\x05", b"\x10\x14"):
        assert order not in sent
    printer, (ours, theirs) = ReceiptPrinter(in_turn=False), socket.socketpair()
    with ours, theirs:
        ours.sendall(sent)
        ours.shutdown(socket.SHUT_WR)
        printer.serve(theirs, threading.Event())
    assert_same(printer.strips[0], lines, spare=3)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (made.NO_PAPER, "no_paper"),
        (made.COVER_OPEN, "door_open"),
        (made.CUTTER, "cutter"),
        (made.HOT, "hot"),
        (made.BROKEN, "fault"),
        (made.OFFLINE, "offline"),
    ],
)
def test_nothing_is_sent_until_the_printer_can_print(strips: Strips, answers: dict[int, int], why: str) -> None:
    printer = ReceiptPrinter(answers=dict(answers))
    with on_a_port(printer) as uri:
        thermal = ThermalPrinter(uri)
        status = thermal.status()
        assert (status.ready, status.text) == (False, said(why))
        assert status.reasons[0].startswith("DLE EOT 1: ")
        heard: list[JobState] = []

        def told(state: JobState) -> None:
            heard.append(state)
            if state.phase is Phase.ATTENTION:
                assert printer.received < 100  # questions only
                printer.mend()

        assert followed(thermal, strips.path, told).phase is Phase.DONE
    assert JobState(Phase.ATTENTION, said(why)) in heard
    assert_same(printer.strips[0], strips.drawn[0])


def test_paper_that_ends_in_the_middle_is_told_and_the_rest_follows(strips: Strips) -> None:
    printer = ReceiptPrinter(runs_out_after=14)
    with on_a_port(printer) as uri:
        heard: list[JobState] = []

        def told(state: JobState) -> None:
            heard.append(state)
            if state.phase is Phase.ATTENTION:
                assert len(printer.strips) < 2
                printer.mend()

        assert followed(ThermalPrinter(uri), strips.path, told).phase is Phase.DONE
    trouble = [state.text for state in heard if state.phase is Phase.ATTENTION]
    assert trouble[0].key == "paper.thermal.midway"
    assert trouble[0].params["why"] == said("no_paper")
    for strip, drawn in zip(printer.strips, strips.drawn, strict=True):
        assert_same(strip, drawn)


def test_printed_is_not_said_while_the_paper_is_out(strips: Strips) -> None:
    """Everything has been taken into the printer's memory, and still the family has no paper in hand."""
    printer = ReceiptPrinter(runs_out_after=14)
    with on_a_port(printer) as uri:
        thermal = ThermalPrinter(uri)
        job = thermal.submit(strips.path, "NS2024-X01-02-000045")
        state = until(thermal, job, lambda state: state.phase is Phase.ATTENTION)
        for _ in range(3):
            assert thermal.poll(job) == state
        end = settle(thermal, job, timeout_s=1, clock=iter(range(100)).__next__, pause=lambda _: None)
        assert end.phase is Phase.UNKNOWN
        assert end.text.params["why"] == state.text
        thermal.let_go()


def test_a_printer_that_takes_no_more_is_told_and_goes_on_afterwards(strips: Strips) -> None:
    printer = ReceiptPrinter()
    with on_a_port(printer) as uri:
        clock, lines = Steps(), list[Choking]()

        def connect(uri: str) -> Choking:
            lines.append(Choking(open_channel(uri), takes=5_000))
            return lines[-1]

        thermal = ThermalPrinter(uri, clock=clock, connect=connect)
        job = thermal.submit(strips.path, "NS2024-X01-02-000045")
        state = until(thermal, job, lambda state: state.phase is Phase.ATTENTION, between=lambda: clock.add(1.0))
        assert state.text == said("not_taking")
        lines[0].takes = 10_000_000  # somebody has closed the cover
        assert until(thermal, job, lambda state: state.settled).phase is Phase.DONE
    assert_same(printer.strips[0], strips.drawn[0])


def test_a_line_that_breaks_in_the_middle_is_never_printed_again_by_itself(strips: Strips) -> None:
    printer = ReceiptPrinter(hangs_up_after=20_000)
    with on_a_port(printer) as uri:
        thermal = ThermalPrinter(uri)
        state = followed(thermal, strips.path)
        assert state == JobState(Phase.UNKNOWN, said("lost_midway"))
        assert printer.strips == []
        printer.hangs_up_after = None
        assert followed(thermal, strips.path).phase is Phase.DONE  # the clerk's own reprint
    spoilt, whole = printer.strips  # the torn piece hangs before the first strip, and the second is as drawn
    assert spoilt.shape[0] > strips.drawn[0].shape[0]
    assert_same(spoilt[-strips.drawn[0].shape[0] :], strips.drawn[0])
    assert_same(whole, strips.drawn[1])


def test_a_line_that_breaks_before_anything_was_sent_has_failed(strips: Strips) -> None:
    printer = ReceiptPrinter(hangs_up_after=1)
    with on_a_port(printer) as uri:
        assert followed(ThermalPrinter(uri), strips.path) == JobState(Phase.FAILED, said("lost_before"))


def test_a_mute_printer_gets_nothing(strips: Strips) -> None:
    printer = ReceiptPrinter(mute=True)
    with on_a_port(printer) as uri:
        thermal = ThermalPrinter(uri, answer_s=0.05)
        assert thermal.status().text == said("silent")
        job = thermal.submit(strips.path, "NS2024-X01-02-000045")
        assert thermal.poll(job) == JobState(Phase.ATTENTION, said("silent"))
        thermal.let_go()
    assert printer.strips == []


def test_nobody_at_the_address(strips: Strips) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        uri = f"escpos://127.0.0.1:{probe.getsockname()[1]}"
    thermal = ThermalPrinter(uri)
    assert thermal.status().text == said("unreachable")
    with pytest.raises(PrinterError) as refused:
        thermal.submit(strips.path, "NS2024-X01-02-000045")
    assert refused.value.text == said("unreachable")


def test_a_printer_without_answers_in_turn_is_given_the_time_that_printing_takes(strips: Strips) -> None:
    printer = ReceiptPrinter(in_turn=False)
    with on_a_port(printer) as uri:
        clock = Steps()
        thermal = ThermalPrinter(uri, clock=clock)
        job = thermal.submit(strips.path, "NS2024-X01-02-000045")
        until(thermal, job, lambda _: len(printer.strips) == 2)
        length_mm = sum(strip.shape[0] for strip in strips.drawn) / 8
        assert not thermal.poll(job).settled
        clock.add(length_mm / 200)  # at 200 mm a second it could be out
        assert not thermal.poll(job).settled
        clock.add(length_mm / 50)
        assert thermal.poll(job).phase is Phase.DONE


def test_a_roll_that_is_nearly_used_up_still_prints(strips: Strips) -> None:
    printer = ReceiptPrinter(answers=dict(made.NEAR_END))
    with on_a_port(printer) as uri:
        thermal = ThermalPrinter(uri)
        status = thermal.status()
        assert (status.ready, status.text) == (True, said("near_end"))
        assert followed(thermal, strips.path).phase is Phase.DONE


def test_while_it_prints_the_printer_is_busy_and_its_one_line_is_left_alone(strips: Strips) -> None:
    printer = ReceiptPrinter(answers=dict(made.NO_PAPER))
    with on_a_port(printer) as uri:
        clock = Steps()
        thermal = ThermalPrinter(uri, clock=clock)
        job = thermal.submit(strips.path, "NS2024-X01-02-000045")
        thermal.poll(job)
        assert thermal.status().text.key == "paper.printer.busy"
        clock.add(60)  # nobody follows the job any more
        assert thermal.status().text == said("no_paper")
        assert thermal.poll(job).phase is Phase.UNKNOWN


def test_a_file_that_is_no_strip_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(PrinterError) as refused:
        ThermalPrinter("escpos://127.0.0.1").submit(tmp_path / "paper.pdf", "x")
    assert refused.value.text == said("not_for_rolls")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs pseudo terminals to stand for a printer's device file")
def test_a_printer_on_a_device_file_is_asked_and_prints(strips: Strips) -> None:
    """A pseudo terminal stands for /dev/usb/lp0: two ways, and never all at once."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    printer, ended = ReceiptPrinter(), threading.Event()
    thread = threading.Thread(target=printer.serve, args=(_Terminal(ours), ended))
    thread.start()
    try:
        assert followed(ThermalPrinter(f"escpos:{os.ttyname(theirs)}"), strips.path).phase is Phase.DONE
    finally:
        ended.set()
        thread.join()
        os.close(ours)
        os.close(theirs)
    assert_same(printer.strips[0], strips.drawn[0])


@pytest.mark.parametrize("uri", ["escpos:/dev/none", "escpos://127.0.0.1:nine", "ftp://127.0.0.1", ""])
def test_addresses_that_lead_nowhere(uri: str) -> None:
    with pytest.raises(ChannelError):
        open_channel(uri)


class _Terminal:
    """A pseudo terminal's other side, with the few methods of a socket that the printer uses."""

    def __init__(self, file: int) -> None:
        self._file = file
        os.set_blocking(file, False)

    def settimeout(self, seconds: float) -> None: ...

    def recv(self, size: int) -> bytes:
        try:
            return os.read(self._file, size)
        except BlockingIOError:
            threading.Event().wait(0.005)
            raise TimeoutError from None

    def sendall(self, data: bytes) -> None:
        os.write(self._file, data)


class Choking:
    """A line whose other end takes only so many bytes."""

    def __init__(self, line: Channel, takes: int) -> None:
        self._line, self.takes = line, takes

    def send(self, data: bytes, wait_s: float) -> int:
        taken = self._line.send(data[: self.takes], wait_s) if self.takes else 0
        self.takes -= taken
        return taken

    def receive(self, wait_s: float) -> bytes:
        return self._line.receive(wait_s)

    def close(self) -> None:
        self._line.close()


class Steps:
    """A clock that only goes when it is told to."""

    def __init__(self) -> None:
        self._now = 100.0

    def add(self, seconds: float) -> None:
        self._now += seconds

    def __call__(self) -> float:
        return self._now


def said(key: str):
    from kiosk.texts import text

    return text(f"paper.thermal.{key}")


def followed(printer: ThermalPrinter, path: Path, told: Callable[[JobState], object] = lambda _: None) -> JobState:
    job = printer.submit(path, "NS2024-X01-02-000045")
    wait = threading.Event().wait
    return settle(printer, job, timeout_s=LIMIT_S, clock=time.monotonic, pause=wait, told=told, every_s=0.01)


def until(
    printer: ThermalPrinter,
    job: Job,
    holds: Callable[[JobState], bool],
    between: Callable[[], object] = lambda: None,
) -> JobState:
    limit = time.monotonic() + LIMIT_S
    while not holds(state := printer.poll(job)):
        assert time.monotonic() < limit, state
        between()
        threading.Event().wait(0.01)
    return state


def assert_same(printed: np.ndarray, drawn: np.ndarray, spare: int = 12) -> None:
    """Dot for dot, but for the few that keep orders out of the picture: these are added, none is lost."""
    assert printed.shape == drawn.shape
    assert not (drawn & ~printed).any()
    assert (printed & ~drawn).sum() <= spare
