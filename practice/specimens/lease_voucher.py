"""Lease voucher (C07, the red book) and lease information (C08, the blue one): the inner page of 210 × 148 mm."""

from __future__ import annotations

from collections.abc import Callable

from practice.specimens.base import Cover, Kind, Raw, printed_fields
from practice.specimens.ornaments import round_seal, specimen_mark, waves
from practice.specimens.sheet import Colour, Sheet
from practice.specimens.values import year_month_day

_RED: Colour = (112, 34, 34)
_BLUE: Colour = (30, 50, 110)
_ROWS = (
    ((12.3, 38.0, 100.0, 126.0, 198.0), ("出租人", "", "承租人", "")),
    ((12.3, 46.0, 198.0), ("承租人证件号码", "")),
    ((12.3, 38.0, 198.0), ("房屋地址", "")),
    ((12.3, 38.0, 126.0, 152.0, 198.0), ("房屋编码", "", "租赁用途", "")),
    ((12.3, 38.0, 198.0), ("租赁期限", "")),
    ((12.3, 46.0, 198.0), ("首次登记日期", "")),
)


_FIELDS = ("voucher_no", "lessor", "lessee", "lessee_id", "address", "house_code", "usage")
_DATES = ("term_from", "term_to", "first_issued")


def _printed(raw: Raw) -> dict[str, str]:
    return printed_fields(raw, dict.fromkeys(_DATES, year_month_day), only=_FIELDS + _DATES)


def _painter(title: str, colour: Colour, paper: Colour) -> Callable[[Sheet, Raw], None]:
    return lambda sheet, raw: _paint(sheet, title, colour, paper)


def _paint(sheet: Sheet, title: str, colour: Colour, paper: Colour) -> None:
    sheet.box(0, 0, 210, 148, colour=None, fill=paper)
    waves(sheet, ((222, 204, 190), (226, 214, 186), (216, 202, 200)))
    sheet.text(title, 105, 13.6, 6.7, face="serif-bold", colour=colour, spacing=1.7, anchor="centre")
    sheet.field("voucher_no", 198.0, 24.3, 3.5, anchor="right")
    for i, (edges, labels) in enumerate(_ROWS):
        top = 30.3 + 12.95 * i
        sheet.row(top, top + 12.95, edges, labels, size=3.2, colour=colour, rule=colour, width=0.3)
    size = 3.5
    sheet.field("lessor", 40.0, 36.1, size)
    sheet.field("lessee", 128.0, 36.1, size)
    sheet.field("lessee_id", 48.0, 49.1, size)
    sheet.field("address", 40.0, 62.0, size, wrap=154)
    sheet.field("house_code", 40.0, 75.0, size)
    sheet.field("usage", 154.0, 75.0, size)
    end = sheet.field("term_from", 40.0, 88.0, size)
    _, end = sheet.text(" 至 ", end, 88.0, size)
    sheet.field("term_to", end, 88.0, size)
    sheet.field("first_issued", 48.0, 101.0, size)
    sheet.text("本凭证仅证明租赁双方已办理登记(备案)手续。(样本)", 14.5, 119.6, 2.8, colour=colour)
    sheet.text("登记机关(盖章)", 150.0, 130.0, 3.3)
    round_seal(sheet, "虚构街道房屋租赁管理所", "租赁登记专用章", 165.0, 115.5, 20.0)
    specimen_mark(sheet, 206, 4.3)


def _kind(material: str, title: str, word: str, colour: Colour, paper: Colour, cover: Colour) -> Kind:
    name = f"{title}({word})"
    paint = _painter(title, colour, paper)
    return Kind(material, "inner", name, (210.0, 148.0), _printed, paint, cover=Cover(2.2, cover))


KINDS = (
    _kind("C07", "房屋租赁凭证", "红本", _RED, (238, 230, 220), (138, 22, 28)),
    _kind("C08", "房屋租赁信息", "蓝本", _BLUE, (224, 230, 238), (28, 54, 124)),
)
