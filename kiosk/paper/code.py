"""The signed code of a paper: what stands in its QR symbol, and what a reader may conclude from it.

    YHR1:<kind>:<paper number>:<application number>:<desk id>:<yyyymmdd>:<base45 of digest ‖ signature>

Everything before the last colon is plain, so that any phone shows which paper it is; it holds no personal data. ``kind`` is
R (receipt), S (return slip), F (referral); practice papers say PR, PS, PF. ``digest`` is the first 16 bytes of the contents' SHA-256 (SM3)
and the signature covers the plain part together with the digest. All characters belong to QR's alphanumeric mode as long as
the desk id does, which keeps the symbol at version 9, level Q: 42 mm with 0.8 mm modules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kiosk.paper import base45
from kiosk.paper.model import Paper, PaperKind
from kiosk.paper.signing import SIGNATURE_BYTES, Keyring, Signer
from kiosk.texts import Text, text

PREFIX = "YHR1"
DIGEST_BYTES = 16
_LETTER = {PaperKind.RECEIPT: "R", PaperKind.SLIP: "S", PaperKind.REFER: "F"}
_KIND = {letter: kind for kind, letter in _LETTER.items()}
_NAME = re.compile(r"[0-9A-Za-z._/+-]{1,40}", re.ASCII)


@dataclass(frozen=True)
class CodeFields:
    """What a code says of its paper. ``digest``: first 16 bytes of that of ``Paper.content()``, lower-case hex."""

    kind: PaperKind
    practice: bool
    paper_no: str
    application_no: str
    desk_id: str
    date: date
    digest: str


@dataclass(frozen=True)
class Verified:
    """The answer to "is this paper ours": ``fields`` are known only when the text could be taken apart, trusted only when ``ok``."""

    ok: bool
    why: Text
    fields: CodeFields | None = None


class _Broken(ValueError):
    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = text(f"paper.verify.{why}")


def code_text(paper: Paper, signer: Signer) -> str:
    """The text to draw as QR. Raises ValueError when a number cannot stand in it (a colon, blanks, more than 40 characters)."""
    for name in (paper.paper_no, paper.application_no, paper.desk_id):
        if not _NAME.fullmatch(name):
            raise ValueError("paper number, application number and desk id must be 1 to 40 of 0-9 A-Z a-z . _ / + -")
    letter = ("P" if paper.practice else "") + _LETTER[paper.kind]
    day = paper.date.replace("-", "")
    plain = ":".join((PREFIX, letter, paper.paper_no, paper.application_no, paper.desk_id, day))
    digest = signer.digest(paper.content())[:DIGEST_BYTES]
    return f"{plain}:{base45.encode(digest + signer.sign(_message(plain, digest)))}"


def verify(code: str, keyring: Keyring) -> Verified:
    """Whether ``code`` was signed by one of the desks of ``keyring``, exactly as it stands. Never raises."""
    try:
        fields, message, signature = _take_apart(code)
    except _Broken as broken:
        return Verified(ok=False, why=broken.why)
    keys = keyring.get(fields.desk_id)
    if not keys:
        return Verified(ok=False, why=text("paper.verify.unknown_desk", desk=fields.desk_id), fields=fields)
    if not any(key.verify(message, signature) for key in keys):
        return Verified(ok=False, why=text("paper.verify.altered", desk=fields.desk_id), fields=fields)
    return Verified(ok=True, why=text("paper.verify.practice" if fields.practice else "paper.verify.ok"), fields=fields)


def well_formed(code: str) -> bool:
    """Whether the text has the parts of a paper's code, each of its kind and length. Says nothing of its signature."""
    try:
        _take_apart(code)
    except _Broken:
        return False
    return True


def _message(plain: str, digest: bytes) -> bytes:
    return plain.encode("ascii") + b"\n" + digest


def _take_apart(code: str) -> tuple[CodeFields, bytes, bytes]:
    if not code.startswith("YHR"):
        raise _Broken("not_ours")
    parts = code.split(":", 6)
    if parts[0] != PREFIX:
        raise _Broken("truncated" if len(parts) == 1 and PREFIX.startswith(code) else "unknown_version")
    if len(parts) < 7:
        raise _Broken("truncated")
    letter, paper_no, application_no, desk_id, day = parts[1:6]
    kind = _KIND.get(letter.removeprefix("P"))
    names_are_fit = all(_NAME.fullmatch(name) for name in (paper_no, application_no, desk_id))
    if kind is None or not names_are_fit or not re.fullmatch(r"[0-9]{8}", day, re.ASCII):
        raise _Broken("malformed")
    try:
        on = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError as error:
        raise _Broken("malformed") from error
    wanted = DIGEST_BYTES + SIGNATURE_BYTES
    if len(parts[6]) < wanted // 2 * 3:
        raise _Broken("truncated")
    try:
        tail = base45.decode(parts[6])
    except ValueError as error:
        raise _Broken("malformed") from error
    if len(tail) != wanted:
        raise _Broken("malformed")
    digest, signature = tail[:DIGEST_BYTES], tail[DIGEST_BYTES:]
    fields = CodeFields(kind, letter.startswith("P"), paper_no, application_no, desk_id, on, digest.hex())
    return fields, _message(":".join(parts[:6]), digest), signature
