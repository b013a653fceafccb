"""Reads service packs from folders. A broken pack is refused with file, line, place and what was expected; nothing is half loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from kiosk.policy.case_input import CaseInput
from kiosk.policy.checks import CHECKS
from kiosk.policy.expressions import Expression, ExpressionError, Facts
from kiosk.policy.facts import facts_of
from kiosk.policy.pack import Pack
from kiosk.policy.schema import ChecksFile, Head, MaterialsFile, RequirementsFile

_BUILTIN = Path(__file__).parent.parent.parent / "resources" / "services"
_Model = TypeVar("_Model", bound=BaseModel)
Place = tuple[str | int, ...]


class PackError(ValueError):
    """A pack cannot be used. The message has one line a mistake: file:line: place: what was expected."""


def load_pack(folder: Path) -> Pack:
    """The pack in ``folder`` (pack.yaml, materials.yaml, requirements.yaml, checks.yaml). Raises PackError."""
    head_file, head = _read(folder / "pack.yaml", Head)
    materials_file, materials = _read(folder / "materials.yaml", MaterialsFile)
    requirements_file, requirements = _read(folder / "requirements.yaml", RequirementsFile)
    checks_file, checks = _read(folder / "checks.yaml", ChecksFile)
    pack = Pack(
        id=head.id,
        version=head.version,
        title=head.title,
        calendar=head.calendar,
        parameters=head.parameters,
        waivable=frozenset(head.waivable),
        image_retention_days=head.image_retention_days,
        category=head.category,
        paper=head.paper,
        labels=materials.labels,
        materials=materials.materials,
        requirements=requirements.requirements,
        may_show=requirements.may_show,
        checks=checks.checks,
        reasons=checks.reasons,
    )
    mistakes = [
        *(head_file.at(place, message) for place, message in _head_mistakes(pack)),
        *(materials_file.at(place, message) for place, message in _material_mistakes(pack)),
        *(requirements_file.at(place, message) for place, message in _requirement_mistakes(pack)),
        *(checks_file.at(place, message) for place, message in _check_mistakes(pack)),
    ]
    if mistakes:
        raise PackError("\n".join(mistakes))
    return pack


def load_packs(root: Path) -> dict[str, Pack]:
    """Every pack below ``root``, by id. Raises PackError when one is broken or two have the same id."""
    packs: dict[str, Pack] = {}
    for head in sorted(root.glob("*/pack.yaml")):
        pack = load_pack(head.parent)
        if pack.id in packs:
            raise PackError(f"{head}: id: {pack.id} is already the id of another pack here")
        packs[pack.id] = pack
    return packs


@lru_cache(maxsize=1)
def builtin_packs() -> Mapping[str, Pack]:
    """The packs that come with the program."""
    return load_packs(_BUILTIN)


class _Lines:
    """Where each place of a YAML file stands, for messages."""

    def __init__(self, path: Path, root: yaml.Node | None) -> None:
        self._path = path
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

    def at(self, place: Place, message: str) -> str:
        known = place
        while known and known not in self._lines:
            known = known[:-1]
        name = ".".join(map(str, place)) or "file"
        return f"{self._path}:{self._lines.get(known, 1)}: {name}: {message}"


def _read(path: Path, model: type[_Model]) -> tuple[_Lines, _Model]:
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: expected a readable UTF-8 file ({type(error).__name__})") from error
    try:
        data = yaml.safe_load(source)
        lines = _Lines(path, yaml.compose(source, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise PackError(f"{path}:{line}: file: not YAML: {getattr(error, 'problem', error)}") from error
    try:
        return lines, model.model_validate(data)
    except ValidationError as error:
        raise PackError("\n".join(lines.at(e["loc"], e["msg"]) for e in error.errors())) from error


def _sample_facts(pack: Pack) -> Facts:
    """Facts of a made-up application: enough to find predicates that name something unknown."""
    case = CaseInput.from_json(
        {"policy": pack.id, "desk": {"date": pack.calendar.verify_days[0]}, "applications": [{"x": 0}]}
    )
    return facts_of(case, 0, pack.parameters)


def _try_predicate(expression: Expression, facts: Facts) -> Iterator[str]:
    try:
        expression.holds(facts)
    except ExpressionError as error:
        yield str(error)


def _try_names(expression: Expression | None, facts: Facts) -> Iterator[str]:
    if expression is not None:
        try:
            expression.names(facts)
        except ExpressionError as error:
            yield str(error)


def _head_mistakes(pack: Pack) -> Iterator[tuple[Place, str]]:
    facts = _sample_facts(pack)
    for group in ("first", "second", "further"):
        for i, part in enumerate(getattr(pack.category, group)):
            for message in _try_predicate(part.when, facts):
                yield ("category", group, i, "when"), message
    for i, code in enumerate(sorted(pack.waivable)):
        if code not in pack.materials:
            yield ("waivable", i), f"unknown material {code!r}"


def _material_mistakes(pack: Pack) -> Iterator[tuple[Place, str]]:
    checks = {check.code for check in pack.checks}
    for code, material in pack.materials.items():
        for i, compared in enumerate(material.compare):
            place: Place = ("materials", code, "compare", i)
            if compared.label not in pack.labels:
                yield (*place, "label"), f"unknown label {compared.label!r}; expected one of labels"
            if compared.reason not in pack.reasons:
                yield (*place, "reason"), f"unknown reason code {compared.reason!r}"
            if compared.covered_by and compared.covered_by not in checks:
                yield (*place, "covered_by"), f"{compared.covered_by!r} is no check of checks.yaml"
            if compared.number and compared.number not in {c.field for c in material.compare}:
                yield (*place, "number"), f"{compared.number!r} is no compared field of {code}"


def _requirement_mistakes(pack: Pack) -> Iterator[tuple[Place, str]]:
    facts = _sample_facts(pack)
    for i, requirement in enumerate(pack.requirements):
        place: Place = ("requirements", i)
        for code in (*requirement.codes, *requirement.also_accept, *requirement.waived_by):
            if code not in pack.materials:
                yield (*place, "material"), f"unknown material {code!r}; expected a code of materials.yaml"
        if sum(bool(x) for x in (requirement.holder, requirement.each, requirement.any)) != 1:
            yield place, "expected exactly one of holder, each, any"
        for j, occasion in enumerate(requirement.required_when):
            for message in _try_predicate(occasion.when, facts):
                yield (*place, "required_when", j, "when"), message
        for key in ("each", "any", "roles"):
            for message in _try_names(getattr(requirement, key), facts):
                yield (*place, key), message

    for i, paper in enumerate(pack.may_show):
        if paper.material not in pack.materials:
            yield ("may_show", i, "material"), f"unknown material {paper.material!r}; expected a code of materials.yaml"
        for message in _try_predicate(paper.when, facts):
            yield ("may_show", i, "when"), message


def _check_mistakes(pack: Pack) -> Iterator[tuple[Place, str]]:
    for i, check in enumerate(pack.checks):
        if check.code not in CHECKS:
            yield ("checks", i, "code"), f"unknown check {check.code!r}; expected one of {', '.join(sorted(CHECKS))}"
        for key in ("reason", "refer_reason"):
            code = getattr(check, key)
            if code and code not in pack.reasons:
                yield ("checks", i, key), f"unknown reason code {code!r}; expected one of {', '.join(pack.reasons)}"
    for code in ("R-MISSING", "R-UNREADABLE", "R-DECL-DIFF", "R-COPY"):
        if code not in pack.reasons:
            yield ("reasons",), f"expected reason code {code}: the engine gives it by itself"
