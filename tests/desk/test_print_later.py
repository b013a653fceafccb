"""Printers that fail, and the papers that wait for one: kept by the log alone, printed when a person says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desk_table import Table

from kiosk.desk.view import DeskView, Light
from kiosk.paper.no_printer import NoPrinter
from kiosk.paper.printers import PdfPrinter
from kiosk.texts import say
from practice.faults.printer import FaultyPrinter

FIRST = "NS2014X01000001"


@pytest.fixture
def printer(tmp_path: Path) -> FaultyPrinter:
    return FaultyPrinter(PdfPrinter(tmp_path / "papers"), tmp_path / "queue")


@pytest.fixture
def table(new_table: Callable[..., Table], printer: FaultyPrinter) -> Table:
    return new_table(printer=printer)


def return_papers(table: Table, application_no: str = FIRST) -> DeskView:
    """Open a case and return it at once; the view when the print has ended."""
    table.open(application_no)
    table.desk.decide("RETURN")
    return table.until(lambda v: v.case and v.case.paper and v.case.paper.state in ("printed", "saved", "failed"))


def waiting(view: DeskView) -> list[str]:
    return [paper.paper_no for paper in view.header.unprinted]


@pytest.mark.parametrize(
    ("fault", "state", "light"),
    [
        ("no_paper", "no_paper", Light.WARN),
        ("jam", "jam", Light.WARN),
        ("door_open", "door_open", Light.WARN),
        ("no_toner", "no_toner", Light.WARN),
        ("stopped", "stopped", Light.BAD),
        ("rejecting", "rejecting", Light.BAD),
        ("unreachable", "unreachable", Light.BAD),
    ],
)
def test_the_light_follows_the_printer_also_while_nothing_is_printed(
    table: Table, printer: FaultyPrinter, fault: str, state: str, light: Light
) -> None:
    printer.fault = fault
    table.papers.look()
    view = table.until(lambda v: v.header.printer.state == state)
    assert view.header.printer.light is light
    assert view.header.printer.do is not None
    printer.fault = ""
    table.papers.look()
    table.until(lambda v: v.header.printer.light is Light.OK)


@pytest.mark.parametrize("fault", ["stopped", "rejecting", "unreachable"])
def test_a_paper_that_cannot_be_printed_waits_and_is_printed_when_a_person_says_so(
    table: Table, printer: FaultyPrinter, tmp_path: Path, fault: str
) -> None:
    printer.fault = fault
    view = return_papers(table)
    assert view.case is not None
    assert view.case.paper is not None
    assert view.case.paper.state == "failed"
    (number,) = waiting(view)
    table.desk.finish()
    table.until(lambda v: v.case is None)
    assert waiting(table.view) == [number]  # the family has left; the paper is not forgotten
    assert table.view.header.unprinted[0].child_masked.count("*") == 1
    assert not (tmp_path / "queue").exists()  # no job lies about to print at an odd hour
    printer.fault = ""
    table.settled()
    assert waiting(table.view) == [number]  # nothing is printed by itself
    table.desk.print_waiting(number)
    table.until(lambda v: not waiting(v))
    assert [p.name for p in (tmp_path / "papers").glob("*.pdf")] == [f"{number}.pdf"]


def test_paper_added_in_time_lets_the_job_go_on_by_itself(table: Table, printer: FaultyPrinter, tmp_path: Path) -> None:
    printer.fault = "no_paper"
    table.open(FIRST)
    table.desk.decide("RETURN")
    view = table.until(lambda v: v.case and v.case.paper and v.case.paper.text.key == "paper.job.waiting_because")
    assert view.case is not None
    assert view.case.paper is not None
    assert "缺纸" in say(view.case.paper.text)
    assert waiting(view) == []  # it is on its way
    printer.fault = ""
    view = table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "printed")
    assert waiting(view) == []
    assert len(list((tmp_path / "papers").glob("*.pdf"))) == 1


def test_the_list_outlives_the_program(new_table: Callable[..., Table], printer: FaultyPrinter, tmp_path: Path) -> None:
    printer.fault = "unreachable"
    table = new_table(printer=printer)
    (number,) = waiting(return_papers(table))
    table.desk.finish()
    table.until(lambda v: v.case is None)
    again = new_table(printer=PdfPrinter(tmp_path / "papers"))
    assert waiting(again.view) == [number]
    again.desk.print_waiting(number)
    again.until(lambda v: not waiting(v))


def test_a_paper_that_a_person_saw_come_out_leaves_the_list(table: Table, printer: FaultyPrinter) -> None:
    printer.fault = "unreachable"
    (number,) = waiting(return_papers(table))
    table.desk.waiting_came_out(number)
    table.until(lambda v: not waiting(v))
    seen = table.store.events_of_kind("paper.printed")[-1]
    assert seen.payload["settled"]
    assert seen.payload["detail"] == "desk.paper.seen_by_person"


def test_an_undone_decision_has_no_paper_to_print(table: Table, printer: FaultyPrinter) -> None:
    printer.fault = "unreachable"
    assert waiting(return_papers(table))
    table.desk.undo()
    table.until(lambda v: not waiting(v))


def test_without_any_printer_every_paper_waits(new_table: Callable[..., Table]) -> None:
    table = new_table(printer=NoPrinter())
    view = return_papers(table)
    assert len(waiting(view)) == 1
    assert table.until(lambda v: v.header.printer.state == "none").header.printer.light is Light.OFF


def test_a_job_that_never_ends_is_taken_back_at_our_own_limit(
    new_table: Callable[..., Table], printer: FaultyPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.desk.papers.PRINT_TIME_LIMIT_S", 0.0)
    printer.fault = "stuck"
    table = new_table(printer=printer)
    view = return_papers(table)
    assert view.case is not None
    assert view.case.paper is not None
    assert view.case.paper.text.key == "desk.paper.failed"
    assert waiting(view)
    assert list((tmp_path / "queue").glob("*.pdf")) == []
    assert table.until(lambda v: v.header.printer.state == "stuck").header.printer.light is Light.WARN
    printer.fault = ""
    table.desk.print_waiting(waiting(view)[0])
    table.until(lambda v: not waiting(v) and v.header.printer.light is Light.OK)
