"""What the engine is asked about: a family's applications, the departments' answers, and what was read of its documents.

The shape is that of a family of families.json without ``expected``; a document may carry ``evidence`` (what the reader said of its
declared values) and ``pages`` (which pages were shown). Parsing is tolerant: unknown keys are ignored, missing ones are blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, get_args

from kiosk.matching.dates import parse_date

ReaderVerdict = Literal["match", "mismatch", "cannot_tell", "not_found"]
FieldAnswer = Literal["match", "mismatch", "unreadable"]
_MEMBER = re.compile(r"members\[([^\]]+)\]\.")


class CaseFormatError(ValueError):
    """The case lacks what no rule can do without, or has another shape than a family."""


@dataclass(frozen=True)
class Evidence:
    """The reader's word on one field: text as read and its verdict of the declared value (None: none was expected)."""

    text: str = ""
    verdict: ReaderVerdict | None = None
    score: float = 0.0
    reason: str = ""
    source: str = "ocr"


@dataclass(frozen=True)
class DepartmentResult:
    """``about`` is a material code or HOUSELOCK; ``result`` matched | conflict | not_found | unavailable | locked | same_family."""

    about: str
    result: str
    detail: str = ""
    department: str = ""
    date: str = ""


@dataclass(frozen=True)
class Document:
    """One original. ``texts`` are its printed values by dotted name (``members[child].name``); ``raw`` the fields as given."""

    doc_id: str
    material: str
    holder: str
    applications: frozenset[int] | None  # None: shared by all applications of the family
    texts: Mapping[str, str]
    raw: Mapping[str, Any]
    evidence: Mapping[str, Evidence]
    pages: frozenset[str] | None  # None: shown whole
    seals: tuple[str, ...] | None  # None: nobody looked
    is_copy: bool = False  # a copy was laid down where the original is needed
    unreadable: bool = False  # somebody said that this paper cannot be read

    @cached_property
    def member_roles(self) -> tuple[str, ...]:
        """The roles of a household register's pages, as printed fields name them, in their order."""
        found = (_MEMBER.match(name) for name in (*self.texts, *self.evidence))
        return tuple(dict.fromkeys(m[1] for m in found if m))

    def concerns(self, application: int) -> bool:
        return self.applications is None or application in self.applications

    @property
    def machine_read(self) -> bool:
        return bool(self.evidence)


@dataclass(frozen=True)
class CaseInput:
    """``form_seen``: the application form opened the case (its code was read at check-in), so it need not be laid down again."""

    policy: str
    desk_date: str
    desk_kind: str
    applications: tuple[Mapping[str, Any], ...]
    departments: tuple[tuple[DepartmentResult, ...], ...]  # one tuple for each application
    documents: tuple[Document, ...] = ()
    form_seen: bool = True
    proxy: bool = False

    @classmethod
    def from_json(cls, data: Any) -> CaseInput:
        """Raises CaseFormatError when there is no application, desk day or policy, or a part has the wrong shape."""
        if not isinstance(data, Mapping):
            raise CaseFormatError("expected one family as an object")
        applications = _list(data, "applications")
        if not applications:
            raise CaseFormatError("applications: expected a list with at least one application object")
        for i, application in enumerate(applications):
            _check_application(f"applications[{i}]", application)
        desk = data.get("desk") or {}
        day = parse_date(str(desk.get("date") or "")) if isinstance(desk, Mapping) else None
        if day is None:
            raise CaseFormatError("desk.date: expected the day of the visit, like 2014-04-19")
        if not data.get("policy"):
            raise CaseFormatError("policy: expected the id of a service pack, like NS2014")
        return cls(
            policy=str(data["policy"]),
            desk_date=day.isoformat(),
            desk_kind=str(desk.get("kind", "verify")),
            applications=tuple(applications),
            departments=_departments(_list(data, "department_results"), len(applications)),
            documents=_documents(_list(data, "documents"), len(applications)),
            form_seen=bool(desk.get("form_seen", True)),
            proxy=bool(desk.get("proxy", False)),
        )


