"""From the state of a case to what the family may see of it. Pure; everything personal is masked or left out here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.case.state import CaseState, CaseStatus
from kiosk.desk.assess import Assessment, MaterialJudgement
from kiosk.desk.for_family_view import FamilyItem, FamilyView, PersonalDataNotice, Standing
from kiosk.desk.masking import mask_name
from kiosk.desk.rules import Rules
from kiosk.desk.view import ItemState, RowVerdict
from kiosk.paper.build import supplement_sentence
from kiosk.paper.from_pack import service_facts
from kiosk.policy import Pack
from kiosk.policy.local_text import LocalText
from kiosk.texts import LANGUAGES, Text, say, text
from kiosk.wire.models import ApplicationRecord

_STANDINGS = {
    ItemState.EXPECTED: Standing.WANTED,
    ItemState.PARTIAL: Standing.PARTIAL,
    ItemState.ATTENTION: Standing.LOOKING,
    ItemState.VERIFIED: Standing.SETTLED,
    ItemState.VERIFIED_BY_PERSON: Standing.SETTLED,
    ItemState.WAIVED_BY_DATA: Standing.WAIVED,
    ItemState.RETURNED: Standing.DIFFERS,
    ItemState.MISSING: Standing.MISSING,
}
_NOT_RIGHT = (RowVerdict.MISMATCH, RowVerdict.REFUSED, RowVerdict.UNREADABLE)
_TO_BRING = (Standing.DIFFERS, Standing.MISSING)


def family_view(
    rules: Rules,
    record: ApplicationRecord,
    state: CaseState,
    assessment: Assessment,
    *,
    waiting_doc: str | None,
    reading: bool,
) -> FamilyView:
    """``waiting_doc``: the document of which a field waits for a person; ``reading``: a sheet is being read just now."""
    pack = rules.of(record)
    decided = state.status is CaseStatus.DECIDED and state.decision is not None
    items = tuple(_item(m, pack, assessment, waiting_doc, decided=decided) for m in assessment.materials)
    outcome = state.decision.decision if decided and state.decision is not None else ""
    now, why = _now(items, assessment, outcome, reading=reading)
    return FamilyView(
        visit=state.visit.visit_id if state.visit is not None else "",
        who=mask_name(str(record.data.get("child", {}).get("name", ""))),
        items=items,
        now=now,
        now_why=why,
        looking=not decided and (reading or waiting_doc is not None),
        outcome=outcome,
        after=_after(outcome, items, pack, record) if outcome else (),
        notice=personal_data_notice(pack, state.notice.how if state.notice is not None else ""),
        captures=len(state.captures),
    )


def personal_data_notice(pack: Pack, given: str = "") -> PersonalDataNotice:
    """The pack's own words where it has them, else the general ones."""
    own = pack.personal_data

    def words(name: str, **params: object) -> Text:
        told: LocalText | None = getattr(own, name) if own is not None else None
        return told.text() if told is not None else text(f"family.notice.{name}", **params)

    days = pack.image_retention_days
    return PersonalDataNotice(
        what=words("what"),
        why=words("why", service=pack.title.text()),
        kept=words("kept", days=days),
        whose=words("whose"),
        short=text("family.notice.short", days=days),
        given=given,
    )


def in_every_language(said: Callable[[str], str]) -> Text:
    """A sentence made in each language by ``said(language)``."""
    return Text("policy.verbatim", {language: said(language) for language in LANGUAGES})


def listed(parts: Sequence[Text]) -> Text:
    """The parts one after the other, with the comma of each language."""
    return in_every_language(
        lambda language: say(text("family.comma"), language).join(say(part, language) for part in parts)
    )


# ── one material ────────────────────────────────────────────────────────────────────────────────────────────────────


def _item(
    material: MaterialJudgement, pack: Pack, assessment: Assessment, waiting_doc: str | None, *, decided: bool
) -> FamilyItem:
    standing = _STANDINGS[material.state]
    if decided and standing in (Standing.WANTED, Standing.PARTIAL):
        standing = Standing.MISSING
    counted = material.needed > 1 and material.seen and standing in (Standing.PARTIAL, Standing.LOOKING)
    return FamilyItem(
        material=material.material,
        name=in_every_language(lambda language: pack.material_name(material.material, language)),
        standing=standing,
        why=_why(material, standing, pack, assessment),
        pages=text("family.pages", seen=material.seen, needed=material.needed) if counted else None,
        now=waiting_doc is not None and waiting_doc in material.doc_ids,
    )


def _why(material: MaterialJudgement, standing: Standing, pack: Pack, assessment: Assessment) -> Text:
    if standing is Standing.WAIVED:
        codes = material.material.split("|")
        department = next((d.text() for c in codes if (d := pack.materials[c].department) is not None), None)
        return text("family.waived_by", department=department) if department else text("family.waived")
    if standing is Standing.DIFFERS:
        labels = {
            row.label.key + str(row.label.params): row.label
            for row in assessment.fields
            if row.doc_id in material.doc_ids and row.verdict in _NOT_RIGHT
        }
        return text("family.differs", fields=listed(list(labels.values()))) if labels else text("family.not_right")
    return material.why


# ── this moment ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _now(
    items: tuple[FamilyItem, ...], assessment: Assessment, outcome: str, *, reading: bool
) -> tuple[Text, Text | None]:
    if outcome:
        return text(f"family.decided.{outcome}"), None
    if reading:
        return text("family.now.reading"), None
    looked_at = next((item for item in items if item.now), None)
    if looked_at is not None:
        return _with_pages("family.now.looking", looked_at), None
    if any(question.answer is None for question in assessment.questions):
        return text("family.now.checking"), None
    partial = next((item for item in items if item.standing is Standing.PARTIAL), None)
    if partial is not None:
        return _with_pages("family.now.next_page", partial), None
    wanted = next((item for item in items if item.standing is Standing.WANTED), None)
    if wanted is not None:
        return text("family.now.hand_over", material=wanted.name), wanted.why
    return text("family.now.ready" if "RECEIPT" in assessment.allowed else "family.now.checking"), None


def _with_pages(key: str, item: FamilyItem) -> Text:
    if item.pages is None:
        return text(key, material=item.name)
    return text(key, material=text("family.now.with_pages", material=item.name, pages=item.pages))


# ── afterwards ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _after(outcome: str, items: tuple[FamilyItem, ...], pack: Pack, record: ApplicationRecord) -> tuple[Text, ...]:
    calendar = pack.calendar
    if outcome == "RECEIPT":
        result = calendar.result.text() if calendar.result is not None else text("family.after.result")
        return (result, pack.paper.not_an_admission.text())
    if outcome == "REFER":
        return (pack.paper.refer_note.text(),)
    bring = [item.name for item in items if item.standing in _TO_BRING]
    said: list[Text] = []
    if bring:
        said.append(text("family.after.bring", materials=listed(bring)))
    if calendar.supplement_days:
        when = in_every_language(
            lambda language: supplement_sentence(service_facts(pack, language, school=record.school_code), language)
        )
        said.append(text("family.after.when", when=when))
    else:
        said.append(text("family.after.when_unknown"))
    return (*said, pack.paper.all_defects_listed.text())
