"""Real estate title certificate (C02, from 2015): the double inner page of 340 × 240 mm with its QR code."""

from __future__ import annotations

from practice.specimens.base import Cover, Kind, Raw, printed_fields
from practice.specimens.ornaments import fold, qr, round_seal, specimen_mark, waves
from practice.specimens.sheet import Colour, Sheet
from practice.specimens.values import flatten, year_month_day

_RULE: Colour = (96, 70, 60)
_ROWS = (
    ("权利人", 34.0, 49.0),
    ("共有情况", 49.0, 62.0),
    ("坐落", 62.0, 80.0),
    ("不动产单元号", 80.0, 93.0),
    ("权利类型", 93.0, 106.0),
    ("权利性质", 106.0, 119.0),
    ("用途", 119.0, 132.0),
    ("面积", 132.0, 145.0),
    ("使用期限", 145.0, 158.0),
    ("权利其他状况", 158.0, 214.0),
)


def _printed(raw: Raw) -> dict[str, str]:
    forms = {"issued_on": lambda day: year_month_day(day, gap=" "), "share_percent": lambda share: f"{share}%"}
    return printed_fields(raw, forms)


def _paint(sheet: Sheet, raw: Raw) -> None:
    sheet.box(0, 0, 340, 240, colour=None, fill=(240, 234, 230))
    waves(sheet, ((230, 206, 196), (224, 214, 196)), lines=60, strength=0.4)
    fold(sheet, 170)
    _paint_left(sheet, raw)
    sheet.field("cert_no", 255, 20.7, 4.5, anchor="centre")
    for label, top, bottom in _ROWS:
        sheet.row(top, bottom, (184.0, 217.6, 325.8), (label, ""), size=3.8, colour=(70, 56, 52), rule=_RULE, width=0.3)
    size, x = 3.9, 221.0
    at = x
    roles = [owner["role"] for owner in raw["obligees"]]
    for i, role in enumerate(roles):
        if i:
            _, at = sheet.text("、", at, 41.1, size)
        at = sheet.field(f"obligees[{role}].name", at, 41.1, size)
    sheet.field("co_ownership", x, 55.1, size)
    sheet.field("location", x, 70.6, size, wrap=102)
    sheet.field("unit_no", x, 86.2, size)
    sheet.field("right_type", x, 99.2, size)
    sheet.field("right_nature", x, 112.2, size)
    sheet.field("usage", x, 125.2, size)
    _, at = sheet.text("建筑面积 ", x, 138.2, size)
    at = sheet.field("area_m2", at, 138.2, size)
    sheet.text(" 平方米", at, 138.2, size)
    sheet.text("2010年01月01日起 2079年12月31日止", x, 151.3, size)
    at = x
    for role in roles:
        at = sheet.field(f"obligees[{role}].id_no", at, 164.8, size) + 1.2
    at = x
    for role in roles:
        _, at = sheet.text("份额 ", at, 172.8, size)
        at = sheet.field(f"obligees[{role}].share_percent", at, 172.8, size) + 3.0


def _paint_left(sheet: Sheet, raw: Raw) -> None:
    for i, text in enumerate(
        (
            "根据《中华人民共和国物权法》等法律法规,为保护不动",
            "产权利人合法权益,对不动产权利人申请登记的本证所列",
            "不动产权利,经审查核实,准予登记,颁发此证。(样本)",
        )
    ):
        sheet.text(text, 26.5, 64.3 + 8.25 * i, 4.3)
    sheet.text("登记机构(章)", 108, 155, 3.9)
    sheet.field("issued_on", 103.5, 180.7, 3.9)
    round_seal(sheet, "虚构市不动产登记中心", "不动产登记专用章", 121.5, 166.0, 22.0)
    printed = flatten(raw)
    qr(
        sheet,
        f"https://bdc.specimen.invalid/q?c={printed['cert_no']}&u={printed.get('unit_no', '')}",
        25.5,
        182.0,
        30.0,
    )
    sheet.text("编号 No. 44990000001", 24.0, 228.6, 3.0, face="sans", colour=(190, 50, 50))
    specimen_mark(sheet, 335, 5.7, 2.6)


KINDS = (Kind("C02", "inner", "不动产权证书 内页", (340.0, 240.0), _printed, _paint, cover=Cover(2.5, (110, 24, 34))),)
