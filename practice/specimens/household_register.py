"""Household register (A01): the household's front page and one page per member, leaves of 143 × 105 mm in a plastic cover."""

from __future__ import annotations

import re

from practice.specimens.base import Cover, Kind, Raw, printed_fields
from practice.specimens.ornaments import name_stamp, round_seal, specimen_mark, waves
from practice.specimens.sheet import Colour, Sheet
from practice.specimens.values import year_month_day

_SIZE = (143.0, 105.0)
_RULE: Colour = (58, 84, 64)
_LABEL: Colour = (44, 58, 48)
_FRONT = ("household_type", "head_name", "household_no", "address", "issuing_office", "issued_on")
_COVER = Cover(2.6, (104, 28, 34))
_WAVES: tuple[Colour, ...] = ((226, 196, 198), (226, 212, 184), (216, 200, 212))


def _padded(iso: str) -> str:
    return year_month_day(iso, padded=True)


def _front_fields(raw: Raw) -> dict[str, str]:
    return printed_fields(raw, {"issued_on": _padded}, only=_FRONT)


def _member_fields(raw: Raw) -> dict[str, str]:
    return printed_fields({"members": raw["members"]}, {"birth_date": _padded})


def _member_leaves(raw: Raw) -> list[tuple[str, Raw]]:
    return [
        (f"member_{member['role']}", {**raw, "members": [member], "number": i + 1})
        for i, member in enumerate(raw["members"])
    ]


