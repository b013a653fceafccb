"""Printers chosen by address and paper, exchanged while the desk works."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.paper.code import code_text
from kiosk.paper.model import Paper
from kiosk.paper.output import read_strips
from kiosk.paper.press import ChoiceError, Press, PrinterChoice
from kiosk.paper.printers import Job, JobState, Phase, PrinterStatus
from kiosk.paper.reading import codes_in_file
from kiosk.paper.signing import Ed25519Signer
from kiosk.paper.sizes import Sheet
from kiosk.settings import Settings, SettingsProblem
from kiosk.texts import text
from yanhe.compose import press_for

pytestmark = pytest.mark.usefixtures("qapp")

DONE = JobState(Phase.DONE, text("paper.job.handed_over"))


class Keeping:
    """Keeps what it is given; answers for its own jobs only."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.given: list[bytes] = []

    def status(self) -> PrinterStatus:
        return PrinterStatus(ready=True, text=text("paper.printer.ready"))

    def submit(self, pdf_path: Path, title: str, copies: int = 1) -> Job:
        self.given.append(pdf_path.read_bytes())
        return Job(str(len(self.given)))

    def poll(self, job: Job) -> JobState:
        assert int(job.job_id) <= len(self.given)
        return DONE


@pytest.fixture
def made() -> dict[str, Keeping]:
    return {}


@pytest.fixture
def press(made: dict[str, Keeping], tmp_path: Path) -> Press:
    def make(choice: PrinterChoice, folder: Path) -> Keeping:
        return made.setdefault(choice.uri, Keeping(choice.uri))

    return Press(PrinterChoice("ipp://localhost/printers/office"), tmp_path, make)


@pytest.mark.parametrize(
    ("uri", "paper", "kind", "sheet"),
    [
        ("", "", "pdf", Sheet.A4_BOTH),
        ("", "80mm", "pdf", Sheet.ROLL_80),
        ("none", "", "none", Sheet.A4_BOTH),
        ("ipp://localhost:631/printers/office", "", "ipp", Sheet.A4_BOTH),
        ("ipp://localhost:631/printers/office", "A5", "ipp", Sheet.A5),
        ("ipp://localhost:631/printers/till", "58mm", "ipp", Sheet.ROLL_58),
        ("escpos://192.0.2.1", "", "thermal", Sheet.ROLL_80),
        ("escpos:/dev/usb/lp0", "58mm", "thermal", Sheet.ROLL_58),
        ("escpos:/dev/usb/lp0", "A4", "thermal", Sheet.ROLL_80),  # it could never print a page
    ],
)
def test_an_address_says_what_kind_and_which_paper(uri: str, paper: str, kind: str, sheet: Sheet) -> None:
    choice = PrinterChoice(uri, paper)
    assert (choice.kind, choice.sheet) == (kind, sheet)


@pytest.mark.parametrize(
    ("uri", "paper"),
    [
        ("office", ""),
        ("lpd://x", ""),
        ("ipp:", ""),
        ("escpos:", ""),
        ("escpos://:9100", ""),
        ("escpos://h:nine", ""),
        ("", "A3"),
    ],
)
def test_what_we_do_not_know_is_said_and_changes_nothing(press: Press, uri: str, paper: str, tmp_path: Path) -> None:
    before = press.choice
    with pytest.raises(ChoiceError):
        press.choose(PrinterChoice(uri, paper))
    assert press.choice is before
    with pytest.raises(SettingsProblem, match=r"settings\.yaml: (printer_uri|paper)"):
        press_for(Settings(tmp_path, printer_uri=uri, paper=paper))


def test_what_is_drawn_fits_what_prints_it(
    press: Press, made: dict[str, Keeping], receipt: Paper, signer: Ed25519Signer, tmp_path: Path
) -> None:
    code = code_text(receipt, signer)
    for uri, paper in (("ipp://h/a", "A5"), ("escpos://h", "58mm"), ("ipp://h/b", "80mm")):
        press.choose(PrinterChoice(uri, paper))
        path = tmp_path / "drawn"
        press.draw_paper(receipt, code, path)
        assert press.poll(press.submit(path, receipt.paper_no)) == DONE
        kept = tmp_path / "kept"
        kept.write_bytes(made[uri].given[0])
        if uri.startswith("escpos"):
            assert [strip.width for strip in read_strips(kept)] == [384, 384]
        else:
            assert codes_in_file(kept) == (code,)


def test_a_job_stays_with_the_printer_it_was_drawn_for(
    press: Press, made: dict[str, Keeping], receipt: Paper, signer: Ed25519Signer, tmp_path: Path
) -> None:
    first = press.choice.uri
    press.draw_paper(receipt, code_text(receipt, signer), tmp_path / "drawn")
    press.choose(PrinterChoice("escpos://192.0.2.1"))
    job = press.submit(tmp_path / "drawn", receipt.paper_no)
    assert len(made[first].given) == 1
    assert made["escpos://192.0.2.1"].given == []
    assert press.poll(job) == DONE


def test_a_job_of_a_former_life_is_unknown(press: Press) -> None:
    assert press.poll(Job("office 7")).phase is Phase.UNKNOWN
