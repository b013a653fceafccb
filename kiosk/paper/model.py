"""What a receipt, return slip or referral slip says, before anybody decides how it looks (domain handbook, paragraph 1.4).

A ``Paper`` holds the values as they are printed: the child's name in full, the document number already masked. It holds no
full document number, address or date of birth, so nothing that draws, signs or prints it can leak one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from kiosk.wire.chain import canonical

_NOT_CONTENT = {"copy_no"}  # a reprint is the same paper: same contents, same signed code

_ONLY_IF_SAID = {"subject_label", "office_label"}  # papers made before a service could name these keep their code


class PaperKind(StrEnum):
    RECEIPT = "receipt"  # 回执: everything required is settled
    SLIP = "slip"  # 退回单: something is lacking, with all reasons at once
    REFER = "refer"  # 待区核定: the district decides


class MaterialState(StrEnum):
    VERIFIED = "VERIFIED"  # 已验原件
    VERIFIED_BY_PERSON = "VERIFIED_BY_PERSON"  # 已核(人工确认)
    WAIVED_BY_DATA = "WAIVED_BY_DATA"  # 数据比对免交
    MISSING = "MISSING"  # 缺
    RETURNED = "RETURNED"  # 退回


@dataclass(frozen=True)
class MaterialLine:
    """One required material and how it was settled. ``department`` and ``answered_on`` say who waived it and when."""

    code: str
    name: str
    state: MaterialState
    department: str = ""
    answered_on: str = ""  # as printed, e.g. 2014年4月12日


@dataclass(frozen=True)
class ReasonLine:
    """Why the materials were returned or referred: the sentence, what it is about and what would cure it."""

    code: str
    text: str
    about: str = ""
    todo: str = ""  # what the family can do, a whole sentence
    curable: bool = True  # on this year's supplementary day


@dataclass(frozen=True)
class Paper:
    """One paper in all its copies. Every string is printed as it stands; labels around them come from the catalogue."""

    kind: PaperKind
    title: str
    paper_no: str
    application_no: str
    school: str
    child_name: str
    child_id_masked: str
    category: str  # as verified; empty when nothing was verified
    materials: tuple[MaterialLine, ...]
    reasons: tuple[ReasonLine, ...]
    date: str  # ISO 8601, the desk's own day
    time: str  # HH:MM
    desk_id: str
    desk_name: str
    clerk_no: str
    notes: tuple[str, ...]  # whole sentences; the first is the one that must not be overlooked
    audit_head: str  # head of the desk's event chain (hex); printed shortened
    supplement: str = ""  # day(s) and hours of the supplementary verification, as printed
    practice: bool = False
    copy_no: int = 1  # 1 is the original print, 2 the first reprint
    language: str = "zh_CN"
    subject_label: str = ""  # what the service calls the person the paper is about; a child where it says nothing
    office_label: str = ""  # what it calls the place; a school where it says nothing

    def content(self) -> bytes:
        """The canonical JSON of everything printed, except which reprint this is."""
        content = {k: v for k, v in asdict(self).items() if k not in _NOT_CONTENT and (v or k not in _ONLY_IF_SAID)}
        return canonical(content)
