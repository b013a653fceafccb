"""One page that a family lays on the desk."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from practice.specimens.base import Kind, Raw, Specimen, draw
from practice.specimens.values import field_class, flatten

DEFAULT_PX_PER_MM = 12.0  # about 300 dpi


@dataclass(frozen=True, eq=False)
class Paper:
    """One page of one original, of a form or of a slip.

    ``id`` is unique in the world (``F01-D02-front``), ``document`` groups pages (``F01-D02``), ``doc_id`` is ``material:holder`` as the
    desk names it (``A03:father``). ``application_no`` is empty for papers that all children of the family share.
    """

    id: str
    family_id: str
    document: str
    doc_id: str
    application_no: str
    page: str
    kind: Kind
    raw: Raw

    @property
    def material(self) -> str:
        return self.kind.material

    @property
    def title_zh(self) -> str:
        return self.kind.title_zh

    @property
    def size_mm(self) -> tuple[float, float]:
        return self.kind.size_mm

    @property
    def fields(self) -> dict[str, str]:
        """Exact printed text by dotted name, as in ``members[child].name``."""
        return self.kind.printed(self.raw)

    @property
    def records(self) -> dict[str, str]:
        """The values behind the printed ones, as the data file writes them (dates in ISO form)."""
        raw = flatten(self.raw)
        return {name: raw[name] for name in self.fields}

    @property
    def seed(self) -> int:
        return zlib.crc32(self.document.encode("utf-8"))

    def draw(self, px_per_mm: float = DEFAULT_PX_PER_MM) -> Specimen:
        """The drawn page; the last few are kept."""
        return _drawn(self, px_per_mm)

    def ground_truth(self) -> dict[str, Any]:
        """A record of what the page says and where, for tests and benchmarks; boxes are quads in millimetres of the page."""
        specimen = self.draw()
        return {
            "id": self.id,
            "family": self.family_id,
            "doc_id": self.document,
            "material": self.material,
            "page": self.page,
            "size_mm": list(self.size_mm),
            "fields": self.fields,
            "records": self.records,
            "classes": classes(self.fields),
            "field_boxes_mm": {name: box.round(2).tolist() for name, box in specimen.field_boxes.items()},
            "barcodes": [{"format": kind, "text": text} for kind, text in specimen.barcodes],
        }


def classes(fields: Mapping[str, str]) -> dict[str, str]:
    """The class of every field: id, cert, name, address, date or other."""
    return {name: field_class(name) for name in fields}


@lru_cache(maxsize=8)
def _drawn(paper: Paper, px_per_mm: float) -> Specimen:
    return draw(paper.kind, paper.raw, px_per_mm=px_per_mm, seed=paper.seed)
