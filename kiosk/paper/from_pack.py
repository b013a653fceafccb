"""What a loaded service pack says about its papers, as the builder takes it."""

from __future__ import annotations

from kiosk.paper.build import ServiceFacts
from kiosk.paper.model import PaperKind
from kiosk.policy.local_text import LocalText
from kiosk.policy.pack import Pack


def service_facts(pack: Pack, language: str = "zh_CN", *, review_phone: str = "", school: str = "") -> ServiceFacts:
    """``review_phone`` belongs to the school or district, not to the rules; ``school`` is a code: a school may have hours of its own."""

    def said(sentence: LocalText | None) -> str:
        return "" if sentence is None else str(getattr(sentence, language))

    words, calendar = pack.paper, pack.calendar
    return ServiceFacts(
        material_names={code: pack.material_name(code, language) for code in pack.materials},
        titles={
            PaperKind.RECEIPT: said(words.receipt_title),
            PaperKind.SLIP: said(words.return_title),
            PaperKind.REFER: said(words.refer_title),
        },
        supplement_days=calendar.supplement_days,
        supplement_hours=calendar.hours_of.get(school, calendar.hours),
        not_admission=said(words.not_an_admission),
        all_defects_listed=said(words.all_defects_listed),
        result=said(calendar.result),
        refer_note=said(words.refer_note),
        review=(" " if language == "en" else "；").join(
            part for part in (said(words.appeal), said(calendar.contest)) if part
        ),
        review_phone=review_phone,
        subject_label=said(words.subject),
        office_label=said(words.office),
    )
