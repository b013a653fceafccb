"""In which forms a value may stand on paper; the desk knows, the scanner asks."""

from __future__ import annotations

from collections.abc import Callable

PrintedForms = Callable[[str, str], tuple[str, ...]]
"""(field class, value) → every form that may be printed."""


def as_declared(field_class: str, value: str) -> tuple[str, ...]:
    """The forms of a value when nobody knows better: the value itself."""
    return (value,)
