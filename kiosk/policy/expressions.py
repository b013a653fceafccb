"""Predicates of service packs: Common Expression Language (CEL), compiled once when the pack is loaded."""

from __future__ import annotations

from collections.abc import Mapping
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


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
