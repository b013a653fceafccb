"""The online application as the platform prints it (G01, A4) and the small slip by which a desk finds the family."""

from __future__ import annotations

from practice.specimens.base import Kind, Raw, printed_fields
from practice.specimens.ornaments import code128, qr, specimen_mark
from practice.specimens.sheet import Colour, Sheet
from practice.specimens.values import year_month_day

_SHADE: Colour = (226, 228, 236)
_HUKOU = {"SZ_IN": "深户本区", "SZ_OUT": "深户他区", "SZ_NONE": "非深户", "HK": "港籍", "MO": "澳籍", "TW": "台籍"}
_PARENTS = {"father": "父亲", "mother": "母亲", "stepfather": "继父", "stepmother": "继母"}
_HOME_NUMBERS = ("cert_no", "voucher_no", "house_code", "receipt_no")
_LEFT, _RIGHT, _TOP, _ROW = 16.2, 194.0, 46.4, 11.4


def find_code(application_no: str) -> str:
    """What the QR code of slips and forms says."""
    return f"YH1:{application_no}"


def _form_fields(raw: Raw) -> dict[str, str]:
    people = [f"guardians[{g['role']}].{key}" for g in raw["guardians"] for key in ("name", "id_no")]
    only = (
        "application_no",
        "submitted_on",
        "school.name",
        "child.name",
        "child.sex",
        "child.birth_date",
        "child.id_no",
    )
    only += ("birth_cert_no", "household.address", "housing.address", *people, *(f"housing.{n}" for n in _HOME_NUMBERS))
    return printed_fields(raw, {}, only=only)


def _slip_fields(raw: Raw) -> dict[str, str]:
    return printed_fields(raw, {}, only=("application_no",))


def _paint_form(sheet: Sheet, raw: Raw) -> None:
    number, year = str(raw["application_no"]), str(raw["submitted_on"])[:4]
    sheet.text(f"南山区{year}年小学一年级学位申请表", 105, 16.8, 6.0, face="sans-bold", anchor="centre")
    code128(sheet, number, 24.0, 24.3, 74.0, 12.1)
    sheet.text(number, 61.0, 39.0, 2.9, face="sans", spacing=0.5, anchor="centre")
    qr(sheet, find_code(number), 164.0, 20.3, 24.1)
    size, value = 3.05, 3.5
    row = _Rows(sheet, size)
    row.pair("申请编号", "提交日期")
    row.pair("申请学校", "户籍类别")
    row.pair("儿童姓名", "性别")
    row.pair("出生日期", "民族")
    row.single("儿童证件号码")
    row.single("出生证编号")
    for guardian in raw["guardians"]:
        row.pair(f"{_PARENTS.get(guardian['role'], '监护人')}姓名", "证件号码", split=88.3)
    for label in ("户籍地址", "居住地址", "住房证件编号", "申请类别"):
        row.single(label)
    left, right = 45.1, 133.9
    middle = [_TOP + _ROW * (i + 0.5) for i in range(14)]
    sheet.field("application_no", left, middle[0], value)
    sheet.field("submitted_on", right, middle[0], value)
    sheet.field("school.name", left, middle[1], value)
    sheet.text(_HUKOU.get(raw["hukou_category"], "其他"), right, middle[1], value)
    sheet.field("child.name", left, middle[2], value)
    sheet.field("child.sex", right, middle[2], value)
    sheet.field("child.birth_date", left, middle[3], value)
    sheet.text(raw["child"].get("ethnicity", ""), right, middle[3], value)
    sheet.field("child.id_no", left, middle[4], value)
    sheet.field("birth_cert_no", left, middle[5], value)
    at = 6
    for guardian in raw["guardians"]:
        sheet.field(f"guardians[{guardian['role']}].name", left, middle[at], value)
        sheet.field(f"guardians[{guardian['role']}].id_no", 116.9, middle[at], value)
        at += 1
    sheet.field("household.address", left, middle[at], 3.3)
    sheet.field("housing.address", left, middle[at + 1], 3.3)
    for name in _HOME_NUMBERS:
        sheet.field(f"housing.{name}", left, middle[at + 2], value)
    sheet.text(raw["category_claimed"], left, middle[at + 3], value)
    bottom = _TOP + _ROW * (at + 4)
    sheet.text(
        "本人承诺以上所填内容及所提交的材料真实、准确、完整,如有虚假,愿承担由此产生的一切后果。",
        18.4,
        bottom + 10.3,
        3.4,
    )
    sheet.text("申请人签名:", 110.3, bottom + 24.5, 3.9)
    sheet.text(raw["guardians"][0]["name"], 136.5, bottom + 23.5, 5.6, face="serif", colour=(36, 44, 110))
    sheet.text(f"日期:{year_month_day(raw['submitted_on'])}", 110.3, bottom + 36.4, 3.9)
    sheet.text("本表由报名系统打印,验核时请携带全部原件。(样本)", 18.4, 285.6, 2.8)
    specimen_mark(sheet, 200, 290.7, 2.6)


class _Rows:
    """The form's table, one row after another."""

    def __init__(self, sheet: Sheet, size: float) -> None:
        self._sheet, self._size, self._y = sheet, size, _TOP

    def single(self, label: str) -> None:
        self._row((_LEFT, 43.3, _RIGHT), (label, ""))

    def pair(self, first: str, second: str, *, split: float = 105.2) -> None:
        self._row((_LEFT, 43.3, split, split + 27.0, _RIGHT), (first, "", second, ""))

    def _row(self, edges: tuple[float, ...], labels: tuple[str, ...]) -> None:
        self._sheet.row(self._y, self._y + _ROW, edges, labels, size=self._size, face="sans", width=0.3, fill=_SHADE)
        self._y += _ROW


def _paint_slip(sheet: Sheet, raw: Raw) -> None:
    number = str(raw["application_no"])
    sheet.text("小一学位申请 验核取号单", 45, 8.0, 4.2, face="sans-bold", anchor="centre")
    sheet.line(5, 13, 85, 13, width=0.3)
    qr(sheet, find_code(number), 8.0, 18.0, 30.0)
    sheet.text("请把此码对准摄像头", 44, 24.0, 3.2, face="sans")
    sheet.text("申请编号", 44, 34.0, 2.8, face="sans", colour=(90, 90, 96))
    sheet.field("application_no", 44, 40.0, 3.9, face="sans-bold")
    sheet.text("本单不作为录取凭证", 8.0, 53.6, 2.6, face="sans", colour=(90, 90, 96))
    specimen_mark(sheet, 85, 53.6, 2.2)


KINDS = (
    Kind("G01", "p1", "学位申请表", (210.0, 297.0), _form_fields, _paint_form),
    Kind("SLIP", "p1", "验核取号单", (90.0, 58.0), _slip_fields, _paint_slip),
)
