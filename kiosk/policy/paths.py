"""Dotted paths into an application: ``child.name``, ``guardians[father].id_no``, ``privilege[0].no``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_STEP = re.compile(r"([^.\[\]]+)(?:\[([^\]]+)\])?")


@lru_cache(maxsize=1024)
def _steps(path: str) -> tuple[tuple[str, str], ...]:
    return tuple(_STEP.findall(path))


def declared_value(application: Mapping[str, Any], path: str) -> str | None:
    """The declared value at ``path`` as text; None when nothing is declared there. A list item is found by role or by number."""
    value = declared_object(application, path)
    return None if value is None or isinstance(value, Mapping | list) else str(value)


def declared_object(application: Mapping[str, Any], path: str) -> Any:
    """Whatever is declared at ``path``, None when nothing is."""
    value: Any = application
    for name, index in _steps(path):
        value = value.get(name) if isinstance(value, Mapping) else None
        if index:
            value = _item(value, index)
        if value is None:
            return None
    return value


def _item(items: Any, index: str) -> Any:
    if not isinstance(items, list):
        return None
    if index.isdigit():
        return items[int(index)] if int(index) < len(items) else None
    return next((i for i in items if isinstance(i, Mapping) and index in (i.get("role"), i.get("material"))), None)


def canonical_path(application: Mapping[str, Any], path: str) -> str:
    """The path with list items that have no role named by number: privilege[F01].no → privilege[0].no."""
    found = re.match(r"(\w+)\[([^\]]+)\]", path)
    items = application.get(found[1]) if found else None
    if found is None or not isinstance(items, list):
        return path
    for i, item in enumerate(items):
        if isinstance(item, Mapping) and item.get("role") is None and item.get("material") == found[2]:
            return f"{found[1]}[{i}]{path[found.end() :]}"
    return path
