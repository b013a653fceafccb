"""Where do families' names and numbers lie in the clear? Looks through files for them in every form a program might have left them."""

from __future__ import annotations

import base64
import contextlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_DIGITS = 15  # an identity number has 15 or 18; shorter ones are found everywhere by chance


def secrets_of(applications: Iterable[dict[str, Any]]) -> set[str]:
    """Every name and every long number of the people in these applications."""
    found: set[str] = set()
    for data in applications:
        for person in [data.get("child"), *(data.get("guardians") or [])]:
            if isinstance(person, dict):
                name, number = str(person.get("name", "")), str(person.get("id_no", ""))
                found.update(word for word in (name, number) if _telling(word))
    return found


def _telling(word: str) -> bool:
    chinese = sum("\u4e00" <= character <= "\u9fff" or ord(character) > 0x20000 for character in word)
    return chinese >= 3 or sum(character.isdigit() for character in word) >= _DIGITS


def forms_of(word: str) -> set[bytes]:
    """The bytes by which a word can be told, in the encodings and wrappings programs use."""
    plain = [word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    plain += [word.encode("unicode_escape"), "".join(f"\\u{ord(c):04x}" for c in word if ord(c) < 0x10000).encode()]
    plain.append("".join(f"%{byte:02X}" for byte in word.encode()).encode())
    forms = {form for form in plain if len(form) >= 6}
    for form in (word.encode(), word.encode("utf-16-le"), word.encode("gb18030")):
        # the inside of its base64 at each of the three places it can begin
        for lead in range(3):
            inside = base64.b64encode(b"\0" * lead + form)[(lead * 4 + 2) // 3 :].rstrip(b"=")[:-1]
            if len(inside) >= 8:
                forms |= {inside, inside.translate(bytes.maketrans(b"+/", b"-_"))}
        forms.add(form.hex().encode())
    return forms


def found_in(folder: Path, words: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """(file, word) for every word that lies in the clear, also inside deflated streams (PDF, PNG, zip)."""
    wanted = {form: word for word in words for form in forms_of(word)}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        content = path.read_bytes()
        for haystack in (content, path.name.encode(), *_inflated(content)):
            for form, word in wanted.items():
                if form in haystack:
                    yield path, word


def _inflated(content: bytes) -> Iterator[bytes]:
    for mark in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"):
        place = content.find(mark)
        while place >= 0:
            with contextlib.suppress(zlib.error):
                yield zlib.decompressobj().decompress(content[place:], 1 << 22)
            place = content.find(mark, place + 1)
