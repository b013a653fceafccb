"""Why is this needed? Each material of a case with the predicate that decided, the facts it looked at and what departments said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kiosk.policy.case_input import Answers, CaseInput, DepartmentResult
from kiosk.policy.engine import evaluate
from kiosk.policy.evaluation import MaterialOutcome, Waiver
from kiosk.policy.expressions import Expression, Facts
from kiosk.policy.facts import facts_of
from kiosk.policy.pack import Pack
from kiosk.policy.schema import Occasion, Requirement
from kiosk.texts import Text, catalogue, text


@dataclass(frozen=True)
class FactUsed:
    """A fact that a predicate named. ``label`` is what people call it, ``words`` what they call its value."""

    name: str
    label: Text
    value: Any
    words: Text


@dataclass(frozen=True)
class OccasionTried:
    """One ``when`` of the pack, whether it was true, and what it looked at."""

    when: str
    holds: bool
    rule: str
    why: Text
    facts: tuple[FactUsed, ...]


@dataclass(frozen=True)
class MaterialExplained:
    """``tried``: the occasions up to the first true one, or all when none was. ``holders``: who has to show it, [] when nobody could.

    ``answers`` are the departments' answers about it; ``waived_by`` is the one that stands for the original, if one does.
    ``not_waivable``: the pack never leaves this original out, whatever a department says.
    """

    application: int
    material: str
    name: Text
    needed: bool
    tried: tuple[OccasionTried, ...]
    holders: tuple[str, ...] = ()
    one_is_enough: bool = False
    state: str = ""
    answers: tuple[DepartmentResult, ...] = ()
    waived_by: Waiver | None = None
    not_waivable: bool = False


def explain(pack: Pack, case: CaseInput, answers: Answers | None = None) -> tuple[MaterialExplained, ...]:
    """Every requirement of the pack for every application of the case, in the order of the checklist."""
    evaluation = evaluate(pack, case, answers or Answers(), visit_over=False)
    outcomes = {(m.application, m.material): m for m in evaluation.materials}
    return tuple(
        _explained(pack, case, index, requirement, facts, outcomes.get((index, requirement.material)))
        for index in range(len(case.applications))
        for facts in [facts_of(case, index, pack.parameters, pack.facts)]
        for requirement in pack.requirements
    )


def _explained(
    pack: Pack, case: CaseInput, index: int, requirement: Requirement, facts: Facts, outcome: MaterialOutcome | None
) -> MaterialExplained:
    name = text("policy.verbatim", **{lang: pack.material_name(requirement.material, lang) for lang in _LANGUAGES})
    tried = tuple(_tried(pack, requirement.required_when, facts))
    codes = (*requirement.codes, *requirement.waived_by)
    holders, one = _holders(requirement, facts)
    return MaterialExplained(
        application=index,
        material=requirement.material,
        name=name,
        needed=outcome is not None,
        tried=tried,
        holders=holders,
        one_is_enough=one,
        state=outcome.state.value if outcome else "",
        answers=tuple(_named(pack, a) for a in case.departments[index] if a.about in codes),
        waived_by=outcome.waived_by if outcome else None,
        not_waivable=not pack.waivable.intersection(codes),
    )


def _named(pack: Pack, answer: DepartmentResult) -> DepartmentResult:
    """The answer with its department, by the pack where the answer does not say."""
    issuer = pack.materials[answer.about].department
    return answer if answer.department or issuer is None else replace(answer, department=issuer.zh_CN)


_LANGUAGES = ("zh_CN", "zh_TW", "en")


def _tried(pack: Pack, occasions: Sequence[Occasion], facts: Facts) -> Iterator[OccasionTried]:
    plain = {k: str(v) for k, v in pack.parameters.items() if isinstance(v, str | int)}
    for occasion in occasions:
        holds = occasion.when.holds(facts)
        used = tuple(_used(pack, occasion.when, facts))
        yield OccasionTried(occasion.when.source, holds, occasion.rule, occasion.why.text(**plain), used)
        if holds:
            return


def _holders(requirement: Requirement, facts: Facts) -> tuple[tuple[str, ...], bool]:
    if requirement.each is not None:
        return requirement.each.names(facts), False
    if requirement.any is not None:
        return requirement.any.names(facts), True
    roles = requirement.roles.names(facts) if requirement.roles else ()
    return (requirement.holder.replace("{person}", roles[0] if roles else "guardian"),), True


def _used(pack: Pack, expression: Expression, facts: Facts) -> Iterator[FactUsed]:
    for name in expression.facts:
        if name == "policy":
            for member in expression.members("policy"):
                value = pack.parameters[member]
                yield FactUsed(f"policy.{member}", text("pack.fact.policy", name=member), value, _plain(value))
        elif name in facts.values:
            value = facts.values[name]
            yield FactUsed(name, _label(pack, name), value, _words(pack, name, value))


def _label(pack: Pack, name: str) -> Text:
    own = pack.facts.get(name)
    return own.name.text() if own else text(f"pack.fact.{name}")


def _words(pack: Pack, name: str, value: Any) -> Text:
    """A value in words: codes by the pack's or the catalogue's name for them, roles by what the service calls them."""
    if isinstance(value, list | tuple):
        return _joined([_words(pack, name, item) for item in value])
    own = pack.facts.get(name)
    known: Mapping[str, Any] = own.values if own else {}
    if value in known:
        return known[value].text()
    if isinstance(value, str):
        for key in (f"pack.value.{name}.{value}", f"pack.value.{value}"):
            if key in catalogue("zh_CN"):
                return Text(key)
        if name.endswith(("_roles", "_guardians", "guardians_from_elsewhere")):
            return pack.role_name(value)
    return _plain(value)


def _plain(value: Any) -> Text:
    if isinstance(value, bool):
        return text("pack.value.yes" if value else "pack.value.no")
    if value is None or value == "":
        return text("pack.value.nothing")
    return text("pack.value.as_is", value=value)


def _joined(parts: Sequence[Text]) -> Text:
    if not parts:
        return text("pack.value.nobody")
    joined = parts[0]
    for part in parts[1:]:
        joined = text("pack.value.and", first=joined, second=part)
    return joined