@dataclass(frozen=True)
class Answers:
    """What persons said: of single fields by (doc_id, field), of the engine's questions by question id."""

    fields: Mapping[tuple[str, str], FieldAnswer] = field(default_factory=dict)
    questions: Mapping[str, bool] = field(default_factory=dict)

    def of_field(self, doc_id: str, name: str) -> FieldAnswer | None:
        direct = self.fields.get((doc_id, name))
        if direct is not None:
            return direct
        answered = self.questions.get(field_question_id(doc_id, name))
        return None if answered is None else ("match" if answered else "mismatch")


def field_question_id(doc_id: str, name: str) -> str:
    return f"field:{doc_id}:{name}"


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    value = data.get(key) or []
    if not isinstance(value, list):
        raise CaseFormatError(f"{key}: expected a list")
    return value


# What the rules look into: objects, lists of objects, and words in them that must be words.
_OBJECTS = ("child", "household", "housing", "custody")
_LISTS = ("guardians", "other_parents", "grandparents", "other_relatives", "privilege", "residence_permits")
_WORDS = ("role", "hukou", "id_type", "kind", "holder", "lessee", "material", "to", "type", "sex")


def _check_application(place: str, application: Any) -> None:
    if not isinstance(application, Mapping):
        raise CaseFormatError(f"{place}: expected an object")
    if isinstance(application.get("hukou_category"), Mapping | list):
        raise CaseFormatError(f"{place}.hukou_category: expected a word")
    for key in _OBJECTS:
        value = application.get(key)
        if value is not None:
            _check_object(f"{place}.{key}", value)
    for key in _LISTS:
        value = application.get(key)
        if value is not None and not isinstance(value, list):
            raise CaseFormatError(f"{place}.{key}: expected a list")
        for i, item in enumerate(value or []):
            _check_object(f"{place}.{key}[{i}]", item)


def _check_object(place: str, value: Any) -> None:
    if not isinstance(value, Mapping):
        raise CaseFormatError(f"{place}: expected an object")
    for word in _WORDS:
        if isinstance(value.get(word), Mapping | list):
            raise CaseFormatError(f"{place}.{word}: expected a word")


def _departments(items: list[Any], count: int) -> tuple[tuple[DepartmentResult, ...], ...]:
    sorted_out: list[list[DepartmentResult]] = [[] for _ in range(count)]
    for i, item in enumerate(items):
        if not isinstance(item, Mapping):
            raise CaseFormatError(f"department_results[{i}]: expected an object with about and result")
        about, said, detail, department = (str(item.get(k) or "") for k in ("about", "result", "detail", "department"))
        result = DepartmentResult(about, said, detail, department, _day(item))
        for index in _concerned(f"department_results[{i}]", item.get("application", "shared"), count) or range(count):
            sorted_out[index].append(result)
    return tuple(tuple(results) for results in sorted_out)


def _day(item: Mapping[str, Any]) -> str:
    return str(item.get("answered_on") or item.get("date") or "")[:10]


def _documents(items: list[Any], count: int) -> tuple[Document, ...]:
    """Each under an id of its own: several papers of one kind and holder (bank statements) may come without one."""
    found: dict[str, Document] = {}
    for i, item in enumerate(items):
        document = _document(i, item, count)
        if document.doc_id in found:
            document = replace(document, doc_id=f"{document.doc_id}#{i}")
        found[document.doc_id] = document
    return tuple(found.values())


