"""What a new version of a pack would change: the same cases decided by both, compared line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.policy.evaluation import Evaluation

Change = tuple[str, str, str]  # what, before, after; "" where there was or is nothing


@dataclass(frozen=True)
class ApplicationDiff:
    """One application under both versions. Only what differs; nothing differs when every part is empty."""

    application: int
    decision: Change | None = None
    category: Change | None = None
    reasons_added: tuple[str, ...] = ()
    reasons_dropped: tuple[str, ...] = ()
    materials_added: tuple[str, ...] = ()
    materials_dropped: tuple[str, ...] = ()
    materials_changed: tuple[Change, ...] = ()
    fields: tuple[Change, ...] = ()
    checks: tuple[Change, ...] = ()

    @property
    def same(self) -> bool:
        return self == ApplicationDiff(self.application)


def compare_evaluations(before: Evaluation, after: Evaluation) -> tuple[ApplicationDiff, ...]:
    """One entry for each application, in order. Both must be of the same case."""
    return tuple(_application(before, after, d.application) for d in before.decisions)


def _application(before: Evaluation, after: Evaluation, index: int) -> ApplicationDiff:
    one, other = before.decision(index), after.decision(index)
    old, new = _materials(before, index), _materials(after, index)
    old_reasons = [f"{r.code} {r.about}" for r in one.reasons]
    new_reasons = [f"{r.code} {r.about}" for r in other.reasons]
    category = (one.category or "", other.category or "")
    return ApplicationDiff(
        application=index,
        decision=("", one.decision, other.decision) if one.decision != other.decision else None,
        category=("", *category) if all(category) and category[0] != category[1] else None,
        reasons_added=tuple(r for r in new_reasons if r not in old_reasons),
        reasons_dropped=tuple(r for r in old_reasons if r not in new_reasons),
        materials_added=tuple(m for m in new if m not in old),
        materials_dropped=tuple(m for m in old if m not in new),
        materials_changed=_changes(
            {m: s for m, s in old.items() if m in new}, {m: s for m, s in new.items() if m in old}
        ),
        fields=_changes(_fields(before, index), _fields(after, index)),
        checks=_changes(_checks(before, index), _checks(after, index)),
    )


def _materials(evaluation: Evaluation, index: int) -> dict[str, str]:
    return {m.material: m.state.value for m in evaluation.materials if m.application == index}


def _fields(evaluation: Evaluation, index: int) -> dict[str, str]:
    return {f"{v.doc_id} {v.field}": v.settled for v in evaluation.field_verdicts if v.application == index}


def _checks(evaluation: Evaluation, index: int) -> dict[str, str]:
    return {c.code: c.settled for c in evaluation.cross_checks if c.application == index}


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Change, ...]:
    names = dict.fromkeys((*old, *new))
    pairs = ((name, old.get(name, ""), new.get(name, "")) for name in names)
    return tuple(change for change in pairs if change[1] != change[2])


@dataclass
class DiffSummary:
    """Counts over many cases."""

    applications: int = 0
    changed: int = 0
    decisions: Counter[str] = field(default_factory=Counter)  # "RECEIPT → RETURN"
    materials_added: Counter[str] = field(default_factory=Counter)
    materials_dropped: Counter[str] = field(default_factory=Counter)
    reasons_added: Counter[str] = field(default_factory=Counter)
    reasons_dropped: Counter[str] = field(default_factory=Counter)

    def add(self, diff: ApplicationDiff) -> None:
        self.applications += 1
        self.changed += not diff.same
        if diff.decision:
            self.decisions[f"{diff.decision[1]} → {diff.decision[2]}"] += 1
        self.materials_added.update(diff.materials_added)
        self.materials_dropped.update(diff.materials_dropped)
        self.reasons_added.update(r.split(" ", 1)[0] for r in diff.reasons_added)
        self.reasons_dropped.update(r.split(" ", 1)[0] for r in diff.reasons_dropped)
