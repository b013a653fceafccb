"""From the decided case to the paper: plain data in, ``Paper`` out.

The input is the payload of ``case.decided`` (kiosk.case.events.Decided) and the application's own data, so that a paper can be
made again from the event log years later without the program that decided.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kiosk.paper.model import MaterialLine, MaterialState, Paper, PaperKind, ReasonLine
from kiosk.paper.numbers import mask_document_number
from kiosk.texts import Text, catalogue, say, text

KINDS = {"RECEIPT": PaperKind.RECEIPT, "RETURN": PaperKind.SLIP, "REFER": PaperKind.REFER}
_HALF_WIDTH = re.compile(r"(?<=[\u3400-\u9fff])[,:](?=[\u3400-\u9fff])")
_CODE = re.compile(r"(?<![0-9A-Z-])([A-Z][0-9]{2})(?![0-9A-Z-])[  ]*")


@dataclass(frozen=True)
class ServiceFacts:
    """What the service pack says about its papers. Sentences left empty are replaced by the general ones of the catalogue.

    A title comes from ``titles`` (by kind), else from district, year and service: 南山区 · 2014 · 小一学位申请.
    """

    material_names: Mapping[str, str]  # code → name on paper
    district: str = ""
    year: str = ""
    service: str = ""
    titles: Mapping[PaperKind, str] = field(default_factory=dict)
    supplement_days: Sequence[str] = ()  # ISO 8601
    supplement_hours: str = ""  # 9:00–17:00
    not_admission: str = ""
    all_defects_listed: str = ""  # slip
    result: str = ""  # receipt: where and when the result can be seen
    refer_note: str = ""  # referral: when the parents will hear
    review: str = ""
    review_phone: str = ""
    subject_label: str = ""
    office_label: str = ""


@dataclass(frozen=True)
class DeskFacts:
    """Where and by whom the paper is made. ``clerk_no`` is a staff number, never a name."""

    desk_id: str
    desk_name: str
    school: str
    clerk_no: str


def build_paper(
    decided: Mapping[str, Any],
    application: Mapping[str, Any],
    service: ServiceFacts,
    desk: DeskFacts,
    *,
    at: datetime,
    audit_head: str,
    confirmed: bool = False,
    department_results: Sequence[Mapping[str, Any]] = (),
    practice: bool = False,
    copy_no: int = 1,
    language: str = "zh_CN",
) -> Paper:
    """The paper for one decision.

    ``decided``: ``decision`` RECEIPT | RETURN | REFER, ``paper_no``, ``category``, ``materials`` (each ``material`` — a code or
    alternatives ``C01|C02`` —, ``state``, optionally ``name``, ``department``, ``answered_on``), ``reasons`` (each ``code``,
    ``text``, ``about``, ``curable``, optionally ``bring``). ``application``: ``application_no``, ``child`` with ``name`` and ``id_no``.
    ``department_results`` name the department and day behind a waiver. Raises KeyError or ValueError for data that cannot
    be printed honestly: an unknown decision, or a material whose state no paper may show.
    """
    kind = KINDS[decided["decision"]]
    child = application["child"]
    return Paper(
        kind=kind,
        title=service.titles.get(kind)
        or say(
            text(f"paper.title.{kind}", district=service.district, year=service.year, service=service.service), language
        ),
        paper_no=decided["paper_no"],
        application_no=application["application_no"],
        school=desk.school,
        child_name=child["name"],
        child_id_masked=mask_document_number(child["id_no"]),
        category=decided.get("category") or "",
        materials=tuple(_material(item, service, department_results, language) for item in decided["materials"]),
        reasons=tuple(_reason(item, service, language) for item in decided["reasons"]),
        date=at.date().isoformat(),
        time=at.strftime("%H:%M"),
        desk_id=desk.desk_id,
        desk_name=desk.desk_name,
        clerk_no=desk.clerk_no,
        notes=_notes(kind, service, language, confirmed=confirmed),
        audit_head=audit_head,
        supplement=supplement_sentence(service, language),
        practice=practice,
        copy_no=copy_no,
        language=language,
        subject_label=service.subject_label,
        office_label=service.office_label,
    )


def printed_day(iso_day: str, language: str = "zh_CN", *, weekday: bool = False) -> str:
    """``2014-04-24`` as people read it: 2014年4月24日, with (星期四) on request."""
    day = date.fromisoformat(iso_day[:10])
    sentence = text("paper.day", year=day.year, month=day.month, day=day.day)
    if weekday:
        sentence = text("paper.day_weekday", date=sentence, weekday=Text(f"paper.weekday.{day.isoweekday()}"))
    return say(sentence, language)


def supplement_sentence(service: ServiceFacts, language: str = "zh_CN") -> str:
    """The supplementary day or days with the hours, or an empty string when the pack has none."""
    days = say(text("paper.list_comma"), language).join(
        printed_day(day, language, weekday=True) for day in service.supplement_days
    )
    return f"{days} {service.supplement_hours}".strip() if days else ""


def material_name(code: str, service: ServiceFacts, language: str = "zh_CN") -> str:
    """The name of a material or of alternatives (``C01|C02`` → 房地产证(旧) 或 不动产权证书); an unknown code stands for itself."""
    joiner = say(text("paper.or"), language)
    return joiner.join(service.material_names.get(part, part) for part in code.split("|"))


def _notes(kind: PaperKind, service: ServiceFacts, language: str, *, confirmed: bool) -> tuple[str, ...]:
    def general(key: str, **params: str) -> str:
        return say(text(f"paper.note.{key}", **params), language)

    of_kind = {
        PaperKind.RECEIPT: general("result", result=service.result) if service.result else "",
        PaperKind.SLIP: service.all_defects_listed,
        PaperKind.REFER: service.refer_note or general("refer_note"),
    }
    review = service.review or general("review")
    if service.review_phone:
        review = general("review_phone", sentence=review, phone=service.review_phone)
    sentences = [
        service.not_admission or general("not_admission"),
        general("confirmed" if confirmed else "unconfirmed"),
        of_kind[kind],
        review,
    ]
    return tuple(_typeset(sentence, language) for sentence in sentences if sentence)


def _material(
    item: Mapping[str, Any], service: ServiceFacts, results: Sequence[Mapping[str, Any]], language: str
) -> MaterialLine:
    code = str(item["material"])
    state = MaterialState(item["state"])
    source = item
    if state is MaterialState.WAIVED_BY_DATA and not item.get("department"):
        codes = code.split("|")
        source = next((r for r in results if r.get("about") in codes and r.get("result") == "matched"), item)
    answered_on = str(source.get("answered_on") or "")
    return MaterialLine(
        code=code,
        name=str(item.get("name") or material_name(code, service, language)),
        state=state,
        department=str(source.get("department") or ""),
        answered_on=printed_day(answered_on, language) if answered_on else "",
    )


def _reason(item: Mapping[str, Any], service: ServiceFacts, language: str) -> ReasonLine:
    code = str(item["code"])
    about = _typeset(in_plain_words(str(item.get("about") or ""), service.material_names), language)
    todo = ""
    bring = str(item.get("bring") or "").strip()
    if bring:  # the pack's own instruction
        todo = _typeset(
            bring if bring.endswith(("。", ".")) else bring + say(text("paper.full_stop"), language), language
        )
    elif f"paper.todo.{code}" in catalogue("zh_CN"):
        todo = say(text(f"paper.todo.{code}", about=about), language)
    return ReasonLine(
        code=code, text=_typeset(str(item["text"]), language), about=about, todo=todo, curable=bool(item["curable"])
    )


def _typeset(sentence: str, language: str) -> str:
    """Packs are typed with half-width commas and colons; between Han characters print wants the full-width ones."""
    return (
        _HALF_WIDTH.sub(lambda found: "，" if found[0] == "," else "：", sentence)
        if language.startswith("zh")
        else sentence
    )


def in_plain_words(about: str, material_names: Mapping[str, str]) -> str:
    """Material codes mean nothing to a parent: ``C02 坐落 3栋1502`` → ``不动产权证书 坐落 3栋1502``."""

    def name_instead(found: re.Match[str]) -> str:
        name = material_names.get(found[1])
        if name is None:
            return found[0]
        return "" if about.startswith(name, found.end()) else f"{name} "

    return _CODE.sub(name_instead, about).strip()
