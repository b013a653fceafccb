"""Which materials a family needs, why, and how far each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.matching.result import Verdict
from kiosk.policy.binding import child_role
from kiosk.policy.case_input import Answers, Document
from kiosk.policy.checks.base import CheckCase, Paper, same
from kiosk.policy.evaluation import MaterialOutcome, MaterialState, Need, Question, Waiver
from kiosk.policy.expressions import Facts
from kiosk.policy.pack import Pack
from kiosk.policy.roles import is_mainland
from kiosk.policy.schema import Occasion, Requirement
from kiosk.texts import Text, say, text


@dataclass(frozen=True)
class Required:
    """A requirement that holds for an application. ``holders`` must show it: all of them, or (``one_is_enough``) any."""

    requirement: Requirement
    occasion: Occasion
    holders: tuple[str, ...]
    one_is_enough: bool
    roles: tuple[str, ...]
    waiver: Waiver | None


@dataclass(frozen=True)
class Marks:
    """What fields and checks say of papers, by doc_id: ``returned`` where something is not in order, ``asked`` and ``confirmed`` about
    which a check still waits for a person, or has a person's word.
    """

    returned: frozenset[str]
    asked: frozenset[str]
    confirmed: frozenset[str]


@dataclass(frozen=True)
class Standing:
    """How far a requirement is. ``lacking`` describes what is still to come, ``questions`` what only a person can say about it."""

    outcome: MaterialOutcome
    lacking: tuple[Text, ...]
    missing_about: tuple[str, ...]
    questions: tuple[Question, ...]


def required_materials(pack: Pack, facts: Facts, departments: CheckCase) -> list[Required]:
    """The requirements that hold, in the pack's order."""
    found: list[Required] = []
    for requirement in pack.requirements:
        occasion = next((o for o in requirement.required_when if o.when.holds(facts)), None)
        if occasion is None:
            continue
        roles = requirement.roles.names(facts) if requirement.roles is not None else ()
        if requirement.each is not None:
            holders, one = requirement.each.names(facts), False
        elif requirement.any is not None:
            holders, one = requirement.any.names(facts), True
        else:
            person = roles[0] if roles else "guardian"
            holders, one = (requirement.holder.replace("{person}", person),), True
        if not holders:
            continue  # nobody in this family could show it
        found.append(Required(requirement, occasion, holders, one, roles, _waiver(pack, requirement, departments)))
    return found


def _waiver(pack: Pack, requirement: Requirement, case: CheckCase) -> Waiver | None:
    """Departments that confirmed the facts make the original unnecessary, unless one of them contradicts."""
    codes = tuple(c for c in (*requirement.codes, *requirement.waived_by) if c in pack.waivable)
    standing = [a for code in codes for a in case.departments(code)]
    if any(a.result == "conflict" for a in standing):
        return None
    matched = next((a for a in standing if a.result == "matched"), None)
    if matched is None or any(a.result != "matched" for a in standing if a.about == matched.about):
        return None
    issuer = pack.materials[matched.about].department
    return Waiver(matched.department or (issuer.zh_CN if issuer else ""), matched.date, matched.detail)


def candidate_roles(required: Sequence[Required], material: str) -> tuple[str, ...]:
    """Whose names may stand on a document of this kind."""
    for item in required:
        if material in (*item.requirement.codes, *item.requirement.also_accept):
            return item.roles or tuple(h for h in item.holders if h)
    return ()


