"""Medical certificate of birth (A04): the landscape editions up to 2013 (V4) and the A4 portrait edition from 2014 on (V5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from practice.specimens.base import Kind, Raw, printed_fields
from practice.specimens.ornaments import lace_border, round_seal, specimen_mark, waves
from practice.specimens.sheet import Colour, Sheet
from practice.specimens.values import year_month_day

_GREEN: Colour = (16, 70, 40)
_BORDER: Colour = (88, 166, 112)
_FIELDS = ("child_name", "sex", "born_at_date", "birth_place", "institution", "mother_name", "mother_id")
_FIELDS += ("father_name", "father_id", "issuer", "issued_on", "cert_no")


def _padded(iso: str) -> str:
    return year_month_day(iso, padded=True)


def _printed(raw: Raw) -> dict[str, str]:
    return printed_fields(raw, dict.fromkeys(("born_at_date", "issued_on"), _padded), only=_FIELDS)


def _edition(name: str) -> Callable[[Raw], list[tuple[str, Raw]]]:
    return lambda raw: [("page", raw)] if raw.get("edition") == name else []


def _label(sheet: Sheet, chinese: str, english: str, x: float, y: float, size: float) -> None:
    sheet.text(chinese, x, y, size, face="serif-bold", colour=_GREEN)
    sheet.text(english, x, y + size * 1.15, size * 0.55, face="sans", colour=(86, 130, 102))


def _time(raw: Raw) -> str:
    clock = str(raw.get("born_at", "")).partition(" ")[2]
    hours, _, minutes = clock.partition(":")
    return f"{hours}时{minutes}分" if minutes else ""


def _age(raw: Raw, parent: str) -> str:
    number = str(raw.get(f"{parent}_id", ""))
    if len(number) != 18:
        return "28"
    return str(date.fromisoformat(raw["born_at_date"]).year - int(number[6:10]))


def _born(sheet: Sheet, raw: Raw, x: float, y: float, size: float) -> None:
    end = sheet.field("born_at_date", x, y, size)
    sheet.text(_time(raw), end, y, size)


def _paint_v5(sheet: Sheet, raw: Raw) -> None:
    sheet.box(0, 0, 210, 297, colour=None, fill=(238, 230, 198))
    waves(sheet, ((222, 214, 160), (206, 220, 176)), lines=44)
    lace_border(sheet, 6.5, 6.4, _BORDER)
    sheet.text("中华人民共和国", 104.5, 23.4, 4.4, colour=_GREEN, spacing=2.1, anchor="centre")
    sheet.text("出生医学证明", 104.5, 35.0, 7.6, face="serif-bold", colour=_GREEN, spacing=4.9, anchor="centre")
    sheet.text("MEDICAL CERTIFICATE OF BIRTH", 104.5, 43.3, 3.0, face="sans", colour=_GREEN, anchor="centre")
    for chinese, english, x, y in _V5_LABELS:
        _label(sheet, chinese, english, x, y, 3.2)
    size = 3.5
    sheet.field("child_name", 48, 56.4, size)
    sheet.field("sex", 132, 56.4, size)
    _born(sheet, raw, 48, 71.9, size)
    for text, x, y in (("39 周", 136, 71.9), ("3200 克", 48, 87.4), ("50 厘米", 136, 87.4)):
        sheet.text(text, x, y, size)
    sheet.field("birth_place", 48, 102.9, size)
    sheet.field("institution", 52, 118.4, size)
    for parent, top in (("mother", 133.9), ("father", 174.1)):
        number = str(raw.get(f"{parent}_id", ""))
        sheet.field(f"{parent}_name", 48, top, size)
        sheet.text(_age(raw, parent), 126, top, size)
        sheet.text("中国", 154, top, size)
        sheet.text(f"{raw['birth_place']}样本路(样本)", 48, top + 13.1, size)
        sheet.text(
            "居民身份证" if len(number) == 18 else "护照" if number[:1] == "E" else "通行证", 56, top + 26.3, size
        )
        sheet.field(f"{parent}_id", 112, top + 26.3, size)
    sheet.field("issuer", 48, 215.9, size)
    sheet.text("(盖章)", 116, 215.9, size)
    sheet.field("issued_on", 48, 229.8, size)
    sheet.field("cert_no", 66, 245.1, 5.3, face="sans-bold", colour=_GREEN, spacing=0.75)
    round_seal(sheet, str(raw["issuer"]), "出生医学证明", 146, 222.0, 20.5)
    specimen_mark(sheet, 192, 16.4)


_V5_LABELS = (
    ("新生儿姓名", "Name of the newborn", 22, 56.1),
    ("性别", "Sex", 112, 56.1),
    ("出生时间", "Time of birth", 22, 71.6),
    ("出生孕周", "Gestation", 112, 71.6),
    ("出生体重", "Weight", 22, 87.1),
    ("出生身长", "Length", 112, 87.1),
    ("出生地点", "Place of birth", 22, 102.6),
    ("医疗机构名称", "Name of facility", 22, 118.1),
    ("母亲姓名", "Name of mother", 22, 133.6),
    ("年龄", "Age", 112, 133.6),
    ("国籍", "Nationality", 138, 133.6),
    ("住址", "Address", 22, 146.7),
    ("有效身份证件类别", "Type of ID", 22, 159.9),
    ("号码", "ID No.", 96, 159.9),
    ("父亲姓名", "Name of father", 22, 173.8),
    ("年龄", "Age", 112, 173.8),
    ("国籍", "Nationality", 138, 173.8),
    ("住址", "Address", 22, 186.9),
    ("有效身份证件类别", "Type of ID", 22, 200.1),
    ("号码", "ID No.", 96, 200.1),
    ("签发机构", "Issuing institution", 22, 215.6),
    ("签发日期", "Date of issue", 22, 229.5),
    ("出生医学证明编号", "Certificate number", 22, 245.0),
)


def _paint_v4(sheet: Sheet, raw: Raw) -> None:
    sheet.box(0, 0, 260, 184, colour=None, fill=(242, 246, 220))
    waves(sheet, ((222, 226, 180), (210, 228, 190)), lines=44)
    lace_border(sheet, 5.2, 5.2, _BORDER)
    sheet.text("出生医学证明", 130, 17.3, 6.6, face="serif-bold", colour=_GREEN, spacing=4.4, anchor="centre")
    sheet.text("MEDICAL CERTIFICATE OF BIRTH", 130, 24.6, 2.6, face="sans", colour=_GREEN, anchor="centre")
    for chinese, english, x, y in _V4_LABELS:
        _label(sheet, chinese, english, x, y, 2.85)
    size = 3.2
    sheet.field("child_name", 40.9, 35.0, size)
    sheet.field("sex", 117.0, 35.0, size)
    _born(sheet, raw, 163.0, 35.0, size)
    sheet.field("birth_place", 40.9, 49.6, size)
    for text, x in (("39周", 123), ("3200克", 168), ("50厘米", 214)):
        sheet.text(text, x, 49.6, size)
    sheet.field("institution", 44.9, 64.2, size)
    for parent, y in (("mother", 78.8), ("father", 93.4)):
        sheet.field(f"{parent}_name", 38.9, y, size)
        sheet.text(_age(raw, parent), 99, y, size)
        sheet.text("中国", 122, y, size)
        sheet.text("汉", 151, y, size)
        sheet.field(f"{parent}_id", 182, y, size)
    sheet.text(f"{raw['birth_place']}样本路(样本)", 38.9, 108.1, size)
    sheet.field("issuer", 38.9, 122.7, size)
    sheet.field("issued_on", 167, 122.7, size)
    sheet.field("cert_no", 46.9, 138.2, 4.9, face="sans-bold", colour=_GREEN, spacing=0.75)
    round_seal(sheet, str(raw["issuer"]), "出生医学证明", 119, 131.5, 18.5)
    specimen_mark(sheet, 244, 14.3)


_V4_LABELS = (
    ("新生儿姓名", "Full name of baby", 17, 34.7),
    ("性别", "Sex", 104, 34.7),
    ("出生时间", "Date of birth", 144, 34.7),
    ("出生地点", "Place of birth", 17, 49.3),
    ("出生孕周", "Gestation", 104, 49.3),
    ("体重", "Weight", 154, 49.3),
    ("身长", "Height", 200, 49.3),
    ("医疗机构名称", "Name of facility", 17, 63.9),
    ("母亲姓名", "Name of mother", 17, 78.5),
    ("年龄", "Age", 88, 78.5),
    ("国籍", "Nationality", 110, 78.5),
    ("民族", "Nationality", 140, 78.5),
    ("身份证号", "Identity card No.", 164, 78.5),
    ("父亲姓名", "Name of father", 17, 93.1),
    ("年龄", "Age", 88, 93.1),
    ("国籍", "Nationality", 110, 93.1),
    ("民族", "Nationality", 140, 93.1),
    ("身份证号", "Identity card No.", 164, 93.1),
    ("家庭住址", "Address", 17, 107.8),
    ("签发机构", "Issuing organization", 17, 122.4),
    ("签发日期", "Date of issue", 148, 122.4),
    ("出生证编号", "Birth certificate No.", 17, 138.0),
)

KINDS = (
    Kind("A04", "page", "出生医学证明(横版)", (260.0, 184.0), _printed, _paint_v4, _edition("V4")),
    Kind("A04", "page", "出生医学证明(竖版)", (210.0, 297.0), _printed, _paint_v5, _edition("V5")),
)
