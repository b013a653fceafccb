"""From readings to the printed values of a document, in the shape in which the policy engine takes them.

{"members[child].name": "陈试远"}  →  {"members": [{"role": "child", "name": "陈试远"}]}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_INDEXED = re.compile(r"(?P<group>[^.\[]+)\[(?P<role>[^\]]+)\]\.(?P<rest>.+)")


def nested(values: Mapping[str, str]) -> dict[str, Any]:
    """Dotted names to nested data. A name of the form ``group[role].field`` becomes an item of the list ``group``."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        match = _INDEXED.fullmatch(name)
        if match is None:
            _put(found, name.split("."), value)
            continue
        items = found.setdefault(match["group"], [])
        item = next((i for i in items if i.get("role") == match["role"]), None)
        if item is None:
            item = {"role": match["role"]}
            items.append(item)
        _put(item, match["rest"].split("."), value)
    return found


def _put(into: dict[str, Any], path: list[str], value: str) -> None:
    for key in path[:-1]:
        into = into.setdefault(key, {})
    into[path[-1]] = value