def standing(item: Required, case: CheckCase, marks: Marks, answers: Answers) -> Standing:
    """The state of one required material."""
    pack, requirement = case.pack, item.requirement
    own = case.of(*requirement.codes)
    single = requirement.each is None and requirement.any is None
    others = [p for p in case.of(*requirement.also_accept) if single or _holder(p, item, case) in item.holders]
    shown = [*own, *others]
    needs, questions = _needs(item, case, shown)
    unanswered = tuple(q for q in questions if q.id not in answers.questions)
    denied = [q for q in questions if answers.questions.get(q.id) is False]
    complete = _complete(item, needs, case.visit_over) and not denied
    ids = {p.doc_id for p in shown}
    by_person = (
        any(v.by_person for p in shown for v in p.verdicts.values())
        or any(answers.questions.get(q.id) for q in questions)
        or bool(ids & marks.confirmed)
    )
    attention = (
        any(v.settled == "ask" for p in shown for v in p.verdicts.values())
        or bool(ids & marks.asked)
        or (case.visit_over and bool(unanswered))
    )
    state = _state(item, case, shown, complete, by_person, attention, marks.returned)
    outcome = MaterialOutcome(
        application=case.index,
        material=requirement.material,
        name=text("policy.verbatim", **_names(pack, requirement.material)),
        rule=item.occasion.rule,
        why=item.occasion.why.text(**{k: str(v) for k, v in pack.parameters.items() if isinstance(v, str | int)}),
        state=state,
        docs=tuple(p.doc_id for p in own),
        served_by=tuple(p.doc_id for p in others),
        waived_by=item.waiver if state is MaterialState.WAIVED_BY_DATA else None,
        needs=needs,
        predicate=item.occasion.when.source,
    )
    settled = state in (MaterialState.WAIVED_BY_DATA, MaterialState.VERIFIED)
    lacks = (
        not complete and not settled and item.waiver is None
    )  # also beside a defect: a slip names everything at once
    lacking = tuple(_lacking(item, case, needs, outcome.name)) if lacks else ()
    refused = frozenset(q.id for q in denied)
    about = tuple(_missing_about(item, case, needs, shown, refused)) if lacks and case.visit_over else ()
    return Standing(
        outcome, lacking, about, unanswered if case.visit_over and state is not MaterialState.MISSING else ()
    )


def _names(pack: Pack, material: str) -> dict[str, str]:
    return {language: pack.material_name(material, language) for language in ("zh_CN", "zh_TW", "en")}


def _state(
    item: Required,
    case: CheckCase,
    shown: Sequence[Paper],
    complete: bool,
    by_person: bool,
    attention: bool,
    returned: frozenset[str],
) -> MaterialState:
    if any(p.doc_id in returned for p in shown):
        return MaterialState.RETURNED
    if item.waiver and (not shown or not complete or attention):
        return MaterialState.WAIVED_BY_DATA
    if not shown and item.requirement.settled_at_check_in and case.case.form_seen:
        return MaterialState.VERIFIED
    if not complete:
        if case.visit_over:
            return MaterialState.MISSING
        return MaterialState.PARTIAL if shown else MaterialState.EXPECTED
    if attention:
        return MaterialState.ATTENTION
    return MaterialState.VERIFIED_BY_PERSON if by_person else MaterialState.VERIFIED


def _needs(item: Required, case: CheckCase, shown: Sequence[Paper]) -> tuple[tuple[Need, ...], tuple[Question, ...]]:
    """Holder by holder and page by page; a guardian who is on no page of the booklet may be registered elsewhere: a question."""
    needs: list[Need] = []
    questions: list[Question] = []
    single = item.requirement.each is None and item.requirement.any is None
    for holder in item.holders:
        papers = list(shown) if single else [p for p in shown if _holder(p, item, case) == holder]
        if not papers:
            needs.append(Need(holder, "", False))
        for paper in papers:
            for page, seen in _pages(case, paper.document) or [("", True)]:
                if _is_guardian_page(page) and not seen:
                    role = page.removeprefix("member_")
                    question = f"page:{case.index}:{paper.doc_id}{_page_of(page)}"
                    why = text("policy.question.member_elsewhere", role=case.pack.role_name(role))
                    questions.append(Question(question, case.index, why, paper.doc_id))
                needs.append(Need(holder, page, seen))
    return tuple(needs), tuple(questions)


