"""Marriage and divorce certificate (B01, B02): the inner double page of 190 × 132 mm."""

from __future__ import annotations

from practice.specimens.base import Cover, Kind, Raw, printed_fields
from practice.specimens.ornaments import fold, portrait, round_seal, specimen_mark, waves
from practice.specimens.sheet import Colour, Sheet
from practice.specimens.values import year_month_day

_LABEL: Colour = (110, 58, 62)
_BACKDROP: Colour = (190, 40, 40)
_RULE: Colour = (150, 92, 98)
_FIELDS = ("holder", "registered_on", "cert_no", "office")
_FIELDS += ("spouse_a.name", "spouse_a.id_no", "spouse_b.name", "spouse_b.id_no")


def _printed(raw: Raw) -> dict[str, str]:
    return printed_fields(raw, {"registered_on": year_month_day}, only=_FIELDS)


def _paint(sheet: Sheet, raw: Raw, word: str) -> None:
    sheet.box(0, 0, 190, 132, colour=None, fill=(240, 226, 230))
    waves(sheet, ((228, 200, 206), (226, 212, 190)))
    fold(sheet, 95)
    sheet.box(27.2, 14.2, 69.2, 44.0, colour=None, fill=_BACKDROP)
    portrait(sheet, 29.5, 17.5, 18.0, 26.5, female=False, backdrop=_BACKDROP)
    portrait(sheet, 49.0, 17.5, 18.0, 26.5, female=True, backdrop=_BACKDROP)
    for label, name, y in (
        ("持 证 人", "holder", 60.1),
        ("登记日期", "registered_on", 73.5),
        (f"{word}证字号", "cert_no", 86.9),
    ):
        sheet.text(label, 11.2, y, 3.4, colour=_LABEL)
        sheet.field(name, 36.2, y, 3.4)
        sheet.line(35.0, y + 3.5, 86.0, y + 3.5, colour=_RULE)
    sheet.text("备  注", 11.2, 100.3, 3.4, colour=_LABEL)
    sheet.line(35.0, 103.8, 86.0, 103.8, colour=_RULE)
    sheet.text("登记机关:", 11.2, 117.5, 2.8, colour=_LABEL)
    sheet.field("office", 29.2, 117.5, 2.8)
    round_seal(sheet, str(raw["office"]), "婚姻登记专用章", 67.2, 103.0, 17.5)
    _person(sheet, "spouse_a", raw, 16.2)
    sheet.line(101, 60, 186, 60, colour=_RULE)
    _person(sheet, "spouse_b", raw, 70.0)
    specimen_mark(sheet, 186, 127.0)


def _person(sheet: Sheet, spouse: str, raw: Raw, y: float) -> None:
    number = str(raw[spouse]["id_no"])
    resident = len(number) == 18
    sheet.text("姓名", 103.2, y, 3.2, colour=_LABEL)
    sheet.field(f"{spouse}.name", 114.0, y, 3.4)
    sheet.text("性别", 152.2, y, 3.2, colour=_LABEL)
    if resident:
        sheet.text("男" if int(number[16]) % 2 else "女", 163.5, y, 3.4)
    sheet.text("国籍", 103.2, y + 12, 3.2, colour=_LABEL)
    sheet.text("中国", 114.5, y + 12, 3.4)
    sheet.text("出生日期", 135.2, y + 12, 3.2, colour=_LABEL)
    if resident:
        born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        sheet.text(year_month_day(born, padded=True), 152.2, y + 12, 3.2)
    sheet.text("身份证件号", 103.2, y + 24, 3.2, colour=_LABEL)
    sheet.field(f"{spouse}.id_no", 124.0, y + 24, 3.4)
    for i in range(3):
        sheet.line(103, y + 3.7 + 12 * i, 184, y + 3.7 + 12 * i, colour=_RULE)


def _kind(material: str, word: str) -> Kind:
    def paint(sheet: Sheet, raw: Raw) -> None:
        _paint(sheet, raw, word)

    def leaves(raw: Raw) -> list[tuple[str, Raw]]:
        return [("inner", raw)] if "spouse_a" in raw else []

    size, cover = (190.0, 132.0), Cover(2.4, (150, 18, 30))
    return Kind(material, "inner", f"{word}证 内页", size, _printed, paint, leaves, cover)


KINDS = (_kind("B01", "结婚"), _kind("B02", "离婚"))
