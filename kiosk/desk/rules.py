"""The service packs as the desk uses them: which pack, which day, what to expect on which paper, how things are called."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from kiosk.policy import CaseInput, Pack, expected_sets, field_class
from kiosk.texts import Text, catalogue, say, text
from kiosk.wire.models import ApplicationRecord
from scanner.types import ExpectedSet

# (field class, declared value) → forms in which a paper may print it
PrintedForms = Callable[[str, str], tuple[str, ...]]


class PackSource(Protocol):
    """The packs of this desk, in every version it holds (kiosk.desk.pack_shelf)."""

    def current(self, pack_id: str) -> Pack | None: ...
    def version(self, pack_id: str, version: str) -> Pack | None: ...


class FixedPacks:
    """One version of each pack and no other."""

    def __init__(self, packs: Mapping[str, Pack]) -> None:
        self._packs = packs

    def current(self, pack_id: str) -> Pack | None:
        return self._packs.get(pack_id)

    def version(self, pack_id: str, version: str) -> Pack | None:
        pack = self._packs.get(pack_id)
        return pack if pack is not None and pack.version == version else None


@dataclass(frozen=True)
class KnownPapers:
    """What is known of printed papers. ``same_paper``: kind → the materials that the same paper may serve as; ``page_fields``: (kind, page) →
    the fields of its layout.
    """

    same_paper: Mapping[str, Collection[str]] = field(default_factory=dict)
    page_fields: Mapping[tuple[str, str], Collection[str]] = field(default_factory=dict)


class Rules:
    """Packs by id, or a source of them in several versions; ``under`` is the same for a case begun under one of them. ``papers`` is asked when
    the first paper has been read and should remember its answer: a start need not wait for it. ``practice`` turns back the calendar.
    """

    def __init__(
        self,
        packs: Mapping[str, Pack] | PackSource,
        *,
        papers: Callable[[], KnownPapers],
        practice: bool = False,
        language: str = "zh_CN",
    ) -> None:
        self._packs: PackSource = FixedPacks(packs) if isinstance(packs, Mapping) else packs
        self._begun_under = ""
        self._proxy = False
        self._papers = papers
        self._practice = practice
        self.language = language

    @property
    def same_paper(self) -> Mapping[str, Collection[str]]:
        return self._papers().same_paper

    @property
    def page_fields(self) -> Mapping[tuple[str, str], Collection[str]]:
        return self._papers().page_fields

    def pack(self, pack_id: str) -> Pack | None:
        """The version in force for a family that comes now; None when this desk has no pack of this service."""
        return self._packs.current(pack_id)

    def holds(self, pack_id: str, version: str) -> bool:
        return self._packs.version(pack_id, version) is not None

    def under(self, version: str) -> Rules:
        """These rules for a case that was begun under ``version`` of its pack: it stays so, whatever has arrived since."""
        bound = copy.copy(self)
        bound._begun_under = version
        return bound

    def by_proxy(self, proxy: bool) -> Rules:
        """These rules for a family for whom somebody else has come."""
        bound = copy.copy(self)
        bound._proxy = proxy
        return bound

    def speaking(self, language: str) -> Rules:
        """These rules with names and reasons in ``language``."""
        if language == self.language:
            return self
        spoken = copy.copy(self)
        spoken.language = language
        return spoken

    def of(self, record: ApplicationRecord) -> Pack:
        """The record's pack, in the version its case was begun under or, where this desk lacks that, the newest.

        Raises KeyError when this desk does not have it (checked when the case is opened).
        """
        pack = self._packs.version(record.pack, self._begun_under) if self._begun_under else None
        pack = pack or self._packs.current(record.pack)
        if pack is None:
            raise KeyError(record.pack)
        return pack

    def desk_date(self, record: ApplicationRecord, now: datetime) -> date:
        """The day by which validity is judged: today; in practice the pack's first verification day, whatever year that was."""
        if self._practice:
            return date.fromisoformat(self.of(record).calendar.verify_days[0])
        return now.date()

    def case_without_documents(
        self, record: ApplicationRecord, desk_date: str, *, form_seen: bool
    ) -> dict[str, object]:
        """The engine's input for a family that has just sat down."""
        return {
            "policy": record.pack,
            "desk": {"date": desk_date, "kind": "verify", "form_seen": form_seen, "proxy": self._proxy},
            "applications": [record.data],
            "department_results": [{**result, "application": 0} for result in record.department_results],
            "documents": [],
        }

    def expected_values(self, record: ApplicationRecord) -> Mapping[str, Mapping[str, str]]:
        """doc_id → document field → declared value, for every paper this family may show."""
        pack = self.of(record)
        day = pack.calendar.verify_days[0]
        return expected_sets(pack, CaseInput.from_json(self.case_without_documents(record, day, form_seen=True)))

    def expected(self, record: ApplicationRecord) -> dict[str, ExpectedSet]:
        """The same, for the reader: which values to judge when which kind of paper lies there."""
        return {
            doc_id: ExpectedSet(values, kind=doc_id.split(":", 1)[0])
            for doc_id, values in self.expected_values(record).items()
        }

    def field_classes(self, record: ApplicationRecord) -> dict[str, str]:
        """Class of every expected field by its name."""
        pack = self.of(record)
        return {
            name: field_class(pack, doc_id.split(":", 1)[0], name)
            for doc_id, values in self.expected_values(record).items()
            for name in values
        }

    def sides(self, material: str, record: ApplicationRecord) -> tuple[str, ...]:
        """The sides or pages that every copy of a document is shown with; a booklet's persons not counted."""
        known = self.of(record).materials.get(material)
        return tuple(page for page in known.pages if "{" not in page) if known else ()

    def material_name(self, material: str | None, record: ApplicationRecord | None) -> str:
        """What this family's pack calls a kind of paper; a kind that it does not ask for by its common name."""
        if material is None or record is None:
            return ""
        pack = self.of(record)
        known = [code for code in material.split("|") if code in pack.materials]
        if known:
            return pack.material_name("|".join(known), self.language)
        named = text(f"desk.kind.{material}")
        return say(named, self.language) if named.key in catalogue("zh_CN") else material

    def document_title(self, doc_id: str, record: ApplicationRecord) -> Text:
        """`父母身份证件（父）`: the material and whose it is."""
        material, holder = doc_id.split(":", 1)
        own = self.of(record).roles.get(holder)
        whose = own.text() if own else text(f"desk.holder.{holder}")
        return text("desk.document", material=self.material_name(material, record), holder=whose)


def page_title(page: str) -> Text:
    """What a person calls a page: `背面`, `父亲的一页`."""
    if page.startswith("member_"):
        return text("policy.page.member", role=text(f"policy.role.{page.removeprefix('member_')}"))
    return text(f"policy.page.{page}")
