"""All expected sets of one capture, judged field by field, roles bound to their slots."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from machine_zone import MachineZone
from scanner.fields import FieldEvidence
from scanner.judge.binding import bind_roles, roles_of, split_role
from scanner.judge.ctc import Evidence
from scanner.judge.verdict import Judgement, Question, alphabet_of, judge
from scanner.layouts.model import FieldSpec, Layout
from scanner.layouts.regions import FieldPlace
from scanner.mrz import Witness, weigh, zone_fields, zone_witness
from scanner.text.folding import fold_text
from scanner.types import Barcode, ExpectedSet, FieldReading, Verdict

HOPELESS = -10.0  # a reading as long as the value that fits it this badly says something else, however it is cut out

DAY_FIRST = re.compile(r"(\d\d-\d\d-)\d\d(\d\d)")

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
        barcodes: Sequence[Barcode] = (),
        zone: MachineZone | None = None,
    ) -> None:
        self._layout = layout
        self._places = {(place.name, place.slot): place for place in places}
        self._evidence = evidence
        self._forms = forms
        self._alphabet = alphabet_of(dictionary)
        self._coded = coded_values(layout, barcodes) if layout is not None else {}
        self._zone = zone
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
                return self._likeness(place, value) if place is not None else 0.0

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
        said = zone_witness(self._zone, name)
        if place is None or (place.room is None and not place.pieces):
            return self._by_zone_alone(name, value, said)
        judgement = self._judge(place, value)
        seen = self._reading(key)
        if (coded := self._coded.get(place.name)) is not None:
            judgement, seen = self._with_code(place, value, judgement, seen, coded)
        if said is not None:
            verdict, reason = weigh(said, (value, *self._forms(said.cls, value)), judgement.verdict, judgement.reason)
            if reason != judgement.reason:
                judgement = replace(judgement, verdict=verdict or Verdict.CANNOT_TELL, reason=reason)
                seen = replace(seen, text=said.text, score=1.0, source="mrz")
        return replace(seen, name=name, verdict=judgement.verdict, reason=judgement.reason, margin=judgement.margin)

    def _by_zone_alone(self, name: str, value: str, said: Witness | None) -> FieldReading:
        """A field that this page prints nowhere but in its zone (the back of a permit)."""
        if said is None:
            return _nothing(name, "no_such_field")
        verdict, reason = weigh(said, (value, *self._forms(said.cls, value)), Verdict.CANNOT_TELL, "mrz_unchecked")
        return FieldReading(name, said.text, 1.0, (), "mrz", verdict, reason)

    def _judge(self, place: FieldPlace, value: str) -> Judgement:
        key = (place.name, place.slot, value)
        if key not in self._judged:
            question = self._question(place, value)
            first = self._over_frames(place, question)
            self._judged[key] = first if first.verdict is Verdict.MATCH else self._look_again(place, question, first)
        return self._judged[key]

    def _question(self, place: FieldPlace, value: str) -> Question:
        forms = dict.fromkeys((value, *self._forms(place.spec.cls, value)))
        if place.spec.short_year:
            forms = dict.fromkeys(DAY_FIRST.sub(r"\1\2", form) for form in forms if DAY_FIRST.fullmatch(form)) or forms
        return _question(place.spec, tuple(forms), place.sure)

    def _likeness(self, place: FieldPlace, value: str) -> float:
        """How well a value fits the sharpest frame: enough to tell whose page it is."""
        key = (place.name, place.slot, value)
        if key in self._judged:
            return self._judged[key].fit
        return judge(self._question(place, value), list(islice(self._evidence.frames(place), 1)), self._alphabet).fit

    def _over_frames(self, place: FieldPlace, question: Question) -> Judgement:
        """Frame after frame, until they agree with the record, or two of them together contradict it."""
        seen: list[Evidence] = []
        judgement = judge(question, seen, self._alphabet)
        for evidence in self._evidence.frames(place):
            seen.append(evidence)
            judgement = judge(question, seen, self._alphabet)
            if judgement.verdict is Verdict.MATCH or (judgement.verdict is Verdict.MISMATCH and len(seen) > 1):
                break
        return judgement

    def _look_again(self, place: FieldPlace, question: Question, first: Judgement) -> Judgement:
        """What did not agree at once is cut out differently before it counts: a match may be found, a mismatch lost."""
        complete = not first.truncated and first.fit < HOPELESS
        if first.reason == "outside_dictionary" or complete:
            return first
        contradicted = first.verdict is Verdict.MISMATCH and not first.truncated
        for look in self._looks(place, first.truncated):
            again = judge(question, look, self._alphabet)
            if again.verdict is Verdict.MATCH and not contradicted:
                return again
            if again.verdict is not Verdict.MISMATCH and first.verdict is Verdict.MISMATCH:
                first = replace(first, verdict=Verdict.CANNOT_TELL, reason="unclear_print")
        return first

    def _looks(self, place: FieldPlace, truncated: bool) -> Iterator[list[Evidence]]:
        if (wider := self._evidence.wider_look(place)) is not None:
            yield [wider]
        if truncated and (longer := self._evidence.longer_look(place)) is not None:
            yield [longer]
        if varied := self._evidence.varied_looks(place):
            yield varied

    def _with_code(
        self, place: FieldPlace, value: str, judgement: Judgement, seen: FieldReading, coded: str
    ) -> tuple[Judgement, FieldReading]:
        """A symbol on the page says the value too: a second witness, or a contradiction for a person."""
        agrees = fold_text(coded).upper() in {
            fold_text(f).upper() for f in (value, *self._forms(place.spec.cls, value))
        }
        seen = replace(seen, text=coded, score=1.0, source="barcode")
        if agrees and judgement.verdict is not Verdict.MISMATCH:
            return replace(judgement, verdict=Verdict.MATCH, reason="barcode_agrees"), seen
        if not agrees and judgement.verdict is not Verdict.MATCH:
            return replace(judgement, verdict=Verdict.MISMATCH, reason="barcode_differs"), seen
        return replace(judgement, verdict=Verdict.CANNOT_TELL, reason="barcode_against_print"), seen

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
        held = (*zone_fields(self._layout.kind if self._layout else None), *(n for n in names if n.startswith("mrz[")))
        for name in held:
            if (said := zone_witness(self._zone, name)) is not None and (
                said.checked or name not in names or "[" in name
            ):
                seen = names.get(name, FieldReading(name, "", 0.0))
                names[name] = replace(seen, text=said.text, score=1.0, source="mrz")
        return names

    def _page_name(self, bound: Mapping[tuple[str, str], int]) -> str | None:
        if self._layout is None:
            return None
        if self._layout.page == "member" and len(bound) == 1:
            ((_, role),) = bound
            return f"member_{role}"
        return self._layout.page


def coded_values(layout: Layout, barcodes: Sequence[Barcode]) -> dict[str, str]:
    """Field → value, from the accepted symbols that the layout says carry one."""
    values: dict[str, str] = {}
    for spec in layout.barcodes:
        for code in barcodes:
            if spec.field and code.accepted and code.format == spec.format and code.text.startswith(spec.prefix):
                values[spec.field] = code.text.removeprefix(spec.prefix)
    return values


def _question(spec: FieldSpec, forms: tuple[str, ...], sure: bool) -> Question:
    return Question(spec.cls, forms, spec.before, spec.after, spec.pattern, sure)


def _nothing(name: str, reason: str) -> FieldReading:
    return FieldReading(name, "", 0.0, verdict=Verdict.NOT_FOUND, reason=reason)
