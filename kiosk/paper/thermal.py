"""Receipt printers of 58 and 80 mm, spoken to in ESC/POS. They are sent pictures: their own fonts hold no rare characters of names.

There is no print service between us and the paper, so we are the print service. Nothing is sent before the printer says that it can print. What has
been sent once is never sent again by itself, because half a strip and a whole one would be two papers. "Printed" is said when
everything was taken, the printer has worked it off and then still says that all is well.
"""

from __future__ import annotations

import itertools
import struct
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from escpos.image import EscposImage
from escpos.printer import Dummy
from PIL import Image as Pictures

from kiosk.paper.escpos_channel import Channel, ChannelError, open_channel
from kiosk.paper.escpos_status import ASKED, MARKER, Condition, condition, is_in_turn, is_real_time, question
from kiosk.paper.output import read_strips
from kiosk.paper.printers import Job, JobState, Phase, PrinterError, PrinterStatus
from kiosk.paper.sizes import DOTS_PER_MM
from kiosk.texts import text

_ANSWER_S = 1.0  # real printers answer within 50 ms
_PIECE, _PIECES = 4096, 16  # bytes sent at once, and how often in one look at a job
_STUCK_S = 4.0  # no byte taken for so long: something holds the printer up
_BAND = 24 * DOTS_PER_MM  # lines of one raster command: 24 mm fit into the smallest buffers
_RASTER = b"\x1dv0\x00"  # GS v 0, a dot a dot
_SLOWEST_MM_S = 80.0  # printers without GS r are given the time that printing takes
_SPARE_S = 2.0
_FORGOTTEN_S = 10.0
# What a printer needs to get over a picture that was cut off: it takes the zeros for white dots, and where it waits for none it ignores them.
_FILLER = bytes(_BAND * 576 // 8)


class ThermalPrinter:
    """``uri``: see ``open_channel``. ``clock``: monotonic seconds."""

    def __init__(
        self,
        uri: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        connect: Callable[[str], Channel] = open_channel,
        answer_s: float = _ANSWER_S,
    ) -> None:
        self.uri = uri
        self._clock = clock
        self._connect = connect
        self._answer_s = answer_s
        self._numbers = itertools.count(1)
        self._running: dict[str, _Run] = {}
        self._line = threading.Lock()  # such printers serve one connection at a time

    @property
    def name(self) -> str:
        return self.uri.removeprefix("escpos:").removeprefix("//")

    def status(self) -> PrinterStatus:
        with self._line:
            if self._busy():
                return PrinterStatus(ready=True, text=text("paper.printer.busy"))
            try:
                channel = self._connect(self.uri)
            except ChannelError:
                return PrinterStatus(ready=False, text=text("paper.thermal.unreachable"))
            try:
                found = ask(channel, self._answer_s)
            except ChannelError:
                return PrinterStatus(ready=False, text=text("paper.thermal.unreachable"))
            finally:
                channel.close()
        if found.ready:
            word = "paper.thermal.near_end" if found.near_end else "paper.printer.ready"
            return PrinterStatus(ready=True, text=text(word), reasons=found.keywords())
        return PrinterStatus(ready=False, text=text(f"paper.thermal.{found.trouble}"), reasons=found.keywords())

    def submit(self, pdf_path: Path, title: str, copies: int = 1) -> Job:
        """Takes a strip file (kiosk.paper.output). Raises PrinterError when it is none or there is no line: then nothing was sent."""
        try:
            strips = read_strips(pdf_path)
        except OSError as error:
            raise PrinterError(text("paper.thermal.not_for_rolls")) from error
        with self._line:
            for run in self._running.values():
                run.end()
            try:
                channel = self._connect(self.uri)
            except ChannelError as error:
                raise PrinterError(text("paper.thermal.unreachable")) from error
            job = Job(str(next(self._numbers)))
            lines = sum(strip.height for strip in strips) * copies
            torn = any(run.torn for run in self._running.values())
            data = (_FILLER if torn else b"") + commands(strips * copies)
            self._running = {job.job_id: _Run(channel, data, lines, self._clock, self._answer_s)}
        return job

    def poll(self, job: Job) -> JobState:
        run = self._running.get(job.job_id)
        if run is None:
            return JobState(Phase.UNKNOWN, text("paper.job.lost"))
        with self._line:
            return run.step()

    def withdraw(self, job: Job) -> bool:
        """Let go of a job that did not come out in time. True: nothing was sent, so certainly nothing comes."""
        run = self._running.get(job.job_id)
        if run is None:
            return False
        with self._line:
            run.end()
            return run.untouched

    def let_go(self) -> None:
        """Nobody follows the job any more: its line is closed."""
        with self._line:
            for run in self._running.values():
                run.end()

    def _busy(self) -> bool:
        """Whether a job is being followed. One that nobody has looked at for a while is let go, with its line."""
        for run in self._running.values():
            if not run.over and self._clock() - run.looked_at >= _FORGOTTEN_S:
                run.end()
        return any(not run.over for run in self._running.values())


def ask(channel: Channel, answer_s: float) -> Condition:
    """All four real-time states; a printer silent on the first is asked no further. Raises ChannelError."""
    answers: dict[int, int] = {}
    while channel.receive(0.0):
        pass  # answers nobody waits for any more
    for n in ASKED:
        if not channel.send(question(n), answer_s):
            break
        answer = _first(channel.receive(answer_s))
        if answer is None:
            break
        answers[n] = answer
    return condition(answers)


def commands(strips: Sequence[Pictures.Image]) -> bytes:
    """The bytes that print the strips (mode "1", as wide as the print head), each cut off, and ask at the end whether they were worked off."""
    out = Dummy()
    out.hw("INIT")
    for strip in strips:
        for band in EscposImage(strip).split(_BAND):
            piece = EscposImage(band)
            size = struct.pack("<HH", piece.width_bytes, piece.height)
            out._raw(_RASTER + size + piece.to_raster_format())  # Escpos.image would print a remark on our own output
        out.cut(feed=False)  # GS V 66: feeds as far as its cutter needs, and no further
    return _without_orders(out.output) + MARKER


def _without_orders(data: bytes) -> bytes:
    """A printer obeys DLE EOT, DLE ENQ and DLE DC4 also inside a picture, and the last may open a drawer or switch it off.

    A lone dot (0x10) before such a byte gets a neighbour. Modules of a code are wider than a dot and are never touched.
    """
    for second in (b"\x04", b"\x05", b"\x14"):
        data = data.replace(b"\x10" + second, b"\x18" + second)
    return data


class _Run:
    """One job's way through the printer; ``step`` looks once and takes a second at most."""

    def __init__(self, channel: Channel, data: bytes, lines: int, clock: Callable[[], float], answer_s: float) -> None:
        self._channel = channel
        self._rest = memoryview(data)
        self._size = len(data)
        self._printing_s = lines / DOTS_PER_MM / _SLOWEST_MM_S + _SPARE_S
        self._clock = clock
        self._answer_s = answer_s
        self._worked_off = False
        self.looked_at = clock()
        self._progress = clock()  # when the printer last took something
        self._well_since: float | None = None  # since when, all sent, it says that all is well
        self._final: JobState | None = None

    @property
    def over(self) -> bool:
        return self._final is not None

    @property
    def untouched(self) -> bool:
        return len(self._rest) == self._size

    @property
    def torn(self) -> bool:
        """Over, and the printer was left in the middle of a picture whose end it still waits for."""
        return self.over and 0 < len(self._rest) < self._size

    def end(self) -> None:
        """Let go of the line."""
        if self._final is None:
            self._settle(Phase.UNKNOWN, "paper.job.lost")

    def step(self) -> JobState:
        self.looked_at = self._clock()
        if self._final is not None:
            return self._final
        try:
            return self._send() if self._rest else self._finish()
        except ChannelError:
            if len(self._rest) == self._size:
                return self._settle(Phase.FAILED, "paper.thermal.lost_before")
            return self._settle(Phase.UNKNOWN, "paper.thermal.lost_midway")

    def _send(self) -> JobState:
        if len(self._rest) == self._size:
            found = ask(self._channel, self._answer_s)
            if not found.ready:
                return JobState(Phase.ATTENTION, text(f"paper.thermal.{found.trouble}"))
        for _ in range(_PIECES):
            taken = self._channel.send(bytes(self._rest[:_PIECE]), 0.1) if self._rest else 0
            if taken:
                self._rest = self._rest[taken:]
                self._progress = self._clock()
            elif self._rest and self._clock() - self._progress >= _STUCK_S:
                return JobState(Phase.ATTENTION, text("paper.thermal.not_taking"))
            else:
                break
        return JobState(Phase.PRINTING, text("paper.job.printing"))

    def _finish(self) -> JobState:
        while answers := self._channel.receive(0.0):
            self._worked_off = self._worked_off or any(is_in_turn(byte) for byte in answers)
        found = ask_after_job(self._channel, self._answer_s)
        self._worked_off = self._worked_off or found[1]
        if not found[0].ready:
            self._well_since = None
            return JobState(
                Phase.ATTENTION, text("paper.thermal.midway", why=text(f"paper.thermal.{found[0].trouble}"))
            )
        now = self._clock()
        self._well_since = now if self._well_since is None else self._well_since
        if self._worked_off or now - self._well_since >= self._printing_s:
            return self._settle(Phase.DONE, "paper.thermal.printed")
        return JobState(Phase.PRINTING, text("paper.job.printing"))

    def _settle(self, phase: Phase, key: str) -> JobState:
        self._final = JobState(phase, text(key))
        self._channel.close()
        return self._final


def ask_after_job(channel: Channel, answer_s: float) -> tuple[Condition, bool]:
    """The four states, and whether the answer in turn came among them. Raises ChannelError."""
    answers: dict[int, int] = {}
    worked_off = False
    for n in ASKED:
        if not channel.send(question(n), answer_s):
            break
        while n not in answers:
            came = channel.receive(answer_s)
            if not came:
                return condition(answers), worked_off
            worked_off = worked_off or any(is_in_turn(byte) for byte in came)
            real = _first(came)
            if real is not None:
                answers[n] = real
    return condition(answers), worked_off


def _first(answers: bytes) -> int | None:
    return next((byte for byte in answers if is_real_time(byte)), None)
