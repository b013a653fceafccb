"""Saving papers, and following jobs, with a printer that does as it is told."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kiosk.paper.ipp import Answer, Attribute, IppError, Operation, Tag, parse, request
from kiosk.paper.ipp_printer import IppPrinter, list_printers
from kiosk.paper.printers import Job, JobState, PdfPrinter, Phase, PrinterError, PrinterStatus, PrintJobFollower, settle
from kiosk.texts import text

PRINTING = JobState(Phase.PRINTING, text("paper.job.printing"))
NO_PAPER = JobState(Phase.ATTENTION, text("paper.printer.no_paper"))
DONE = JobState(Phase.DONE, text("paper.job.handed_over"))
NOBODY = "127.0.0.1:9"  # the discard port: nothing listens


class ScriptedPrinter:
    """Answers polls from a list; the last answer stays."""

    name = "scripted"

    def __init__(self, states: Iterable[JobState]) -> None:
        self._states = list(states)

    def status(self) -> PrinterStatus:
        return PrinterStatus(ready=True, text=text("paper.printer.ready"))

    def submit(self, pdf_path: Path, title: str, copies: int = 1) -> Job:
        return Job("1")

    def poll(self, job: Job) -> JobState:
        return self._states.pop(0) if len(self._states) > 1 else self._states[0]


class Clock:
    """Time passes only while somebody pauses."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "source.pdf"
    path.write_bytes(b"%PDF-1.4")
    return path


def test_a_job_is_followed_through_trouble_to_its_end() -> None:
    clock, heard = Clock(), []
    printer = ScriptedPrinter([PRINTING, NO_PAPER, NO_PAPER, PRINTING, DONE])
    assert settle(printer, Job("1"), timeout_s=60, clock=clock, pause=clock.pause, told=heard.append) == DONE
    assert heard == [PRINTING, NO_PAPER, PRINTING, DONE]


def test_a_job_that_never_ends_is_unknown_after_our_own_limit() -> None:
    clock = Clock()
    state = settle(ScriptedPrinter([PRINTING]), Job("1"), timeout_s=60, clock=clock, pause=clock.pause)
    assert (state.phase, state.text.key) == (Phase.UNKNOWN, "paper.job.timed_out")
    assert clock.now == pytest.approx(160)


def test_the_limit_says_what_stood_in_the_way() -> None:
    clock = Clock()
    state = settle(ScriptedPrinter([NO_PAPER]), Job("1"), timeout_s=60, clock=clock, pause=clock.pause)
    assert state.text == text("paper.job.timed_out_because", why=NO_PAPER.text)


def test_a_settled_answer_stays() -> None:
    follower = PrintJobFollower(ScriptedPrinter([DONE, PRINTING]), Job("1"), 60, Clock())
    assert follower.step() == DONE
    assert follower.step() == DONE


def test_a_paper_is_saved_whole_and_under_its_number(tmp_path: Path, pdf: Path) -> None:
    printer = PdfPrinter(tmp_path / "papers")
    job = printer.submit(pdf, "NS2014-X01-02-000123")
    assert printer.poll(job).phase is Phase.DONE
    assert [path.name for path in (tmp_path / "papers").iterdir()] == ["NS2014-X01-02-000123.pdf"]


def test_a_second_print_does_not_overwrite_the_first(tmp_path: Path, pdf: Path) -> None:
    printer = PdfPrinter(tmp_path / "papers")
    first, second = printer.submit(pdf, "A"), printer.submit(pdf, "A")
    assert first.path != second.path
    assert printer.poll(first).phase is printer.poll(second).phase is Phase.DONE


def test_a_title_cannot_leave_the_folder(tmp_path: Path, pdf: Path) -> None:
    job = PdfPrinter(tmp_path / "papers").submit(pdf, "../../etc/passwd")
    assert job.path is not None
    assert job.path.parent == tmp_path / "papers"


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path, pdf: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    printer = PdfPrinter(tmp_path / "taken")
    assert not printer.status().ready
    with pytest.raises(PrinterError) as error:
        printer.submit(pdf, "A")
    assert error.value.text.key == "paper.printer.folder_unusable"


def test_a_printer_that_is_not_there_is_unreachable(pdf: Path) -> None:
    printer = IppPrinter(f"ipp://{NOBODY}/printers/none")
    assert printer.status() == PrinterStatus(ready=False, text=text("paper.printer.unreachable"))
    assert printer.poll(Job("1")).phase is Phase.ATTENTION
    with pytest.raises(PrinterError):
        printer.submit(pdf, "A")
    assert list_printers(NOBODY) == ()


def test_an_ipp_message_comes_back_as_it_was_sent() -> None:
    sent = request(
        Operation.PRINT_JOB,
        7,
        [Attribute("printer-uri", Tag.URI, ["ipp://x/"])],
        [Attribute("copies", Tag.INTEGER, [2]), Attribute("sides", Tag.KEYWORD, ["one-sided", "two-sided"])],
    )
    answer = parse(sent)
    assert answer.of(Tag.OPERATION)[0]["printer-uri"] == ("ipp://x/",)
    assert answer.of(Tag.JOB)[0] == {"copies": (2,), "sides": ("one-sided", "two-sided")}


def test_an_answer_that_is_cut_off_is_an_error() -> None:
    sent = request(Operation.PRINT_JOB, 7, [Attribute("printer-uri", Tag.URI, ["ipp://x/"])])
    for size in range(len(sent)):
        with pytest.raises(IppError):
            parse(sent[:size])
    assert isinstance(parse(sent), Answer)
