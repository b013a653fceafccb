"""The tally from the desk's real log to paper, printers chosen while the desk works, test pages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from desk_table import Table

from kiosk.desk.ports import DeskIdentity
from kiosk.desk.printing import Printing
from kiosk.desk.printing_port import PrintNews, TallyNews
from kiosk.desk.view import Phase
from kiosk.paper.code import verify
from kiosk.paper.output import read_strips
from kiosk.paper.press import Press, PrinterChoice
from kiosk.paper.printers import PdfPrinter, Printer
from kiosk.paper.reading import codes_in_file
from kiosk.paper.signing import Ed25519Signer

WAIT_S = 20.0


class Office:
    """The tools of printing over the desk of a test; ``made`` remembers for which choices printers were made."""

    def __init__(self, table: Table, folder: Path) -> None:
        self.folder = folder
        self.kept: list[PrinterChoice] = []
        self.signer = Ed25519Signer(Ed25519PrivateKey.generate())
        self._papers = ThreadPoolExecutor(1)
        self.press = Press(PrinterChoice(), folder, self._make)
        self.printing = Printing(
            table.store,
            DeskIdentity("X01-2", "2号桌", "X01", "南山区虚构小学", "南山区", "T01", "李老师", practice=True),
            self.press,
            self.signer,
            folder / "drawn",
            in_turn=self._papers.submit,
            actor=lambda: "031",
            keep=self.kept.append,
            now=lambda: datetime.now().astimezone(),
            saved_in=folder,
        )

    def _make(self, choice: PrinterChoice, folder: Path) -> Printer:
        return PdfPrinter(folder)  # keeps whatever was drawn

    def close(self) -> None:
        self.printing.stop()
        self._papers.shutdown()

    def tally(self) -> TallyNews:
        return answer(lambda done: self.printing.tally(None, "zh_CN", done), lambda _: True)

    def print_tally(self) -> PrintNews:
        today = datetime.now().astimezone().date()
        return answer(lambda done: self.printing.print_tally(today, "zh_CN", done), lambda news: news.over)


def answer(ask: Callable[[Callable[[Any], None]], object], last: Callable[[Any], bool]) -> Any:
    news, came = list[Any](), threading.Event()

    def told(what: Any) -> None:
        news.append(what)
        if last(what):
            came.set()

    ask(told)
    assert came.wait(WAIT_S), news
    return news[-1]


@pytest.fixture
def office(table: Table, tmp_path: Path) -> Iterator[Office]:
    made = Office(table, tmp_path / "office")
    yield made
    made.close()


@pytest.fixture
def served(table: Table) -> Table:
    """One family returned, its originals handed back."""
    table.open("NS2014X01000001")
    table.desk.decide("RETURN")
    table.until(lambda v: v.phase is Phase.DECIDED and v.case and v.case.paper and v.case.paper.state == "saved")
    table.desk.finish()
    table.until(lambda v: v.phase is Phase.FINDING)
    return table


def line(news: TallyNews, label: str) -> str:
    assert news.paper is not None
    return next(line.value for section in news.paper.sections for line in section.lines if line.label == label)


def test_the_tally_of_a_real_day_agrees_and_names_nobody(served: Table, office: Office) -> None:
    news = office.tally()
    assert news.paper is not None
    assert news.paper.differences == ()
    assert (line(news, "办理的申请"), line(news, "退回"), line(news, "打印出来的单据")) == ("1", "1", "1")
    assert served.store.head()[1] in news.paper.chain
    assert "陈试远" not in repr(news.paper)


def test_printing_it_is_an_act_and_the_second_print_says_so(served: Table, office: Office) -> None:
    number, head = served.store.head()
    for copy_no in (1, 2):
        news = office.print_tally()
        assert (news.state, news.text.key) == ("saved", "tally.saved")
        assert Path(news.path).read_bytes().startswith(b"%PDF-")
        act = served.store.events_of_kind("tally.printed")[-1]
        assert (act.case_id, act.actor, act.payload["copy_no"], act.payload["settled"]) == ("", "031", copy_no, True)
    first = served.store.events_of_kind("tally.printed")[0]
    assert (first.payload["head_number"], first.payload["head_hash"]) == (number, head)
    assert not list((office.folder / "drawn").iterdir())
    assert office.tally().paper is not None


def test_a_case_left_open_is_told(table: Table, office: Office) -> None:
    table.open("NS2014X01000001")
    news = office.tally()
    assert news.paper is not None
    assert [d for d in news.paper.differences if "没有办完" in d]


def test_the_desk_goes_on_over_acts_of_its_own(served: Table, office: Office) -> None:
    office.print_tally()
    served.open("NS2014X01000001")
    assert served.view.phase is Phase.CHECKING


def test_a_test_page_goes_where_it_is_told_without_choosing_it(table: Table, office: Office) -> None:
    news = answer(
        lambda done: office.printing.test_page(PrinterChoice("", "A5"), "zh_CN", done), lambda news: news.over
    )
    assert news.state == "saved"
    (code,) = codes_in_file(Path(news.path))
    checked = verify(code, {"X01-2": (office.signer.verifier(),)})
    assert checked.ok
    assert checked.fields is not None
    assert checked.fields.practice
    assert (office.printing.choice(), office.kept) == (PrinterChoice(), [])
    assert table.store.events_of_kind("tally.printed") == []


def test_a_test_page_to_a_printer_that_is_not_there_says_so(table: Table, office: Office) -> None:
    choice = PrinterChoice("escpos:/dev/none")
    news = answer(lambda done: office.printing.test_page(choice, "zh_CN", done), lambda news: news.over)
    assert (news.state, news.text.key) == ("failed", "paper.thermal.unreachable")


def test_a_choice_holds_at_once_and_is_kept(served: Table, office: Office) -> None:
    choice = PrinterChoice("escpos://192.0.2.7", "58mm")
    assert office.printing.choose(choice) is None
    assert office.kept == [choice]
    news = office.print_tally()
    assert [strip.width for strip in read_strips(Path(news.path))] == [384]


@pytest.mark.parametrize(
    ("choice", "key"), [(PrinterChoice("lpd://x"), "printer_uri"), (PrinterChoice("", "A3"), "paper")]
)
def test_what_cannot_be_chosen_is_said_and_nothing_changes(office: Office, choice: PrinterChoice, key: str) -> None:
    problem = office.printing.choose(choice)
    assert problem is not None
    assert problem.key == f"printing.problem.{key}"
    assert (office.printing.choice(), office.kept) == (PrinterChoice(), [])
