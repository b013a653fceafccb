"""Shenzhen property certificate (C01, until 2015): the inner double page of 264 × 186 mm."""

from __future__ import annotations

from practice.specimens.base import Cover, Kind, Raw, printed_fields
from practice.specimens.ornaments import fold, round_seal, specimen_mark, waves
from practice.specimens.sheet import Colour, Sheet
from practice.specimens.values import year_month_day

_RULE: Colour = (86, 90, 84)
_LABEL: Colour = (62, 70, 64)
_NUMBERS = "一二三四"
_RIGHT_ROWS = (
    ("房地产名称及坐落", 16.0, 34.0),
    ("用途", 34.0, 45.0),
    ("建筑面积", 45.0, 56.0),
    ("竣工日期", 56.0, 67.0),
    ("登记价款", 67.0, 78.0),
    ("登记日期", 78.0, 89.0),
)


def _printed(raw: Raw) -> dict[str, str]:
    forms = {
        "share_percent": lambda share: f"{share}%",
        "area_m2": lambda area: f"{area}平方米",
        "registered_on": year_month_day,
    }
    return printed_fields(raw, forms)


def _paint(sheet: Sheet, raw: Raw) -> None:
    sheet.box(0, 0, 264, 186, colour=None, fill=(236, 236, 230))
    waves(sheet, ((214, 220, 206), (222, 216, 200)), lines=50, strength=0.4)
    fold(sheet, 132)
    sheet.text("房地产证", 66, 14.6, 6.6, face="serif-bold", colour=(24, 54, 38), spacing=2.0, anchor="centre")
    sheet.field("cert_no", 11.9, 26.5, 3.9)
    cells = {"size": 2.9, "colour": _LABEL, "rule": _RULE, "width": 0.3}
    sheet.row(32, 42, (12, 36, 70, 104, 120), (" ", "权利人", "身份证号码", "份额"), **cells)
    for i, owner in enumerate(raw["obligees"]):
        top, name = 42 + 12 * i, f"obligees[{owner['role']}]"
        sheet.row(top, top + 12, (12, 36, 70, 104, 120), (f"权利人{_NUMBERS[i]}", "", "", ""), **cells)
        sheet.field(f"{name}.name", 36.8, top + 6, 3.4)
        sheet.field(f"{name}.id_no", 70.4, top + 6, 2.55)
        sheet.field(f"{name}.share_percent", 105.9, top + 6, 3.2)
    for i, (first, label, text) in enumerate(
        (
            ("土地", "宗地号", "T999-0001(样本)"),
            (" ", "土地用途", "居住用地"),
            (" ", "使用年限", "70年,从1999-01-01至2068-12-31止"),
        )
    ):
        top = 72 + 10 * i
        sheet.row(top, top + 10, (12, 36, 60, 120), (first, label, ""), **cells)
        sheet.text(text, 61.5, top + 4.6, 3.0)
    sheet.text("根据《中华人民共和国城市房地产管理法》及《深圳经济特区房地产登记条例》,为保", 12, 129.7, 2.75)
    sheet.text("护权利人的合法权益,经审查核实,准予登记,颁发此证。(样本)", 12, 133.6, 2.75)
    sheet.text("登记机关:", 76.5, 160, 3.2)
    round_seal(sheet, "深圳市虚构房地产登记处", "登记专用章", 91, 158, 20)
    _paint_right(sheet)


def _paint_right(sheet: Sheet) -> None:
    for label, top, bottom in _RIGHT_ROWS:
        sheet.row(top, bottom, (144, 176.2, 252), (label, ""), size=2.9, colour=_LABEL, rule=_RULE, width=0.3)
    x, size = 178.1, 3.2
    sheet.field("location", x, 22.4, size, wrap=72)
    sheet.field("usage", x, 39.0, size)
    sheet.field("area_m2", x, 50.0, size)
    sheet.text("2006-06-30", x, 61.2, size)
    sheet.text("人民币 样本 元", x, 72.2, size)
    sheet.field("registered_on", x, 83.0, size)
    sheet.box(144, 89, 252, 135, colour=_RULE, width=0.3)
    sheet.text("他项权利摘要及附记:", 146, 92.4, 2.9, colour=_LABEL)
    sheet.field("mortgage", 146, 99.0, size)
    specimen_mark(sheet, 260, 4.3)


KINDS = (Kind("C01", "inner", "房地产证 内页", (264.0, 186.0), _printed, _paint, cover=Cover(2.2, (24, 74, 54))),)
