"""A family that comes again need not show what this desk has verified before: as long as neither what was declared nor the rule has changed.

Each decision keeps, for every document, a digest of the declared values and of the rule by which it was judged (``rests_on``). A later
visit compares: equal, and the document's pages and answers come over as one event; different, and the original is asked for again.
The rules themselves are applied anew to what came over, with the day of the new visit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from kiosk.case.events import CarriedOver
from kiosk.case.state import CaseState, PageState
from kiosk.desk.assess import assess
from kiosk.desk.rules import Rules
from kiosk.texts import Text, text
from kiosk.wire.models import ApplicationRecord

_IN_ORDER = ("match", "not_applicable")
_NOT_IN_ORDER = ("RETURNED", "ATTENTION")


def rests_on(rules: Rules, record: ApplicationRecord, doc_ids: Collection[str]) -> dict[str, str]:
    """doc_id → digest of the declared values and the rule by which that document is judged."""
    pack, declared = rules.of(record), rules.expected_values(record)
    found: dict[str, str] = {}
    for doc_id in doc_ids:
        rule = pack.materials.get(doc_id.split(":", 1)[0])
        if rule is not None and doc_id in declared:
            by = (rule.pages, rule.compare, rule.seals, rule.person_looks, rule.copy_accepted)
            basis = json.dumps([sorted(declared[doc_id].items()), repr(by)], ensure_ascii=False)
            found[doc_id] = hashlib.sha256(basis.encode("utf-8")).hexdigest()
    return found


def carried_over(rules: Rules, record: ApplicationRecord, state: CaseState) -> CarriedOver | None:
    """What the visit before this one verified and still holds; None when there is nothing. ``state``: the new visit, just opened."""
    before = state.previous
    if before is None or before.decision is None or before.visit is None or before.visit.pack != record.pack:
        return None
    decision = before.decision
    documents = before.documents()
    same = rests_on(rules, record, documents)
    doubtful = {
        str(doc_id) for doc_id, _, settled, *_ in decision.evaluation.get("fields", ()) if settled not in _IN_ORDER
    }
    doubtful |= _of_materials(
        documents,
        {str(code) for code, standing in decision.evaluation.get("materials", ()) if standing in _NOT_IN_ORDER},
    )
    held = [
        doc_id
        for doc_id in documents
        if doc_id not in doubtful and doc_id in same and same[doc_id] == decision.rests_on.get(doc_id)
    ]
    if not held:
        return None
    return CarriedOver(
        paper_no=decision.paper_no,
        docs={doc_id: documents[doc_id][0].carried_on or before.visit.desk_date for doc_id in held},
        questions=_answers_that_hold(rules, record, before, held),
    )


def _of_materials(documents: Collection[str], materials: Collection[str]) -> set[str]:
    """The documents of these materials, alternatives ("C01|C02") among them."""
    codes = {code for material in materials for code in material.split("|")}
    return {doc_id for doc_id in documents if doc_id.split(":", 1)[0] in codes}


def _answers_that_hold(rules: Rules, record: ApplicationRecord, before: CaseState, held: Collection[str]) -> list[str]:
    """Questions that were answered with yes, and were asked about nothing but documents that come over."""
    asked = assess(rules, record, replace(before, question_answers={}))
    about = {q.id: {q.doc_id} for q in asked.over.questions} | {q.question_id: {q.doc_id} for q in asked.questions}
    for check in asked.over.cross_checks:
        for question_id in about:
            if question_id.split(":")[2:3] == [check.code]:
                docs = [set(part.docs) for part in check.parts if about[question_id] & set(part.docs)]
                about[question_id] = about[question_id].union(*docs)
    agreed = {question_id for question_id, said in before.question_answers.items() if said.answer}
    return sorted(q for q, docs in about.items() if q in agreed and docs <= set(held))


def form_holds(state: CaseState, record: ApplicationRecord) -> bool:
    """The application form was seen by its code at the visit before, and nothing was declared anew since."""
    before = state.previous
    if before is None or before.visit is None or before.visit.record_revision != record.revision:
        return False
    return before.form_seen or before.visit.via == "code"


def told(act: CarriedOver) -> Text:
    """How much of it the family need not show again, and since when."""
    return text("flow.carried.note", count=len(act.docs), day=day_in_words(max(act.docs.values())))


def seen_before(pages: Collection[PageState]) -> str:
    """The day on which a document was seen, "" when any page of it was shown in this visit."""
    days = {page.carried_on for page in pages}
    return "" if "" in days or not days else max(days)


def day_in_words(day: str) -> Text:
    """2014-04-19 → 4月19日."""
    parsed = date.fromisoformat(day)
    return text("flow.carried.day", month=parsed.month, day=parsed.day)
