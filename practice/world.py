"""The fictitious demo district: its families, their online applications with the departments' answers, and all their papers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kiosk.wire.models import ApplicationRecord
from practice.paper import Paper
from practice.specimens.registry import kinds_of

SCHOOL_CODE = "X01"
SCHOOL_NAME = "南山区虚构小学"
_DATA = Path(__file__).parent / "data" / "families.json"


@dataclass(frozen=True, eq=False)
class Family:
    """One fictitious family: what it declared, what the departments answered, what it brings, and what ought to come out."""

    id: str
    title_zh: str
    pack: str  # the service pack whose rules hold
    visit_on: str  # the day at the desk, ISO
    applications: tuple[Mapping[str, Any], ...]
    department_results: tuple[Mapping[str, Any], ...]
    documents: tuple[Mapping[str, Any], ...]
    expected: Mapping[str, Any]

    @property
    def application_numbers(self) -> tuple[str, ...]:
        return tuple(str(a["application_no"]) for a in self.applications)


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """All families of the demo district, F01 first."""
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(
        Family(
            id=f["id"],
            title_zh=f["title_zh"],
            pack=f["policy"],
            visit_on=f["desk"]["date"],
            applications=tuple(f["applications"]),
            department_results=tuple(f["department_results"]),
            documents=tuple(f["documents"]),
            expected=f["expected"],
        )
        for f in data["families"]
    )


def family(family_id: str) -> Family:
    """One family by its id. Raises KeyError for an unknown one."""
    for candidate in families():
        if candidate.id == family_id:
            return candidate
    raise KeyError(family_id)


def application_records() -> list[ApplicationRecord]:
    """Every application as the platform would hold it after the departments have answered."""
    return [
        ApplicationRecord(
            application_no=application["application_no"],
            school_code=SCHOOL_CODE,
            pack=f.pack,
            revision=1,
            data=dict(application),
            department_results=[
                {k: v for k, v in result.items() if k != "application"}
                for result in f.department_results
                if result["application"] == index
            ],
            family_id=f.id,
        )
        for f in families()
        for index, application in enumerate(f.applications)
    ]


def papers(family_id: str) -> list[Paper]:
    """Everything that the family lays on the desk, in a sensible order: for each child the application form, the slip with the code, then
    the originals; what the children share comes with the first. Raises KeyError for an unknown family."""
    return list(_papers(family_id))


@lru_cache(maxsize=32)
def _papers(family_id: str) -> tuple[Paper, ...]:
    found = family(family_id)
    laid: list[Paper] = []
    for index, application in enumerate(found.applications):
        laid.extend(_forms(found, index, application))
        owners = (index, "shared") if index == 0 else (index,)
        for document in found.documents:
            if document["application"] in owners:
                laid.extend(_pages(found, document))
    return tuple(laid)


def _forms(found: Family, index: int, application: Mapping[str, Any]) -> Iterator[Paper]:
    for material in ("G01", "SLIP"):
        for kind in kinds_of(material):
            document = f"{found.id}-{material}" + (f"-{index + 1}" if len(found.applications) > 1 else "")
            yield Paper(
                id=f"{document}-{kind.page}",
                family_id=found.id,
                document=document,
                doc_id=f"{material}:child",
                application_no=application["application_no"],
                page=kind.page,
                kind=kind,
                raw=application,
            )


def _pages(found: Family, document: Mapping[str, Any]) -> Iterator[Paper]:
    shared = document["application"] == "shared"
    number = "" if shared else found.application_numbers[document["application"]]
    for kind in kinds_of(document["material"]):
        for page, raw in kind.pages(document["fields"]):
            yield Paper(
                id=f"{document['doc_id']}-{page}",
                family_id=found.id,
                document=document["doc_id"],
                doc_id=f"{document['material']}:{document['holder']}",
                application_no=number,
                page=page,
                kind=kind,
                raw=raw,
            )
