"""Numbers of certificates and contracts: titles, purchase contracts, leases, births, marriages, units (domain.md §3.2, §3.4).

Each known form is taken apart into (kind, parts, serial); what is written around the parts (brackets, 第, hyphens) is only style.
A number of no known form is opaque: equal after widths and blanks, or not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kiosk.matching import characters as ch
from kiosk.matching.result import RECENT, Comparison, Normal, Verdict, judged, missing

_BRACKETS = str.maketrans("（〔【[﹝）〕】]﹞", "((((()))))")
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("title", re.compile(r"(?P<place>.)\((?P<year>\d{4})\)(?P<city>.+?)不动产权第?(?P<serial>\d+)号?")),
    ("old_title", re.compile(r"深房地字第?(?P<serial>\d+)号?")),
    ("contract", re.compile(r"深\((?P<place>.)\)网(?P<stage>[预现][买卖])字\((?P<year>\d{4})\)第?(?P<serial>\d+)号?")),
    ("lease", re.compile(r"深房租(?P<place>网办|[\u4e00-\u9fff]{2})(?P<year>\d{4})(?P<serial>\d{6,7})")),
    ("birth", re.compile(r"(?P<letter>[A-Z])(?P<serial>\d{9})")),
    ("marriage", re.compile(r"(?P<kind>[JL]|B[JL])-?(?P<area>\d{6})-?(?P<year>\d{4})-?(?P<serial>\d{6})")),
    ("unit", re.compile(r"(?P<area>\d{12})(?P<land>[GJZ][A-Y])(?P<parcel>\d{5})(?P<thing>[FLQW])(?P<serial>\d{8})")),
)
_STYLE = re.compile(r"[-()第号號]|NO\.?")  # what is written around the parts of a number
_SERIAL_LENGTHS = {"title": (7,), "old_title": (7, 10), "contract": (4, 5, 6)}
_TO_LETTER = str.maketrans("15082", "ISOBZ")
_TO_DIGIT = str.maketrans("OIlSBZ", "011582")


@dataclass(frozen=True)
class CertificateNumber:
    """``parts`` are compared one by one; ``serial`` keeps its leading zeros for display. ``kind`` "" is an opaque number."""

    kind: str
    parts: tuple[str, ...]
    serial: str
    repaired: bool = False

    @property
    def well_formed(self) -> bool:
        return bool(self.kind) and len(self.serial) in _SERIAL_LENGTHS.get(self.kind, (len(self.serial),))


def normal_certificate(value: str) -> Normal:
    """NFKC, brackets of one kind, upper case, without blanks; hyphens stay (they separate parts of opaque numbers)."""
    out = unicodedata.normalize("NFKC", value).translate(_BRACKETS)
    out = unicodedata.normalize("NFKC", re.sub(r"[\s\u3000]", "", out))
    out = re.sub(r"[‐‑–—−]", "-", out)
    steps = frozenset({"WIDTH_OR_PUNCT"}) if out != value else frozenset()
    return Normal(unicodedata.normalize("NFKC", out.upper()), steps)


@lru_cache(maxsize=RECENT)
def parse_certificate(value: str) -> CertificateNumber:
    """The number taken apart; unknown forms come back with kind "" and themselves as serial."""
    normal = normal_certificate(value).value
    for kind, form in _FORMS:
        found = form.fullmatch(normal)
        if found:
            groups = found.groupdict()
            serial = groups.pop("serial")
            return CertificateNumber(kind, tuple(groups.values()), serial)
    return _repair(normal) or CertificateNumber("", (), normal)


def _repair(normal: str) -> CertificateNumber | None:
    """Letters and digits exchanged by a reader, put right where the form fixes which of the two stands there."""
    bare = normal.replace("-", "")
    if len(bare) == 10 and (bare[0].isdigit() or not bare[1:].isdigit()):
        candidate = bare[0].translate(_TO_LETTER) + bare[1:].translate(_TO_DIGIT)
        if candidate[0].isalpha() and candidate[0].isascii() and candidate[1:].isdigit():
            return CertificateNumber("birth", (candidate[0],), candidate[1:], repaired=True)
    if len(bare) == 28:
        digits = bare.translate(_TO_DIGIT)
        candidate = (
            digits[:12] + bare[12:14].replace("8", "B").replace("5", "S") + digits[14:19] + bare[19] + digits[20:]
        )
        found = _FORMS[-1][1].fullmatch(candidate)
        if found:
            groups = found.groupdict()
            serial = groups.pop("serial")
            return CertificateNumber("unit", tuple(groups.values()), serial, repaired=True)
    return None


def compare_certificates(declared: str, printed: str, *, from_reader: bool = False) -> Comparison:
    """Compares kind, parts and serial; a serial too short for its kind, or shorter than the other, is a question."""
    blank = missing(declared, printed)
    if blank:
        return blank
    left, right = normal_certificate(declared), normal_certificate(printed)
    a, b = parse_certificate(declared), parse_certificate(printed)
    if a.kind and a.kind == b.kind:
        return _compare_parsed(a, b, left, right, from_reader)
    if left.value == right.value:
        return judged(Verdict.MATCH, left, right, "certificate.same")
    if _STYLE.sub("", left.value) == _STYLE.sub("", right.value):
        return judged(Verdict.ASK, left, right, "certificate.style")
    if from_reader and ch.differ_only_in_look_alikes(left.value, right.value):
        return judged(Verdict.ASK, left, right, "certificate.misread")
    return judged(Verdict.MISMATCH, left, right, "certificate.different")


def _compare_parsed(
    a: CertificateNumber, b: CertificateNumber, left: Normal, right: Normal, from_reader: bool
) -> Comparison:
    if a.repaired or b.repaired:
        left = Normal(left.value, left.steps | {"REPAIRED"})
    elif a == b and left.value != right.value:
        left = Normal(left.value, left.steps | {"WIDTH_OR_PUNCT"})
    if a.parts == b.parts and int(a.serial) == int(b.serial):
        if a.serial != b.serial or not a.well_formed:
            return judged(Verdict.ASK, left, right, "certificate.short_serial")
        return judged(
            Verdict.MATCH, left, right, "certificate.repaired" if a.repaired or b.repaired else "certificate.same"
        )
    if from_reader and (not b.well_formed or ch.differ_only_in_look_alikes(left.value, right.value)):
        return judged(Verdict.ASK, left, right, "certificate.misread")
    return judged(Verdict.MISMATCH, left, right, "certificate.different")
