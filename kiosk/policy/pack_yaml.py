"""A pack's YAML file: its data, where each thing of it stands, and what its model says against it.

Reading goes on after a mistake: a broken entry of a list or table is left out, so that the rest can still be checked against the
other files and everything is said at once.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from types import NoneType
from typing import Any, Generic, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kiosk.policy.mistakes import Mistake, Place, dotted
from kiosk.texts import LANGUAGES, Text, text

_Model = TypeVar("_Model", bound=BaseModel)
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast
_KEY = "[key]"  # how pydantic says that a table's key is meant


@dataclass(frozen=True)
class _Spot:
    line: int
    column: int
    quoted: bool = False  # a value that begins after a quotation mark


@dataclass
class PackFile(Generic[_Model]):
    """One file. ``model`` is None when not even what is right of it makes a file; ``data`` is what was written."""

    name: str
    data: Any = None
    model: _Model | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    _values: dict[Place, _Spot] = field(default_factory=dict)
    _keys: dict[Place, _Spot] = field(default_factory=dict)
    _kept: dict[str, list[int]] = field(default_factory=dict)  # list → numbers of the entries that were not left out

    def names(self, table: str) -> set[str]:
        """The keys of a table of the file, those of broken entries too."""
        found = self.data.get(table) if isinstance(self.data, dict) else None
        return {str(key) for key in found} if isinstance(found, dict) else set()

    def at(self, place: Place, what: Text, *, offset: int = 0) -> Mistake:
        """A mistake at a place of ``model``. ``offset``: the character of the value that is meant, from 1."""
        numbers = self._kept.get(str(place[0])) if place else None
        if numbers is not None and len(place) > 1 and isinstance(place[1], int):
            place = (place[0], numbers[place[1]], *place[2:])
        return self._at(place, what, offset=offset)

    def _at(self, place: Place, what: Text, *, offset: int = 0, of_key: bool = False) -> Mistake:
        known = place
        while known and known not in self._values:
            known = known[:-1]
        spots = self._keys if of_key or known != place else self._values
        spot = spots.get(known) or self._values.get(known, _Spot(0, 0))
        column = spot.column + (offset - 1 + spot.quoted if offset and known == place else 0)
        return Mistake(self.name, spot.line, column, dotted(place), what)


def read_pack_file(name: str, content: bytes | None, model: type[_Model]) -> PackFile[_Model]:
    """``content`` None: there is no such file. Never raises for what is in the file; see ``mistakes``."""
    file: PackFile[_Model] = PackFile(name)
    if content is None:
        file.mistakes.append(Mistake(name, 0, 0, "", text("pack.mistake.no_file")))
        return file
    try:
        source = content.decode("utf-8")
        root, file.data = _parse(source)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        file.mistakes.append(Mistake(name, line, 0, "", text("pack.mistake.not_utf8")))
        return file
    except yaml.YAMLError as error:
        file.mistakes.append(_not_yaml(name, error))
        return file
    except ValueError as error:  # a day such as 2014-02-30 without quotation marks
        file.mistakes.append(Mistake(name, 1, 0, "", text("pack.mistake.not_yaml", problem=str(error))))
        return file
    if root is not None:
        file.mistakes += _locate(file, (), root, set())
    if not any(m.what.key == "pack.mistake.alias" for m in file.mistakes):
        _validate(file, model)
    return file


def _parse(source: str) -> tuple[yaml.Node | None, Any]:
    """The nodes, which know their places, and the data made of them."""
    loader = _LOADER(source)
    try:
        root = loader.get_single_node()
        return root, None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


def _not_yaml(name: str, error: yaml.YAMLError) -> Mistake:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or type(error).__name__
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 0)
    return Mistake(name, line, column, "", text("pack.mistake.not_yaml", problem=str(problem)))


def _locate(file: PackFile[_Model], place: Place, node: yaml.Node, seen: set[int]) -> Iterator[Mistake]:
    """Remembers where everything stands; a key that stands twice is a mistake, for YAML would silently take the last."""
    mark = node.start_mark
    if isinstance(node, yaml.CollectionNode):
        if id(node) in seen:
            yield Mistake(file.name, mark.line + 1, mark.column + 1, dotted(place), text("pack.mistake.alias"))
            return  # it may contain itself
        seen.add(id(node))
    quoted = isinstance(node, yaml.ScalarNode) and node.style in ("'", '"')
    file._values[place] = _Spot(mark.line + 1, mark.column + 1, quoted)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, str(key.value))
            spot = _Spot(key.start_mark.line + 1, key.start_mark.column + 1)
            if inner in file._keys:
                first = file._keys[inner].line
                yield Mistake(file.name, spot.line, spot.column, dotted(inner), text("pack.mistake.twice", line=first))
                continue
            file._keys[inner] = spot
            yield from _locate(file, inner, value, seen)
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            yield from _locate(file, (*place, i), value, seen)


def _validate(file: PackFile[_Model], model: type[_Model]) -> None:
    try:
        file.model = model.model_validate(file.data)
        return
    except ValidationError as error:
        found = [e for e in error.errors() if not _follows(e, error.errors())]
    file.mistakes += [_mistake(file, e, model) for e in found]
    if not isinstance(file.data, dict):
        return
    rest = copy.deepcopy(file.data)
    broken = [place for e in found if (place := tuple(e["loc"])) and not _taken_out(rest, place, e["type"])]
    try:
        file.model = model.model_validate(rest)
    except ValidationError as error:
        broken += [tuple(e["loc"]) for e in error.errors()]
        _leave_out(file, rest, {(str(place[0]), place[1]) for place in broken if len(place) > 1})
        with suppress(ValidationError):
            file.model = model.model_validate(rest)


def _taken_out(rest: dict[str, Any], place: Place, kind: str) -> bool:
    """Takes out a single wrong value by its key, so that the rest of its entry is still looked at. Not inside lists of an entry, whose
    numbers would change."""
    if kind == "missing" or any(isinstance(step, int) for step in place[2:]):
        return False
    holder: Any = rest
    for step in place[:-1]:
        if isinstance(holder, dict):
            holder = holder.get(step)
        else:
            holder = holder[step] if isinstance(holder, list) and isinstance(step, int) else None
    return isinstance(holder, dict) and holder.pop(place[-1], None) is not None


def _leave_out(file: PackFile[_Model], rest: dict[str, Any], broken: set[tuple[str, Any]]) -> None:
    """Takes whole entries out of the lists and tables of a file."""
    for name, part in list(rest.items()):
        if isinstance(part, list):
            file._kept[name] = [i for i in range(len(part)) if (name, i) not in broken]
            rest[name] = [part[i] for i in file._kept[name]]
        elif isinstance(part, dict):
            rest[name] = {key: value for key, value in part.items() if (name, key) not in broken}


def _follows(error: ErrorDetails, others: list[ErrorDetails]) -> bool:
    """Whether a list counts as too short only because its entries are broken, which is said of them."""
    place = error["loc"]
    deeper = (other["loc"] for other in others if len(other["loc"]) > len(place))
    return error["type"] == "too_short" and any(other[: len(place)] == place for other in deeper)


def _mistake(file: PackFile[_Model], error: ErrorDetails, model: type[BaseModel]) -> Mistake:
    place: Place = tuple(step for step in error["loc"] if step != _KEY)
    kind = error["type"]
    found = error.get("input")
    context = error.get("ctx") or {}
    if kind == "missing":
        name = str(place[-1])
        what = text("pack.mistake.no_language" if name in LANGUAGES else "pack.mistake.missing", name=name)
    elif kind == "extra_forbidden":
        what = text("pack.mistake.unknown_key", known=", ".join(_known_keys(model, place[:-1])))
    elif kind == "literal_error":
        known = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        what = text("pack.mistake.one_of", found=_shown(found), known=", ".join(known))
    elif kind.startswith("pack."):
        what = Text(f"pack.mistake.{kind.removeprefix('pack.')}", {k: v for k, v in context.items() if k != "offset"})
    elif kind == "string_pattern_mismatch":
        expected = text("pack.expected.code" if place == ("id",) else "pack.expected.some_text")
        what = text("pack.mistake.expected", what=expected, found=_shown(found))
    elif kind in _EXPECTED:
        what = text("pack.mistake.expected", what=text(f"pack.expected.{_EXPECTED[kind]}"), found=_shown(found))
    else:
        what = text("pack.mistake.other", problem=error["msg"])
    offset = context.get("offset", 0)
    return file._at(place, what, offset=offset, of_key=kind == "extra_forbidden" or error["loc"][-1:] == (_KEY,))


# pydantic's kinds of error → what was expected, in our words
_EXPECTED = {
    "string_type": "text",
    "string_too_short": "some_text",
    "bool_type": "truth",
    "bool_parsing": "truth",
    "int_type": "number",
    "int_parsing": "number",
    "greater_than_equal": "number",
    "tuple_type": "list",
    "list_type": "list",
    "too_short": "some_entries",
    "dict_type": "table",
    "model_type": "table",
    "model_attributes_type": "table",
    "mapping_type": "table",
}


def _shown(value: Any) -> str:
    shown = "" if value is None else str(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


def _known_keys(model: type[BaseModel], place: Place) -> list[str]:
    """The keys of the model that stands at ``place`` below ``model``."""
    current: Any = model
    for step in place:
        current = _bare(current)
        if _is_model(current):
            fields = {info.alias or name: info.annotation for name, info in current.model_fields.items()}
            current = fields.get(str(step))
        else:  # tuple[X, ...] or dict[str, X]: a number or a key leads to X
            parts = get_args(current)
            current = parts[-1] if get_origin(current) is dict and parts else parts[0] if parts else None
    current = _bare(current)
    return [info.alias or name for name, info in current.model_fields.items()] if _is_model(current) else []


def _bare(annotation: Any) -> Any:
    """X of X | None."""
    parts = [part for part in get_args(annotation) if part is not NoneType]
    return parts[0] if len(parts) == 1 and NoneType in get_args(annotation) else annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
