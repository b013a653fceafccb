"""The first paper on an empty desk: an identity card finds the family's application. What was photographed is read and forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kiosk.desk.bench import Bench
from kiosk.desk.finding import same_number
from kiosk.desk.ports import Captured, PageReader
from kiosk.desk.understand import CASE_CODE
from kiosk.texts import Text, text
from scanner.types import Reading

_CARDS = ("A02", "A03")
_NUMBER_FIELDS = ("id_no", "id", "permit_no", "passport_no", "hkid", "card_no")
_RESIDENT = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")  # GB 11643


class FirstPaper:
    """``codes`` hears the application number on a form, ``numbers`` the document numbers on anything else, ``said`` what is wrong."""

    def __init__(
        self,
        bench: Bench,
        reader: PageReader,
        *,
        code: Callable[[str], None],
        numbers: Callable[[list[str]], None],
        said: Callable[[Text], None],
    ) -> None:
        self._bench = bench
        self._reader = reader
        self._code = code
        self._numbers = numbers
        self._said = said
        self._asked = 0  # only the newest sheet counts
        self.looking = False

    def look(self, capture: Captured) -> None:
        self._asked += 1
        asked = self._asked
        future = self._reader.submit(capture.frames, corners=capture.corners, expects={})
        self.looking = True
        future.add_done_callback(
            lambda done: self._bench.post(lambda: self._seen(asked, done.exception() or done.result()))
        )
        self._bench.publish()

    def _seen(self, asked: int, outcome: Reading | BaseException) -> None:
        if asked != self._asked:
            return
        self.looking = False
        if self._bench.family.active is not None:
            return  # the family was found in another way meanwhile
        if isinstance(outcome, BaseException):
            self._said(text("desk.reader_failed"))
            return
        named = next((c.text for c in outcome.barcodes if c.accepted and CASE_CODE.fullmatch(c.text)), None)
        if named is not None:
            self._code(named)
        elif numbers := numbers_on(outcome):
            self._numbers(numbers)
        else:
            self._said(_why_not(outcome))


def numbers_on(reading: Reading) -> list[str]:
    """The document numbers that the page shows, each once: those of its layout's fields, and resident numbers anywhere in its lines."""
    return list(dict.fromkeys(same_number(number) for number in _numbers(reading)))


def _numbers(reading: Reading) -> Iterator[str]:
    for name, field in reading.fields.items():
        if field.text and name.rsplit(".", 1)[-1].endswith(_NUMBER_FIELDS):
            yield field.text
    for line in reading.lines:
        yield from _RESIDENT.findall("".join(line.text.split()))


def _why_not(reading: Reading) -> Text:
    kind, page = reading.document.kind, reading.document.page
    if kind is None:
        return text("flow.first.unknown_kind")
    if kind in _CARDS and page == "back":
        return text("flow.first.other_side")
    return text("flow.first.no_number")
