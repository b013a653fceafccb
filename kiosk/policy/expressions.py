"""Predicates of service packs: Common Expression Language (CEL), compiled once when the pack is loaded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kiosk.matching.compare import COMPARATORS, compare
from kiosk.matching.dates import parse_date
from kiosk.matching.result import Verdict
from kiosk.policy.cel_language import cel
from kiosk.texts import Text, say, text

# names that a list macro binds: the r of guardian_roles.exists(r, r == 'father')
_BOUND = re.compile(r"\.\s*(?:exists|exists_one|all|map|filter)\(\s*(\w+)\s*,")
_STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_PLACE = re.compile(r"<input>:(\d+):(\d+):\s*(?:Syntax error:\s*)?(.*)")


class ExpressionError(ValueError):
    """The expression cannot be compiled, names something unknown, or gives the wrong kind of value.

    ``what`` says it in words; ``offset`` is the character that is meant, from 1, or 0.
    """

    def __init__(self, what: Text, offset: int = 0) -> None:
        super().__init__(say(what, "en"))
        self.what = what
        self.offset = offset


def _before(months: int) -> Callable[[str, Any], str]:
    """A CEL function (ISO day, number) → the ISO day that many times ``months`` earlier; "" for what is no day. 31 → 28 in February."""

    def earlier(day: Any, number: Any) -> str:
        parsed = parse_date(day) if isinstance(day, str) else None
        if parsed is None or not isinstance(number, int) or not 0 <= number * months < parsed.year * 12 - 12:
            return ""
        year, month = divmod(parsed.year * 12 + parsed.month - 1 - number * months, 12)
        for last in range(parsed.day, 27, -1):
            try:
                return parsed.replace(year=year, month=month + 1, day=last).isoformat()
            except ValueError:
                continue
        return parsed.replace(year=year, month=month + 1).isoformat()

    return earlier


# What every expression may call beside CEL's own functions.
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "years_before": _before(12),
    "months_before": _before(1),
}
# CEL's own that packs may want, and ``department`` of kiosk.policy.facts.
KNOWN_FUNCTIONS = frozenset(
    {
        *FUNCTIONS,
        "same",
        "department",
        "size",
        "startsWith",
        "endsWith",
        "contains",
        "matches",
        "has",
        "int",
        "double",
        "string",
    }
)


class _Comparing:
    """The function ``same`` of one set of facts, and whether it met a comparison that only a person can settle.

    It knows nothing of the facts: the evaluator's context holds it, and what held the context in turn would never be freed.
    """

    def __init__(self) -> None:
        self.unsure = False

    def same(self, comparator: str, one: str, other: str) -> bool:
        """Whether two values are the same by a comparator of the matching rules."""
        if comparator not in COMPARATORS:
            return False  # found when the pack is loaded
        verdict = compare(comparator, one, other).verdict
        self.unsure = self.unsure or verdict is Verdict.ASK
        return verdict is Verdict.MATCH


class Facts:
    """The variables predicates may use, converted once and then shared by every predicate of a case."""

    def __init__(self, values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]] | None = None) -> None:
        self.values = values
        self._functions = functions or {}
        self._comparing = _Comparing()
        self._context = cel.Context(
            variables=dict(values), functions={**FUNCTIONS, "same": self._comparing.same, **self._functions}
        )

    @property
    def unsure(self) -> bool:
        """Was a comparison made that only a person can settle?"""
        return self._comparing.unsure

    def beside(self, values: Mapping[str, Any]) -> Facts:
        """These facts and further ones."""
        return Facts({**self.values, **values}, self._functions)

    def evaluate(self, program: cel.Program) -> Any:
        return program.execute(self._context)


class Expression:
    """One compiled expression."""

    def __init__(self, source: str) -> None:
        self.source = source
        try:
            self._program = cel.compile(source)
        except ValueError as error:
            place = _PLACE.search(str(error))
            problem = place[3].split(" expecting ")[0].strip() if place else _first_line(error)
            offset = int(place[2]) if place and place[1] == "1" else 0
            raise ExpressionError(text("pack.mistake.predicate", source=source, problem=problem), offset) from error

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it names, without those that a list macro binds."""
        bound = set(_BOUND.findall(self.source))
        return tuple(name for name in self._program.variables() if name not in bound)

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions it calls by name."""
        return tuple(name for name in self._program.functions() if name.isidentifier() and not name.startswith("_"))

    def members(self, of: str) -> tuple[str, ...]:
        """What it names of a fact with parts: the x of policy.x, the x.y of paper['x.y']."""
        dotted = re.findall(rf"(?<![\w.]){of}\.(\w+)", _STRING.sub("''", self.source))
        quoted = re.findall(rf"(?<![\w.]){of}\['([^']+)'\]", self.source)
        return tuple(dict.fromkeys([*dotted, *quoted]))

    def character(self, name: str) -> int:
        """Where ``name`` stands in the source, from 1; 0 when it cannot be told."""
        found = re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", self.source)
        return found.start() + 1 if found else 0

    def _value(self, facts: Facts) -> Any:
        try:
            return facts.evaluate(self._program)
        except (RuntimeError, TypeError, KeyError, ValueError) as error:
            what = text("pack.mistake.evaluation", source=self.source, problem=_first_line(error))
            raise ExpressionError(what) from error

    def holds(self, facts: Facts) -> bool:
        """The truth of a predicate. Raises ExpressionError when it is no truth value."""
        value = self._value(facts)
        if not isinstance(value, bool):
            raise ExpressionError(text("pack.mistake.not_truth", source=self.source, value=repr(value)))
        return value

    def names(self, facts: Facts) -> tuple[str, ...]:
        """A list of strings, for example the roles that must show a document."""
        value = self._value(facts)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ExpressionError(text("pack.mistake.not_names", source=self.source, value=repr(value)))
        return tuple(value)


# Facts that sort families into categories.
CATEGORIES = ("hukou", "housing")


def compared_words(sources: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """fact → the words predicates compare it with, in order of appearance."""
    found: dict[str, dict[str, None]] = {}
    for source in sources:
        for name in CATEGORIES:
            for one, several in re.findall(rf"\b{name}\b\s*(?:==\s*'([^']*)'|in\s*\[([^\]]*)\])", source):
                words = [one] if one else re.findall(r"'([^']*)'", several)
                found.setdefault(name, {}).update(dict.fromkeys(words))
    return {name: tuple(words) for name, words in found.items()}


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
