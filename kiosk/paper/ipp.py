"""The Internet Printing Protocol's messages (RFC 8010, RFC 8011): only what printing a PDF and watching it needs."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

Value: TypeAlias = int | bool | str | bytes


class Operation(IntEnum):
    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_PRINTERS = 0x4002


class Tag(IntEnum):
    """Delimiters of groups, then the syntaxes of values."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


_LAST_DELIMITER = 0x0F
_TEXTUAL = range(0x41, 0x4B)
OK_BELOW = 0x0100  # successful-ok and its variants
NOT_FOUND = 0x0406
NOT_ACCEPTING = 0x0506


class IppError(ValueError):
    """The answer is not IPP, or is cut off."""


@dataclass(frozen=True)
class Attribute:
    name: str
    tag: Tag
    values: Sequence[Value]


@dataclass(frozen=True)
class Answer:
    """``groups``: (group tag, attributes by name, each with all its values) in the order sent."""

    status: int
    groups: tuple[tuple[int, Mapping[str, tuple[Value, ...]]], ...] = field(default=())

    @property
    def ok(self) -> bool:
        return self.status < OK_BELOW

    def of(self, tag: Tag) -> list[Mapping[str, tuple[Value, ...]]]:
        return [attributes for group, attributes in self.groups if group == tag]


def request(
    operation: Operation,
    request_id: int,
    attributes: Iterable[Attribute],
    job: Iterable[Attribute] = (),
    data: bytes = b"",
) -> bytes:
    """One IPP/2.0 request; charset and language, which must come first, are added here."""
    first = [
        Attribute("attributes-charset", Tag.CHARSET, ["utf-8"]),
        Attribute("attributes-natural-language", Tag.LANGUAGE, ["en"]),
    ]
    out = bytearray(struct.pack(">BBHI", 2, 0, operation, request_id))
    out.append(Tag.OPERATION)
    for attribute in (*first, *attributes):
        _write(out, attribute)
    job = list(job)
    if job:
        out.append(Tag.JOB)
        for attribute in job:
            _write(out, attribute)
    out.append(Tag.END)
    return bytes(out) + data


def parse(body: bytes) -> Answer:
    """An IPP response. Values we have no use for (collections, dates, resolutions) stay bytes. Raises IppError."""
    try:
        return _parse(body)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise IppError("the printer's answer is not complete IPP") from error


def _write(out: bytearray, attribute: Attribute) -> None:
    name = attribute.name.encode("ascii")
    for value in attribute.values:
        match value:
            case bool():
                data = struct.pack(">B", value)
            case int():
                data = struct.pack(">i", value)
            case str():
                data = value.encode("utf-8")
            case bytes():
                data = value
        out += struct.pack(">BH", attribute.tag, len(name)) + name + struct.pack(">H", len(data)) + data
        name = b""  # further values of the same attribute carry no name


def _parse(body: bytes) -> Answer:
    _, _, status, _ = struct.unpack_from(">BBHI", body)
    groups: list[tuple[int, dict[str, tuple[Value, ...]]]] = []
    at = 8
    name = ""
    while (tag := body[at]) != Tag.END:
        at += 1
        if tag <= _LAST_DELIMITER:
            groups.append((tag, {}))
            continue
        if not groups:
            raise IppError("an attribute outside of any group")
        given, at = _sized(body, at)
        data, at = _sized(body, at)
        name = given.decode("utf-8") or name
        attributes = groups[-1][1]
        attributes[name] = (*attributes.get(name, ()), _value(tag, data))
    return Answer(status, tuple(groups))


def _sized(body: bytes, at: int) -> tuple[bytes, int]:
    (size,) = struct.unpack_from(">H", body, at)
    end = at + 2 + size
    if end > len(body):
        raise IndexError(end)
    return body[at + 2 : end], end


def _value(tag: int, data: bytes) -> Value:
    if tag in (Tag.INTEGER, Tag.ENUM):
        return struct.unpack(">i", data)[0]
    if tag == Tag.BOOLEAN:
        return data != b"\0"
    return data.decode("utf-8") if tag in _TEXTUAL else data
