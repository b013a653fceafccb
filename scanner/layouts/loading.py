"""Reading layout files."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml
from pydantic import ValidationError

from scanner.layouts.model import Layout


class LayoutError(ValueError):
    """A layout file is wrong; the message names the file and every fault, one a line."""


def parse_layout(text: str, source: str = "layout") -> Layout:
    """One layout from YAML text; raises LayoutError."""
    try:
        return Layout.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise LayoutError(f"{source}: not YAML: {error}") from error
    except ValidationError as error:
        faults = [f"  {'.'.join(map(str, e['loc'])) or 'layout'}: {e['msg']}" for e in error.errors()]
        raise LayoutError("\n".join([f"{source}:", *faults])) from error


def load_layouts(folder: Path | Traversable) -> tuple[Layout, ...]:
    """Every ``*.yaml`` of a folder, in the order of their names; raises LayoutError."""
    found = sorted((p for p in folder.iterdir() if p.name.endswith(".yaml")), key=lambda p: p.name)
    return tuple(parse_layout(path.read_text(encoding="utf-8"), path.name) for path in found)


@cache
def builtin_layouts() -> tuple[Layout, ...]:
    """The layouts that ship with the program (``resources/documents``)."""
    return load_layouts(files("resources") / "documents")
