"""Reading layout files. A wrong file is refused with file, line, place and what was expected of every mistake in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from scanner.layouts.checking import Place, mistakes
from scanner.layouts.model import Layout

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast


class LayoutError(ValueError):
    """A layout file is wrong; one line a mistake: file:line: place: what was expected."""


def parse_layout(text: str, source: str = "layout") -> Layout:
    """One layout from YAML text; raises LayoutError."""
    try:
        data = yaml.load(text, _LOADER)
    except yaml.YAMLError as error:
        raise _no_yaml(text, source, error) from error
    try:
        layout = Layout.model_validate(data)
    except ValidationError as error:
        lines = _Lines(source, text)
        raise LayoutError("\n".join(lines.at(e["loc"], e["msg"]) for e in error.errors())) from error
    found = list(mistakes(layout))
    if found:
        lines = _Lines(source, text)
        raise LayoutError("\n".join(lines.at(place, message) for place, message in found))
    return layout


def _no_yaml(text: str, source: str, error: yaml.YAMLError) -> LayoutError:
    try:
        yaml.safe_load(text)  # the slower reader tells the line more exactly
    except yaml.YAMLError as exact:
        error = exact
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    return LayoutError(f"{source}:{line}: file: not YAML: {getattr(error, 'problem', None) or error}")


def load_layouts(folder: Path | Traversable) -> tuple[Layout, ...]:
    """Every ``*.yaml`` of a folder, in the order of their names; raises LayoutError, also when two describe the same page."""
    found = sorted((p for p in folder.iterdir() if p.name.endswith(".yaml")), key=lambda p: p.name)
    layouts: dict[tuple[str, str, str], str] = {}
    loaded: list[Layout] = []
    for path in found:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise LayoutError(f"{path.name}:1: file: expected UTF-8") from error
        layout = parse_layout(text, path.name)
        key = (layout.kind, layout.page, layout.edition)
        if key in layouts:
            raise LayoutError(f"{path.name}:1: edition: expected another one than that of {layouts[key]}")
        layouts[key] = path.name
        loaded.append(layout)
    return tuple(loaded)


@cache
def builtin_layouts() -> tuple[Layout, ...]:
    """The layouts that ship with the program (``resources/documents``)."""
    return load_layouts(files("resources") / "documents")


class _Lines:
    """Where each place of a YAML file stands, for messages. Takes longer than to read the file."""

    def __init__(self, source: str, text: str) -> None:
        self._source = source
        root = yaml.compose(text, Loader=_LOADER)
        self._lines: dict[Place, int] = {}
        if root is not None:
            self._collect((), root)

    def _collect(self, place: Place, node: yaml.Node) -> None:
        self._lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._lines[(*place, key.value)] = key.start_mark.line + 1
                self._collect((*place, key.value), value)
        elif isinstance(node, yaml.SequenceNode):
            for i, value in enumerate(node.value):
                self._collect((*place, i), value)

    def at(self, place: Sequence[str | int], message: str) -> str:
        known = tuple(place)
        while known and known not in self._lines:
            known = known[:-1]
        return f"{self._source}:{self._lines.get(known, 1)}: {'.'.join(map(str, place)) or 'file'}: {message}"
