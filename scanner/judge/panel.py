"""All expected sets of one capture, judged field by field, roles bound to their slots."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from scanner.fields import FieldEvidence
from scanner.judge.binding import bind_roles, roles_of, split_role
from scanner.judge.verdict import Judgement, Question, judge
from scanner.layouts.model import FieldSpec, Layout
from scanner.layouts.regions import FieldPlace
from scanner.types import ExpectedSet, FieldReading, Verdict

PrintedForms = Callable[[str, str], tuple[str, ...]]


class Panel:
    """Judges one page. ``layout`` None: the page is unknown and every expected value is *not found*."""

    def __init__(
        self,
        layout: Layout | None,
        places: Sequence[FieldPlace],
        evidence: FieldEvidence,
        forms: PrintedForms,
        dictionary: frozenset[str],
    ) -> None:
        self._layout = layout
        self._places = {(place.name, place.slot): place for place in places}
        self._evidence = evidence
        self._forms = forms
        self._dictionary = dictionary
        self._judged: dict[tuple[str, int, str], Judgement] = {}
        self._readings: dict[tuple[str, int], FieldReading] = {}

    def report(
        self, expects: Mapping[str, ExpectedSet], kind: str | None
    ) -> tuple[dict[str, FieldReading], dict[str, dict[str, FieldReading]], str | None]:
        """Plain readings by field, verdicts by set and field, and the page's name."""
        bound = {key: self._bind(wanted.values) for key, wanted in expects.items()}
        verdicts = {key: self._judge_set(wanted, bound[key], kind) for key, wanted in expects.items()}
        roles = {frozenset(b.items()) for b in bound.values() if b}
        agreed = dict(next(iter(roles))) if len(roles) == 1 else {}
        return self._plain(agreed), verdicts, self._page_name(agreed)

    def _groups(self) -> set[str]:
        return {name.split("[*]")[0] for name, _ in self._places if "[*]" in name}

    def _bind(self, values: Mapping[str, str]) -> dict[tuple[str, str], int]:
        """(group, role) → slot, for the groups of this layout."""
        bound: dict[tuple[str, str], int] = {}
        for group in self._groups():
            slots = sorted({slot for name, slot in self._places if name.startswith(f"{group}[*]")})

            def likeness(attribute: str, slot: int, value: str, group: str = group) -> float:
                place = self._places.get((f"{group}[*].{attribute}", slot))
                return self._judge(place, value).fit if place is not None else 0.0

            bound |= {
                (group, role): slot for role, slot in bind_roles(roles_of(values, group), slots, likeness).items()
            }
        return bound

    def _judge_set(
        self, wanted: ExpectedSet, bound: Mapping[tuple[str, str], int], kind: str | None
    ) -> dict[str, FieldReading]:
        if self._layout is None:
            return {name: _nothing(name, "unknown_document") for name in wanted.values}
        if wanted.kind is not None and wanted.kind not in self._layout.kinds():
            return {name: _nothing(name, "other_document") for name in wanted.values}
        return {name: self._judge_field(name, value, bound) for name, value in wanted.values.items()}

    def _judge_field(self, name: str, value: str, bound: Mapping[tuple[str, str], int]) -> FieldReading:
        key: tuple[str, int] = (name, 0)
        parts = split_role(name)
        if key not in self._places and parts is not None:
            group, role, attribute = parts
            if (group, role) not in bound:
                return _nothing(name, "not_on_this_page")
            key = (f"{group}[*].{attribute}", bound[group, role])
        place = self._places.get(key)
        if place is None or (place.room is None and not place.pieces):
            return _nothing(name, "no_such_field")
        judgement = self._judge(place, value)
        seen = self._reading(key)
        return FieldReading(
            name, seen.text, seen.score, seen.box, seen.source, judgement.verdict, judgement.reason, seen.crop_jpeg
        )

    def _judge(self, place: FieldPlace, value: str) -> Judgement:
        key = (place.name, place.slot, value)
        if key not in self._judged:
            forms = dict.fromkeys((value, *self._forms(place.spec.cls, value)))
            self._judged[key] = judge(
                _question(place.spec, tuple(forms), place.sure), self._evidence.frames(place), self._dictionary
            )
        return self._judged[key]

    def _reading(self, key: tuple[str, int]) -> FieldReading:
        if key not in self._readings:
            place = self._places[key]
            text, score = self._evidence.text(place)
            box = self._evidence.box(place)
            corners = () if box is None else tuple((float(x), float(y)) for x, y in box)
            self._readings[key] = FieldReading(
                place.name, text, score, corners, crop_jpeg=self._evidence.crop_jpeg(place)
            )
        return self._readings[key]

    def _plain(self, bound: Mapping[tuple[str, str], int]) -> dict[str, FieldReading]:
        names: dict[str, FieldReading] = {}
        role_of = {(group, slot): role for (group, role), slot in bound.items()}
        several = {name for name, slot in self._places if slot > 0}
        for key, place in self._places.items():
            name, slot = key
            if "[*]" in name:
                group = name.split("[*]")[0]
                role = role_of.get((group, slot)) or (str(slot + 1) if name in several else "*")
                name = name.replace("[*]", f"[{role}]", 1)
            if place.pieces:
                seen = self._reading(key)
                names[name] = FieldReading(name, seen.text, seen.score, seen.box, seen.source, crop_jpeg=seen.crop_jpeg)
        return names

    def _page_name(self, bound: Mapping[tuple[str, str], int]) -> str | None:
        if self._layout is None:
            return None
        if self._layout.page == "member" and len(bound) == 1:
            ((_, role),) = bound
            return f"member_{role}"
        return self._layout.page


def _question(spec: FieldSpec, forms: tuple[str, ...], sure: bool) -> Question:
    return Question(spec.cls, forms, spec.before, spec.after, spec.pattern, sure)


def _nothing(name: str, reason: str) -> FieldReading:
    return FieldReading(name, "", 0.0, verdict=Verdict.NOT_FOUND, reason=reason)
