"""Resident identity card (A02 child, A03 guardian): portrait side and emblem side, 85.6 × 54 mm."""

from __future__ import annotations

from collections.abc import Callable

from practice.specimens.base import Kind, Raw, printed_fields
from practice.specimens.ornaments import portrait, rosette, specimen_mark, waves
from practice.specimens.sheet import Colour, Sheet
from practice.specimens.values import dotted, year_month_day

_SIZE = (85.6, 54.0)
_LABEL: Colour = (44, 92, 142)
_PORTRAIT_SIDE = ("name", "sex", "ethnicity", "birth_date", "address", "id_no")
_EMBLEM_SIDE = ("issuing_office", "valid_from", "valid_to")


def _portrait_fields(raw: Raw) -> dict[str, str]:
    return printed_fields(raw, {"birth_date": lambda d: year_month_day(d, gap=" ")}, only=_PORTRAIT_SIDE)


def _emblem_fields(raw: Raw) -> dict[str, str]:
    return printed_fields(raw, {"valid_from": dotted, "valid_to": dotted}, only=_EMBLEM_SIDE)


def _paint_portrait_side(sheet: Sheet, raw: Raw) -> None:
    sheet.box(0, 0, *_SIZE, colour=None, fill=(226, 222, 226))
    waves(sheet, ((212, 160, 166), (160, 190, 208), (206, 178, 190)))
    for label, x, y in (
        ("姓名", 5.3, 8.0),
        ("性别", 5.3, 14.6),
        ("民族", 24.1, 14.6),
        ("出生", 5.3, 20.8),
        ("住址", 5.3, 27.2),
    ):
        sheet.text(label, x, y, 2.3, face="sans", colour=_LABEL)
    sheet.text("公民身份号码", 5.3, 46.6, 2.3, face="sans", colour=_LABEL)
    sheet.field("name", 15.0, 7.8, 3.2, face="sans", spacing=0.6)
    sheet.field("sex", 15.0, 14.5, 2.7, face="sans")
    sheet.field("ethnicity", 33.5, 14.5, 2.7, face="sans")
    sheet.field("birth_date", 15.0, 20.7, 2.7, face="sans")
    sheet.field("address", 15.0, 27.0, 2.7, face="sans", wrap=36, leading=1.27)
    sheet.field("id_no", 28.5, 46.5, 3.6, face="mono-bold", spacing=0.97)
    portrait(sheet, 58.5, 7.1, 22.0, 29.5, female=raw.get("sex") == "女")
    specimen_mark(sheet, 81.5, 39.6)


def _paint_emblem_side(sheet: Sheet, raw: Raw) -> None:
    sheet.box(0, 0, *_SIZE, colour=None, fill=(214, 230, 230))
    waves(sheet, ((176, 206, 200), (214, 190, 180), (172, 202, 216)))
    rosette(sheet, 13.1, 12.6, 6.3)
    sheet.text("中华人民共和国", 49.5, 10.1, 4.0, face="serif-bold", spacing=1.7, anchor="centre")
    sheet.text("居民身份证", 49.5, 19.6, 6.2, face="serif-bold", spacing=1.6, anchor="centre")
    sheet.text("签发机关", 16.1, 40.2, 2.55, face="sans")
    sheet.text("有效期限", 16.1, 46.1, 2.55, face="sans")
    sheet.field("issuing_office", 34.0, 40.1, 2.7, face="sans")
    end = sheet.field("valid_from", 34.0, 46.1, 2.7, face="sans")
    _, end = sheet.text("-", end, 46.1, 2.7, face="sans")
    sheet.field("valid_to", end, 46.1, 2.7, face="sans")
    specimen_mark(sheet, 82.0, 3.9)


def _side(page: str, needs: str) -> Callable[[Raw], list[tuple[str, Raw]]]:
    """A guardian may show another card under the same material: then ``kind`` names it, and this one has no page."""
    return lambda raw: [(page, raw)] if needs in raw and "kind" not in raw else []


def _sides(material: str, holder: str) -> tuple[Kind, Kind]:
    title = f"居民身份证({holder})"
    front = Kind(
        material,
        "front",
        f"{title} 人像面",
        _SIZE,
        _portrait_fields,
        _paint_portrait_side,
        _side("front", "id_no"),
        corner_mm=3.2,
    )
    back = Kind(
        material,
        "back",
        f"{title} 国徽面",
        _SIZE,
        _emblem_fields,
        _paint_emblem_side,
        _side("back", "valid_to"),
        corner_mm=3.2,
    )
    return front, back


KINDS = (*_sides("A02", "儿童"), *_sides("A03", "监护人"))
