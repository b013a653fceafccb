"""What the family of a fake case may see: made from the case as the desk makes it from its own, masked."""

from __future__ import annotations

from kiosk.desk.for_family_view import FamilyItem, FamilyView, PersonalDataNotice, Standing
from kiosk.desk.masking import mask_name
from kiosk.desk.view import CaseView, ItemState
from kiosk.texts import Text, text

STANDINGS = {
    ItemState.EXPECTED: Standing.WANTED,
    ItemState.PARTIAL: Standing.PARTIAL,
    ItemState.ATTENTION: Standing.LOOKING,
    ItemState.VERIFIED: Standing.SETTLED,
    ItemState.VERIFIED_BY_PERSON: Standing.SETTLED,
    ItemState.WAIVED_BY_DATA: Standing.WAIVED,
    ItemState.RETURNED: Standing.DIFFERS,
    ItemState.MISSING: Standing.MISSING,
}


def notice(given: str = "screen") -> PersonalDataNotice:
    return PersonalDataNotice(
        what=text("family.notice.what"),
        why=text("family.notice.why", service=Text("南山区2014年秋季小学一年级学位申请")),
        kept=text("family.notice.kept", days=30),
        whose=text("family.notice.whose"),
        short=text("family.notice.short", days=30),
        given=given,
    )


def family_of(case: CaseView, *, given: str = "screen") -> FamilyView:
    decided = case.decision.decision if case.paper is not None else ""
    looked_at = case.current_doc if case.current_row is not None else None
    items = tuple(
        FamilyItem(
            i.material,
            Text(i.name),
            _standing(i.state, decided),
            i.why,
            None,
            now=looked_at is not None and i.doc_id == looked_at,
        )
        for i in case.checklist
    )
    wanted = next((i for i in items if i.standing in (Standing.WANTED, Standing.PARTIAL)), None)
    looking = next((i for i in items if i.now), None)
    why = None
    if decided:
        now = text(f"family.decided.{decided}")
    elif case.reading:
        now = text("family.now.reading")
    elif looking is not None:
        now = text("family.now.looking", material=looking.name)
    elif wanted is not None:
        now, why = text("family.now.hand_over", material=wanted.name), wanted.why
    else:
        now = text("family.now.ready")
    return FamilyView(
        visit=f"visit-{case.application_no}",
        who=mask_name(case.child),
        items=items,
        now=now,
        now_why=why,
        looking=not decided and (case.reading or looking is not None),
        outcome=decided,
        after=_after(decided, items),
        notice=notice(given),
        captures=len(case.documents),
    )


def _standing(state: ItemState, decided: str) -> Standing:
    standing = STANDINGS[state]
    return Standing.MISSING if decided and standing is Standing.WANTED else standing


def _after(decided: str, items: tuple[FamilyItem, ...]) -> tuple[Text, ...]:
    if decided == "RECEIPT":
        return (text("family.after.result"),)
    missing = [i.name for i in items if i.standing in (Standing.MISSING, Standing.DIFFERS)]
    if decided == "RETURN" and missing:
        return (text("family.after.bring", materials=missing[0]), text("family.after.when_unknown"))
    return ()
