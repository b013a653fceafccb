"""Predicates of service packs: Common Expression Language (CEL), compiled once when the pack is loaded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import cel


class ExpressionError(ValueError):
    """The expression cannot be compiled, names something unknown, or gives the wrong kind of value."""


class Facts:
    """The variables predicates may use, converted once and then shared by every predicate of a case."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self._context = cel.Context(variables=dict(values))

    def evaluate(self, program: cel.Program) -> Any:
        return program.execute(self._context)


class Expression:
    """One compiled expression."""

    def __init__(self, source: str) -> None:
        self.source = source
        try:
            self._program = cel.compile(source)
        except ValueError as error:
            raise ExpressionError(f"not a CEL expression: {source!r} ({_first_line(error)})") from error

    def _value(self, facts: Facts) -> Any:
        try:
            return facts.evaluate(self._program)
        except (RuntimeError, TypeError, KeyError, ValueError) as error:
            raise ExpressionError(f"cannot evaluate {self.source!r}: {_first_line(error)}") from error

    def holds(self, facts: Facts) -> bool:
        """The truth of a predicate. Raises ExpressionError when it is no truth value."""
        value = self._value(facts)
        if not isinstance(value, bool):
            raise ExpressionError(f"{self.source!r} must give true or false, it gives {value!r}")
        return value

    def names(self, facts: Facts) -> tuple[str, ...]:
        """A list of strings, for example the roles that must show a document."""
        value = self._value(facts)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ExpressionError(f"{self.source!r} must give a list of names, it gives {value!r}")
        return tuple(value)


# Facts that sort families into categories, and the list without which no family can be judged.
CATEGORIES = ("hukou", "housing")
PEOPLE = "guardian_roles"


def compared_words(sources: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """fact → the words predicates compare it with, in order of appearance; PEOPLE has () when it is used at all."""
    found: dict[str, dict[str, None]] = {}
    for source in sources:
        for name in CATEGORIES:
            for one, several in re.findall(rf"\b{name}\b\s*(?:==\s*'([^']*)'|in\s*\[([^\]]*)\])", source):
                words = [one] if one else re.findall(r"'([^']*)'", several)
                found.setdefault(name, {}).update(dict.fromkeys(words))
        if re.search(rf"\b{PEOPLE}\b", source):
            found.setdefault(PEOPLE, {})
    return {name: tuple(words) for name, words in found.items()}


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
