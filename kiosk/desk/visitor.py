"""Who brought the papers: a parent, another guardian, the person moving in, or somebody for them. Asked once a visit; a proxy needs a letter of
authority. An application that names no guardians is the affair of the one whom it is about."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal, TypeAlias

from kiosk.case.state import CaseState
from kiosk.desk.assess import Assessment, Question
from kiosk.desk.flow_view import VisitorChoice, VisitorView
from kiosk.desk.rules import Rules
from kiosk.texts import say, text
from kiosk.wire.models import ApplicationRecord

Who: TypeAlias = Literal["father", "mother", "guardian", "applicant", "proxy"]
LETTER = "desk:proxy_letter"
_ID_CARD = "A03"
_PROXY = re.compile(r"\bproxy\b")


def who_of(role: str) -> Who:
    if role == "father":
        return "father"
    return "mother" if role == "mother" else "guardian"


def guess(record: ApplicationRecord, state: CaseState) -> Who:
    """Who it is when nobody says so: the one guardian whose identity card lies there, else the first; the applicant where none is declared."""
    roles = _roles(record)
    shown = {page.holder for page in state.pages.values() if page.material == _ID_CARD and not page.carried_on}
    carded = [role for role in roles if role in shown]
    if len(carded) == 1:
        return who_of(carded[0])
    return who_of(roles[0]) if roles else "applicant"


def visitor_view(record: ApplicationRecord, state: CaseState, rules: Rules) -> VisitorView:
    pack = rules.of(record)
    words: dict[Who, str] = {}
    for role in _roles(record):
        who, name = who_of(role), say(pack.role_name(role), rules.language)
        words[who] = f"{words[who]}、{name}" if who in words else name
    if not words:
        words["applicant"] = say(pack.role_name("child"), rules.language)
    choices = [VisitorChoice(who, text("flow.visitor.guardian", role=name)) for who, name in words.items()]
    named = state.visitor
    return VisitorView(
        who=named.who if named is not None else "",
        supposed=guess(record, state),
        choices=(*choices, VisitorChoice("proxy", text("flow.visitor.proxy"))),
    )


def _roles(record: ApplicationRecord) -> list[str]:
    guardians = record.data.get("guardians") or []
    return [str(person.get("role", "")) for person in guardians if isinstance(person, dict) and person.get("role")]


def is_proxy(state: CaseState) -> bool:
    return state.visitor is not None and state.visitor.who == "proxy"


def with_letter(found: Assessment, rules: Rules, record: ApplicationRecord, state: CaseState) -> Assessment:
    """A proxy's letter of authority, where the pack itself demands none: a person looks at it, and without it there is no receipt."""
    if not is_proxy(state) or demands_letter(rules, record):
        return found
    answered = state.question_answers.get(LETTER)
    answer = answered.answer if answered is not None else None
    of = "" if _roles(record) else "_of_applicant"
    sentence = text(f"flow.visitor.letter_question{of}")
    found = replace(found, questions=(*found.questions, Question(LETTER, sentence, answer)))
    if answer:
        return found
    if answer is None:
        return replace(found, decision="PENDING", outstanding=(*found.outstanding, sentence), allowed=())
    name = say(text("flow.visitor.letter"), rules.language)
    reason = {
        "code": "R-MISSING",
        "text": say(text(f"flow.visitor.letter_missing{of}"), rules.language),
        "about": name,
        "curable": True,
        "bring": name,
    }
    allowed = tuple(dict.fromkeys("RETURN" if outcome == "RECEIPT" else outcome for outcome in found.allowed))
    decision = "RETURN" if found.decision == "RECEIPT" else found.decision
    return replace(found, decision=decision, reasons_now=(*found.reasons_now, reason), allowed=allowed)


def demands_letter(rules: Rules, record: ApplicationRecord) -> bool:
    """The pack has a material of its own for a proxy."""
    occasions = (o for r in rules.of(record).requirements for o in r.required_when)
    return any(_PROXY.search(occasion.when.source) for occasion in occasions)
