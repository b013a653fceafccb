"""Messages spread over several QR symbols, put together in order, within one picture or over the frames of a stream."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from operator import xor

from scanner.barcodes.charset import text_of
from scanner.types import Barcode


class PartsGatherer:
    """Keeps the pieces seen until their message is whole. Used from one thread.

    A family turns the pages of a phone at its own pace, so a piece is remembered for ``memory_s`` after any piece of its message was seen.
    """

    def __init__(self, memory_s: float = 30.0) -> None:
        self._memory_s = memory_s
        self._messages: dict[tuple[str, int, int], dict[int, Barcode]] = {}
        self._seen_at: dict[tuple[str, int, int], float] = {}

    def whole(self, codes: Iterable[Barcode], at_s: float) -> tuple[Barcode, ...]:
        """The codes of a frame with pieces left out, and each message whose last missing piece is among them or was seen before.

        A whole message is given again with every frame that shows a piece of it, in that piece's place.
        """
        self._forget(at_s)
        out: dict[tuple[str, bytes, tuple[tuple[float, float], ...]], Barcode] = {}
        for code in codes:
            message = code if code.part is None else self._with(code, at_s)
            if message is not None:
                corners = () if code.part else code.corners  # once a frame, however many of its pieces are in view
                out.setdefault((message.format, message.raw, corners), message)
        return tuple(out.values())

    def _with(self, code: Barcode, at_s: float) -> Barcode | None:
        assert code.part is not None
        key = (code.format, code.part.of, code.part.parity)
        pieces = self._messages.setdefault(key, {})
        known = pieces.get(code.part.index)
        if known is not None and known.raw != code.raw:  # another message of the same length and parity has begun
            pieces.clear()
        pieces[code.part.index] = code
        self._seen_at[key] = at_s
        if len(pieces) < code.part.of:
            return None
        message = joined([pieces[index] for index in range(code.part.of)])
        if message is None:
            self._messages[key] = {code.part.index: code}
            return None
        return replace(message, corners=code.corners)

    def _forget(self, at_s: float) -> None:
        for key in [key for key, last in self._seen_at.items() if at_s - last > self._memory_s]:
            del self._seen_at[key], self._messages[key]


def joined(pieces: list[Barcode]) -> Barcode | None:
    """All pieces of a message, in order, as one code in the first one's place; None when they fail the message's parity."""
    first = pieces[0]
    assert first.part is not None
    raw = b"".join(piece.raw for piece in pieces)
    if reduce(xor, raw, 0) != first.part.parity:
        return None
    # a character may be cut in two by the end of a symbol, so bytes are joined first; only declared encodings speak for each piece
    declared = any(piece.text != text_of(piece.raw) for piece in pieces)
    text = "".join(piece.text for piece in pieces) if declared else text_of(raw)
    return Barcode(first.format, text, first.corners, all(piece.accepted for piece in pieces), raw)


def joined_in_picture(codes: Iterable[Barcode]) -> tuple[Barcode, ...]:
    """The codes of one picture with whole messages joined; a piece whose message is not whole stays, and is not accepted."""
    codes = tuple(codes)
    messages: dict[tuple[str, int, int], dict[int, Barcode]] = {}
    for code in codes:
        if code.part is not None:
            messages.setdefault((code.format, code.part.of, code.part.parity), {})[code.part.index] = code
    out: list[Barcode] = [code for code in codes if code.part is None]
    for (_, of, _), pieces in messages.items():
        message = joined([pieces[index] for index in range(of)]) if len(pieces) == of else None
        out += [message] if message else [replace(piece, accepted=False) for piece in pieces.values()]
    return tuple(out)