def _double_frame(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    sheet.box(x0, y0, x1, y1, colour=_RULE, width=0.25)
    sheet.box(x0 + 0.7, y0 + 0.7, x1 - 0.7, y1 - 0.7, colour=_RULE, width=0.25)


def _paint_front(sheet: Sheet, raw: Raw) -> None:
    sheet.box(0, 0, *_SIZE, colour=None, fill=(246, 236, 234))
    waves(sheet, _WAVES)
    sheet.text("常住人口登记", 71.5, 11.0, 4.6, face="serif-bold", spacing=2.1, anchor="centre", colour=(20, 44, 28))
    _double_frame(sheet, 12.5, 19.7, 130.5, 62.4)
    cells = {"size": 2.6, "colour": _LABEL, "rule": _RULE, "width": 0.35}
    sheet.row(20.3, 32.0, (13.1, 35.0, 71.0, 93.0, 129.9), ("户别", "", "户主姓名", ""), **cells)
    sheet.row(32.0, 44.0, (13.1, 35.0, 129.9), ("户号", ""), **cells)
    sheet.row(44.0, 61.8, (13.1, 35.0, 129.9), ("住址", ""), **cells)
    sheet.field("household_type", 36.6, 26.0, 3.15)
    sheet.field("head_name", 94.6, 26.0, 3.15)
    sheet.field("household_no", 36.6, 38.0, 3.15)
    sheet.field("address", 37.0, 50.4, 3.15, wrap=90)
    sheet.text("省级公安机关户口专用章", 24.3, 68.4, 2.3, colour=_LABEL)
    sheet.text("户口登记机关户口专用章", 84.2, 68.4, 2.3, colour=_LABEL)
    office = str(raw["issuing_office"])
    round_seal(sheet, "虚构省公安厅样本", "户口专用章", 36.2, 79.0, 15.6)
    round_seal(sheet, office[-14:], "户口专用章", 104.0, 79.0, 15.6)
    sheet.text("承办人签章:", 13.2, 97.6, 2.3, colour=_LABEL)
    name_stamp(sheet, "王样本", 33.0, 97.0)
    sheet.field("issuing_office", 58.0, 97.6, 2.15)
    sheet.text("签发日期:", 101.5, 97.4, 2.4, colour=_LABEL)
    sheet.field("issued_on", 113.8, 97.4, 2.4)
    specimen_mark(sheet, 140.0, 3.4)


def _paint_member(sheet: Sheet, raw: Raw) -> None:
    member = raw["members"][0]
    sheet.box(0, 0, *_SIZE, colour=None, fill=(242, 232, 236))
    waves(sheet, _WAVES)
    sheet.text("常住人口登记卡", 71.5, 7.0, 4.0, face="serif-bold", spacing=0.85, anchor="centre", colour=(20, 44, 28))
    sheet.text(f"No.{raw['number']:02d}", 126.0, 7.6, 2.5, colour=(70, 80, 76))
    _double_frame(sheet, 8.7, 11.7, 134.5, 93.3)
    for row, (edges, labels) in enumerate(_MEMBER_ROWS):
        top = 11.9 + 8.11 * row
        sheet.row(top, top + 8.11, edges, labels, size=2.55, colour=_LABEL, rule=_RULE, width=0.35)
    name = f"members[{member['role']}]"
    size = 3.1
    sheet.field(f"{name}.name", 30.7, 16.0, size)
    sheet.field(f"{name}.relation_to_head", 96.5, 16.0, size)
    sheet.field(f"{name}.sex", 96.5, 24.1, size)
    sheet.field(f"{name}.ethnicity", 96.5, 32.2, size)
    sheet.field(f"{name}.birth_date", 96.5, 40.3, size)
    sheet.field(f"{name}.id_no", 38.7, 56.5, size)
    province = re.match(r".+?(省|自治区)", str(raw["address"]))
    native = province.group() if province else "广东省"
    sheet.text(f"{native}(样本)", 30.7, 32.2, size)
    sheet.text(native, 30.7, 40.3, size)
    if int(member["birth_date"][:4]) < 2000:
        sheet.text("大学本科", 30.7, 64.6, size)
        sheet.text("已婚", 73.0, 64.6, size)
        sheet.text("虚构单位", 30.7, 72.7, size)
    round_seal(sheet, str(raw["issuing_office"])[:9], "户口登记章", 77.5, 78.5, 14.0)
    sheet.text("承办人签章:", 9.2, 97.6, 2.4, colour=_LABEL)
    name_stamp(sheet, "王样本", 29.0, 96.8)
    sheet.text(f"登记日期: {year_month_day(raw['issued_on'])}", 99.0, 97.5, 2.5)
    specimen_mark(sheet, 140.0, 3.2)


_MEMBER_ROWS = (
    ((9.3, 29.0, 73.0, 95.0, 133.9), ("姓名", "", "户主或与户主关系", "")),
    ((9.3, 29.0, 73.0, 95.0, 133.9), ("曾用名", "", "性别", "")),
    ((9.3, 29.0, 73.0, 95.0, 133.9), ("出生地", "", "民族", "")),
    ((9.3, 29.0, 73.0, 95.0, 133.9), ("籍贯", "", "出生日期", "")),
    ((9.3, 37.4, 85.0, 105.0, 133.9), ("本市(县)其他住址", "", "宗教信仰", "")),
    ((9.3, 37.4, 85.0, 95.0, 107.0, 117.0, 133.9), ("公民身份证件编号", "", "身高", "", "血型", "")),
    ((9.3, 29.0, 53.0, 71.0, 93.0, 111.0, 133.9), ("文化程度", "", "婚姻状况", "", "兵役状况", "")),
    ((9.3, 29.0, 89.0, 105.0, 133.9), ("服务处所", "", "职业", "")),
    ((9.3, 45.0, 133.9), ("何时由何地迁来本市(县)", "")),
    ((9.3, 45.0, 133.9), ("何时由何地迁来本址", "")),
)

KINDS = (
    Kind("A01", "front", "户口簿 首页", _SIZE, _front_fields, _paint_front, cover=_COVER, corner_mm=1.0),
    Kind(
        "A01",
        "member",
        "户口簿 登记卡",
        _SIZE,
        _member_fields,
        _paint_member,
        _member_leaves,
        cover=_COVER,
        corner_mm=1.0,
    ),
)