def _holder(paper: Paper, item: Required, case: CheckCase) -> str:
    """Whose paper it is: as it was laid down, else the holder whose number is printed on it."""
    if paper.document.holder in item.holders:
        return paper.document.holder
    numbers = {v for k, v in paper.document.texts.items() if k in ("id_no", "passport_no", "permit_no", "card_no")}
    for guardian in case.guardians:
        if any(same("id", str(guardian.get("id_no", "")), number) is Verdict.MATCH for number in numbers):
            return str(guardian.get("role", ""))
    return paper.document.holder


def _pages(case: CheckCase, document: Document) -> list[tuple[str, bool]]:
    """The pages a document must be shown with, and whether each was. A document without page data was shown whole."""
    pages: list[tuple[str, bool]] = []
    for pattern in case.pack.materials[document.material].pages:
        if pattern == "{member}":
            roles = document.member_roles
            pages += [
                (f"member_{r}", r in roles if document.pages is None else f"member_{r}" in document.pages)
                for r in _members(case, document)
            ]
        else:
            pages.append((pattern, document.pages is None or pattern in document.pages))
    return pages


def _members(case: CheckCase, document: Document) -> list[str]:
    """Whose pages the household register should have: the child, if registered here, and the guardians with a mainland household."""
    child = [child_role(document, case.application, case.index)] if _child_registered(case) else []
    guardians = [str(g.get("role", "")) for g in case.guardians if is_mainland(g)]
    return [*child, *guardians]


def _child_registered(case: CheckCase) -> bool:
    return case.application.get("hukou_category") in ("SZ_IN", "SZ_OUT", "SZ_NONE")


def _complete(item: Required, needs: Sequence[Need], visit_over: bool) -> bool:
    """Everything was shown. When the visit is over, a guardian's page that the booklet lacks is a question, no longer a need."""
    lacking = {n.holder for n in needs if not n.seen and not (visit_over and _is_guardian_page(n.page))}
    if item.one_is_enough and len(item.holders) > 1:
        return any(h not in lacking for h in item.holders)
    return not lacking


def _page_of(page: str) -> str:
    return f":{page.removeprefix('member_')}"


def _is_guardian_page(page: str) -> bool:
    return page.startswith("member_") and not page.startswith("member_child")


def _lacking(item: Required, case: CheckCase, needs: Sequence[Need], name: Text) -> list[Text]:
    holders = [n.holder for n in needs if not n.seen and not n.page]
    pages = [n for n in needs if not n.seen and n.page]
    if item.one_is_enough or len(item.holders) == 1:
        return [text("policy.outstanding.page", material=name, page=_page(case, n.page)) for n in pages] or [
            text("policy.outstanding.material", material=name)
        ]
    found = [text("policy.outstanding.holder", material=name, holder=_role(case, h)) for h in holders]
    return found + [
        text("policy.outstanding.holder_page", material=name, holder=_role(case, n.holder), page=_page(case, n.page))
        for n in pages
    ]


def _missing_about(
    item: Required, case: CheckCase, needs: Sequence[Need], shown: Sequence[Paper], refused: frozenset[str]
) -> list[str]:
    """For the slip: the material as a whole, or the holders and pages that were not there. A guardian's page of the booklet lacks only
    when a person said that the guardian is not registered elsewhere.
    """
    code = item.requirement.material
    whole = f"{code} {case.pack.material_name(code)}"
    if not shown:
        return [whole]
    return [
        f"{whole} {say(_role(case, n.holder))} {say(_page(case, n.page)) if n.page else ''}".strip()
        for n in needs
        if not n.seen and (not _is_guardian_page(n.page) or any(q.endswith(_page_of(n.page)) for q in refused))
    ]


def _page(case: CheckCase, page: str) -> Text:
    role = page.removeprefix("member_")
    member = page.startswith("member_")
    return text("policy.page.member", role=_role(case, role)) if member else text(f"policy.page.{page}")


def _role(case: CheckCase, role: str) -> Text:
    return case.pack.role_name(role)
