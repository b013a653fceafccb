"""One verdict for each compared field of each document: rule, reader's evidence and person's answer, in that order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.matching.characters import unreadable_characters
from kiosk.matching.compare import compare
from kiosk.matching.result import Comparison, Verdict
from kiosk.policy.binding import BoundField, bind, printed_names
from kiosk.policy.case_input import Answers, Document, Evidence
from kiosk.policy.evaluation import FieldVerdict, Settled
from kiosk.policy.pack import Pack
from kiosk.policy.paths import declared_value
from kiosk.texts import Text, text

# Sources that give exact characters; a name they confirm needs no second look for rare characters.
_EXACT_SOURCES = frozenset({"chip", "mrz", "barcode", "data"})


@dataclass(frozen=True)
class _Judgement:
    comparison: Comparison
    machine: Verdict
    why: Text
    proposal: bool = False


def judge_document(
    pack: Pack,
    application: Mapping[str, Any],
    index: int,
    document: Document,
    candidates: Sequence[str],
    answers: Answers,
) -> list[FieldVerdict]:
    """The verdicts of one document for one application, in the order of the pack."""
    material = pack.materials.get(document.material)
    if material is None:
        return []
    bound = [b for b in bind(material, application, index, document, candidates) if _is_compared(b, document)]
    verdicts: dict[str, FieldVerdict] = {}
    for item in sorted(bound, key=lambda b: bool(b.number)):  # numbers first: they settle names
        agrees = item.number in verdicts and verdicts[item.number].settled == "match"
        verdicts[item.field] = _judge(pack, index, document, item, agrees, answers, _han(item, application))
    return [verdicts[b.field] for b in bound]


def _is_compared(bound: BoundField, document: Document) -> bool:
    if bound.declared is None or (not bound.declared.strip() and bound.compared.optional):
        return False
    if bound.field in printed_names(document):
        return True
    return not bound.compared.optional and document.pages is None


def _han(bound: BoundField, application: Mapping[str, Any]) -> str:
    """The name in characters beside a Latin one: it tells how an umlaut may be spelled."""
    if bound.compared.compared_by != "latin_name":
        return ""
    parent, _, _ = bound.declared_path.rpartition(".")
    return declared_value(application, f"{parent}.name") or ""


def _judge(
    pack: Pack, index: int, document: Document, bound: BoundField, agrees: bool, answers: Answers, han: str
) -> FieldVerdict:
    declared = bound.declared or ""
    printed = document.texts.get(bound.field, "")
    evidence = document.evidence.get(bound.field)
    judgement = _by_machine(bound, declared, printed, evidence, agrees, han)
    answer = answers.of_field(document.doc_id, bound.field)
    settled: Settled = judgement.machine.value if answer is None else answer
    return FieldVerdict(
        application=index,
        doc_id=document.doc_id,
        material=document.material,
        field=bound.field,
        field_class=bound.compared.field_class,
        label=pack.labels[bound.compared.label].text(),
        declared_path=bound.declared_path,
        declared=declared,
        printed=printed,
        comparison=judgement.comparison,
        verdict=judgement.comparison.verdict,
        machine_verdict=judgement.machine,
        settled=settled,
        by_person=answer is not None,
        proposal=judgement.proposal and answer is None,
        why=judgement.why,
        reason=bound.compared.reason,
        covered_by=bound.compared.covered_by,
        comparator=bound.compared.compared_by,
        source=evidence.source if evidence else "",
    )


def _by_machine(
    bound: BoundField, declared: str, printed: str, evidence: Evidence | None, agrees: bool, han: str
) -> _Judgement:
    comparator = bound.compared.compared_by
    if evidence is None:
        comparison = compare(comparator, declared, printed, number_agrees=agrees, han=han)
        rare = unreadable_characters(declared + printed) if bound.compared.field_class == "name" else ""
        if comparison.verdict is Verdict.MATCH and rare:
            return _Judgement(comparison, Verdict.ASK, text("policy.field.rare_character", characters=rare))
        return _Judgement(comparison, comparison.verdict, comparison.why)
    comparison = compare(comparator, declared, printed, number_agrees=agrees, han=han, from_reader=True)
    return _weigh(bound, declared, evidence, comparison)


def _weigh(bound: BoundField, declared: str, evidence: Evidence, comparison: Comparison) -> _Judgement:
    """The reader's verdict of the declared value, never above what rules allow (domain.md §4.1)."""
    match evidence.verdict:
        case "match":
            rare = unreadable_characters(declared) if bound.compared.field_class == "name" else ""
            if rare and evidence.source not in _EXACT_SOURCES:
                return _Judgement(comparison, Verdict.ASK, text("policy.field.rare_character", characters=rare))
            return _Judgement(comparison, Verdict.MATCH, text("policy.field.reader_match"))
        case "mismatch":
            if comparison.verdict is Verdict.MISMATCH:
                return _Judgement(comparison, Verdict.MISMATCH, comparison.why, proposal=True)
            return _Judgement(comparison, Verdict.ASK, text("policy.field.reader_contradicts"))
        case "cannot_tell":
            return _Judgement(comparison, Verdict.ASK, text("policy.field.reader_unsure"))
        case "not_found":
            return _Judgement(comparison, Verdict.ASK, text("policy.field.not_found"))
        case None:
            proposal = comparison.verdict is Verdict.MISMATCH
            return _Judgement(comparison, comparison.verdict, comparison.why, proposal=proposal)
