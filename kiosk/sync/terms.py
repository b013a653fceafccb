"""By which words a clerk may find an application: numbers, names, given names, pinyin and its initials."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from kiosk.matching.mandarin import readings
from kiosk.wire.models import ApplicationRecord
from offline_cache.applications import ApplicationRow

_MAX_SPELLINGS = (
    16  # a name of several characters with several readings each: enough to find it, not a table of its own
)
_DOTS = "·•・‧∙⋅.．"  # how the separator in names such as 阿力木江·试例提 is typed and printed


def row_of(record: ApplicationRecord) -> ApplicationRow:
    """The application with the terms by which it is found."""
    terms = (record.application_no, *dict.fromkeys(_terms(record.data)))
    return ApplicationRow(record.application_no, record.revision, record.model_dump(mode="json"), terms)


def _terms(data: Mapping[str, Any]) -> Iterator[str]:
    guardians = data.get("guardians")
    people = [data.get("child"), *(guardians if isinstance(guardians, list) else [])]
    for person in people:
        if not isinstance(person, Mapping):
            continue
        if number := person.get("id_no"):
            yield str(number)
        if name := person.get("name"):
            yield from name_terms(str(name))


def name_terms(name: str) -> Iterator[str]:
    """The name as printed and without separators, the name after its first character, and its pinyin in full and by initials,
    in every common reading (单: dan, shan, chan)."""
    yield name
    plain = "".join(character for character in name if character not in _DOTS and not character.isspace())
    yield plain
    if len(plain) > 2:
        yield plain[1:]
    readings = [_readings(character) for character in plain]
    yield from _spellings([dict.fromkeys(reading[0] for reading in of_one) for of_one in readings])
    yield from _spellings(readings)


def _spellings(readings: Sequence[Iterable[str]]) -> Iterator[str]:
    for spelling in itertools.islice(itertools.product(*readings), _MAX_SPELLINGS):
        yield "".join(spelling)


@lru_cache(maxsize=8192)
def _readings(character: str) -> tuple[str, ...]:
    """The pinyin of one character without tones, the commonest first; a character without any stands for itself."""
    return tuple(dict.fromkeys(readings(character, every=True)[0])) or (character,)
