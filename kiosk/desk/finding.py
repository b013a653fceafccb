"""Finding the application of a family: by number, name, code or an identity card, and with it those of brothers and sisters.

Several that fit are shown, never chosen. Names in lists are masked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from kiosk.case.state import CaseState
from kiosk.desk.masking import mask_name
from kiosk.desk.understand import CASE_CODE
from kiosk.desk.view import Candidate
from kiosk.texts import Text
from kiosk.wire.models import ApplicationRecord

MOST_CANDIDATES = 20


class Registry(Protocol):
    """The school's applications as this desk holds them."""

    def get(self, application_no: str) -> ApplicationRecord | None: ...
    def find(self, query: str, limit: int) -> list[ApplicationRecord]: ...
    def count(self) -> int: ...


class Finder:
    """``state_of``: how a case stands at this desk; ``earlier``: sentences on its earlier visits, the oldest first."""

    def __init__(
        self,
        registry: Registry,
        state_of: Callable[[str], CaseState],
        earlier: Callable[[CaseState], tuple[Text, ...]],
    ) -> None:
        self._registry = registry
        self._state_of = state_of
        self._earlier = earlier

    def get(self, application_no: str) -> ApplicationRecord | None:
        return self._registry.get(application_no)

    def by_code(self, code: str) -> str | None:
        """The application number that a code names, as scanned or typed; None when it is no such code."""
        found = CASE_CODE.fullmatch(code.strip().upper())
        return found.group(1) if found else None

    def find(self, query: str) -> list[ApplicationRecord]:
        return self._registry.find(query, MOST_CANDIDATES)

    def by_numbers(self, numbers: Iterable[str]) -> list[ApplicationRecord]:
        """Every application in which one of these document numbers stands, the child's or a guardian's."""
        found: dict[str, ApplicationRecord] = {}
        for number in numbers:
            for record in self.find(number):
                if same_number(number) in {same_number(n) for n in document_numbers(record)}:
                    found[record.application_no] = record
        return list(found.values())

    def siblings(self, record: ApplicationRecord) -> list[ApplicationRecord]:
        """The other applications of this service in which a guardian of this one is a guardian too, by document number."""
        numbers = {same_number(n) for n in guardian_numbers(record)} - {""}
        found: dict[str, ApplicationRecord] = {}
        for number in sorted(numbers):
            for other in self.find(number):
                theirs = {same_number(n) for n in guardian_numbers(other)}
                if other.pack == record.pack and number in theirs:
                    found[other.application_no] = other
        found.pop(record.application_no, None)
        return sorted(found.values(), key=lambda other: other.application_no)

    def candidate(self, record: ApplicationRecord) -> Candidate:
        state = self._state_of(record.application_no)
        earlier = self._earlier(state)
        return Candidate(
            application_no=record.application_no,
            child_masked=masked_child(record),
            school=str(record.data.get("school", {}).get("name", record.school_code)),
            earlier=earlier[-1] if earlier else None,
        )


def child_name(record: ApplicationRecord) -> str:
    return str(record.data.get("child", {}).get("name", ""))


def masked_child(record: ApplicationRecord) -> str:
    return mask_name(child_name(record))


def guardian_numbers(record: ApplicationRecord) -> list[str]:
    guardians = record.data.get("guardians") or []
    return [str(person.get("id_no", "")) for person in guardians if isinstance(person, dict)]


def document_numbers(record: ApplicationRecord) -> list[str]:
    child: Any = record.data.get("child") or {}
    return [str(child.get("id_no", "")), *guardian_numbers(record)]


def same_number(number: str) -> str:
    """A document number as compared: no spaces, capitals."""
    return "".join(number.split()).upper()


def masked_number(number: str) -> str:
    """440000200802140135 → 4400…0135."""
    return f"{number[:4]}…{number[-4:]}" if len(number) > 8 else number
