"""Under which licences what we ship stands: every package the program needs, and what their wheels bring along.

The list is read from the installed packages themselves, so that it is about the versions that run here. What a package does not say of itself
stands in ``STATED`` with its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata

# What packages leave out or say in another way, as their own repositories state it
STATED = {
    "sqlcipher3": "Zlib",  # LICENSE of the package
    "charset-normalizer": "MIT",
    "protobuf": "BSD-3-Clause",
    "sqlite-fts4": "Apache-2.0",
    "tzdata": "Apache-2.0",
    "tqdm": "MPL-2.0 AND MIT",
    "click-default-group": "Unlicense",
    "pyclipper": "MIT",  # its C++ part, Clipper: BSL-1.0
    "qrcode": "BSD-3-Clause",
    "colorama": "BSD-3-Clause",  # Windows only
    "pywin32-ctypes": "BSD-3-Clause",  # Windows only
    "pyside6-essentials": "LGPL-3.0-only",  # offered under LGPL or GPL; we take it under the LGPL
    "shiboken6": "LGPL-3.0-only",
}
# Not packages of their own, but inside the wheels: what an audit would find in the files
BUNDLED = (
    ("Qt 6", "LGPL-3.0-only", "in pyside6-essentials, as libraries of their own that can be exchanged"),
    (
        "FFmpeg",
        "LGPL-2.1-or-later",
        "in opencv-python-headless, built without its GPL parts, as libraries of their own",
    ),
    ("GEOS", "LGPL-2.1-or-later", "in shapely, as a library of its own"),
    ("SQLCipher", "BSD-3-Clause", "in sqlcipher3"),
    ("SQLite", "blessing", "in sqlcipher3; public domain"),
    ("OpenSSL", "Apache-2.0", "in cryptography and sqlcipher3"),
    ("ZBar", "LGPL-2.1-or-later", "in pyzbar on Windows; elsewhere a package of the system"),
    ("PP-OCR models", "Apache-2.0", "in rapidocr"),
)
_TROVE = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
}
# Licences that would bind the whole program, or whoever runs it for others
FORBIDDEN = re.compile(r"(?<![A-Z])A?GPL|SSPL|CC-BY-NC|Commons-Clause", re.I)
LESSER = re.compile(r"LGPL", re.I)


@dataclass(frozen=True)
class Component:
    """``licence``: an SPDX expression, "" when nobody says."""

    name: str
    version: str
    licence: str
    note: str = ""

    @property
    def allowed(self) -> bool:
        """Whether there is a way to take it that is not GPL or AGPL: of alternatives (OR) one is enough."""
        choices = re.split(r"\s+OR\s+", self.licence)
        return bool(self.licence) and any(not FORBIDDEN.search(choice) for choice in choices)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(name: str) -> str:
    """The licence of an installed package as an SPDX expression, "" when it does not say."""
    if stated := STATED.get(normal(name)):
        return stated
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    if expression := next(iter(told.get_all("License-Expression") or []), ""):
        return expression
    trove = [line.rsplit(" :: ", 1)[-1] for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    known = [_TROVE[line] for line in trove if line in _TROVE]
    return known[0] if known else ""


def shipped(root: str = "yanhe") -> list[Component]:
    """The packages that the installed program needs, itself left out, by name. Platform-dependent ones as far as they are installed."""
    found: dict[str, Component] = {}
    todo = list(_needs(root))
    while todo:
        name = normal(todo.pop())
        if name in found or name == normal(root):
            continue
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # of another platform, or an extra that nobody asked for
        found[name] = Component(name, version, licence_of(name))
        todo.extend(_needs(name))
    return sorted(found.values(), key=lambda component: component.name)


def bundled() -> list[Component]:
    return [Component(name, "", licence, note) for name, licence, note in BUNDLED]


def _needs(name: str) -> Iterable[str]:
    for line in metadata.requires(name) or ():
        requirement, _, marker = line.partition(";")
        if "extra" not in marker:
            yield re.split(r"[\s\[<>=!~(]", requirement.strip(), maxsplit=1)[0]