def _document(index: int, data: Any, count: int) -> Document:
    if not isinstance(data, Mapping) or not data.get("material"):
        raise CaseFormatError(f"documents[{index}].material: expected a material code, like A01")
    fields = data.get("fields") or {}
    if not isinstance(fields, Mapping):
        raise CaseFormatError(f"documents[{index}].fields: expected an object of printed values")
    given = data.get("evidence") or {}
    if not isinstance(given, Mapping):
        raise CaseFormatError(f"documents[{index}].evidence: expected an object, one entry for each field")
    evidence = {str(name): _evidence(f"documents[{index}].evidence.{name}", e) for name, e in given.items()}
    texts = flatten(fields)
    texts.update({name: e.text for name, e in evidence.items() if name not in texts and e.text})
    about = data.get("application", 0)
    material, holder = str(data["material"]), str(data.get("holder", ""))
    return Document(
        doc_id=str(data.get("doc_id") or f"{material}:{holder}"),
        material=material,
        holder=holder,
        applications=_concerned(f"documents[{index}]", about, count),
        texts=texts,
        raw=fields,
        evidence=evidence,
        pages=None if data.get("pages") is None else frozenset(map(str, _list(data, "pages"))),
        seals=_seals(f"documents[{index}].seals", data.get("seals", fields.get("seals"))),
        is_copy=bool(data.get("copy")) or data.get("original") is False,
        unreadable=data.get("unreadable") is True or data.get("readable") is False,
    )


# How a seal that is looked for and not there may be noted.
_PRESENT = ("present", "visible", "sealed")


def _seals(place: str, data: Any) -> tuple[str, ...] | None:
    """The names of the seals on the paper, None when nobody looked: a list of names or of {name, present}, or name → true or false."""
    if data is None or isinstance(data, bool):
        return None
    if isinstance(data, Mapping):
        return tuple(str(name) for name, there in data.items() if there)
    if not isinstance(data, list):
        raise CaseFormatError(f"{place}: expected a list of the seals on the paper")
    found = [item if isinstance(item, Mapping) else {"name": item} for item in data]
    return tuple(str(s.get("name", "")) for s in found if not any(s.get(key) is False for key in _PRESENT))


def _concerned(place: str, about: Any, count: int) -> frozenset[int] | None:
    """Which applications are meant; None: all of the family. Raises CaseFormatError for one that is not there."""
    if about == "shared":
        return None
    if isinstance(about, bool) or not isinstance(about, int) or not 0 <= about < count:
        raise CaseFormatError(f'{place}.application: expected 0 to {count - 1} or "shared"')
    return frozenset([about])


def _evidence(place: str, data: Any) -> Evidence:
    if not isinstance(data, Mapping) or data.get("verdict") not in (None, *get_args(ReaderVerdict)):
        raise CaseFormatError(
            f"{place}: expected an object with text and verdict ({' '.join(get_args(ReaderVerdict))})"
        )
    score = data.get("score") or 0.0
    return Evidence(
        text=str(data.get("text") or ""),
        verdict=data.get("verdict"),
        score=float(score) if isinstance(score, int | float) else 0.0,
        reason=str(data.get("reason") or ""),
        source=str(data.get("source") or "ocr"),
    )


def flatten(fields: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Nested printed values by dotted name: {"members": [{"role": "child", "name": …}]} → {"members[child].name": …}."""
    out: dict[str, str] = {}
    for key, value in fields.items():
        _flatten_value(f"{prefix}{key}", value, out)
    return out


def _flatten_value(name: str, value: Any, out: dict[str, str]) -> None:
    if isinstance(value, Mapping):
        out.update(flatten(value, f"{name}."))
    elif isinstance(value, list):
        roles: set[str] = set()
        for i, item in enumerate(value):
            if isinstance(item, Mapping):
                role = str(item.get("role") or i)  # a person without a role counts like any other
                role = role if role not in roles else f"{role}#{i}"
                roles.add(role)
                out.update(flatten({k: v for k, v in item.items() if k != "role"}, f"{name}[{role}]."))
            else:
                _flatten_value(f"{name}[{i}]", item, out)
    elif isinstance(value, bool):
        out[name] = "true" if value else "false"
    elif value is not None:
        out[name] = str(value)
