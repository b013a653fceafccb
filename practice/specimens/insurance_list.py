"""Social insurance payment list of one person (D02): an A4 print-out with a table of months."""

from __future__ import annotations

from practice.specimens.base import Kind, Raw, printed_fields
from practice.specimens.ornaments import qr, round_seal, specimen_mark
from practice.specimens.sheet import Sheet
from practice.specimens.values import year_month_day

_FIELDS = ("name", "si_no", "id_no", "employer", "verify_code", "printed_on")
_EDGES = (11.9, 20.9, 28.1, 47.9, 62.9, 77.0, 90.0, 99.0, 114.0, 127.0, 139.0, 147.9, 162.0, 173.9, 185.0, 196.2)
_GROUPS = ((11.9, 47.9, 90.0, 139.0, 173.9, 185.0, 196.2), (" ", "养老保险", "医疗保险", "生育", "工伤", "失业"))
_HEADS = ("缴费年", "月", "单位编号", "基数", "单位交", "个人交", "险种", "基数", "单位交", "个人交")
_HEADS += ("险种", "基数", "单位交", "工伤", "失业")
_ROW = 6.22


def _printed(raw: Raw) -> dict[str, str]:
    return printed_fields(raw, {"printed_on": year_month_day}, only=_FIELDS)


def _paint(sheet: Sheet, raw: Raw) -> None:
    sheet.box(0, 0, 210, 297, colour=None, fill=(247, 247, 245))
    qr(sheet, "https://sipub.specimen.invalid/pj?c=FIXTURE", 12.0, 10.0, 16.2)
    sheet.text("深圳市社会保险历年参保缴费明细表(个人)", 105, 16.5, 4.9, face="serif-bold", anchor="centre")
    size = 3.2
    employer_no = f"99900{str(raw['si_no'])[-4:]}"
    _labelled(sheet, "姓名:", "name", 14.0, 31.2, size)
    _labelled(sheet, "社保电脑号:", "si_no", 58.2, 31.2, size)
    _labelled(sheet, "身份证号码:", "id_no", 108.3, 31.2, size)
    sheet.text("页码:1", 196, 31.2, size, anchor="right")
    _labelled(sheet, "参保单位名称:", "employer", 14.0, 37.1, size)
    sheet.text(f"单位编号:{employer_no}", 120, 37.1, size)
    sheet.text("计算单位:元", 196, 37.1, size, anchor="right")
    sheet.row(42.0, 48.2, *_GROUPS, size=2.6, width=0.2)
    sheet.row(48.2, 54.4, _EDGES, _HEADS, size=2.2, width=0.2)
    top = 54.4
    for month in raw["months"]:
        sheet.row(top, top + _ROW, _EDGES, _cells(month, employer_no), size=2.2, width=0.2)
        top += _ROW
    notes = top + 6.6
    sheet.text(
        "备注:1.本证明可作为参保人在我市参加社会保险的证明,请登录 sipub.specimen.invalid 输入验真码核验,验真码有效期三个月。",
        14.0,
        notes,
        2.35,
    )
    sheet.text("2. “*”标识为补缴,空行为断缴。医疗险种 1、2、4 为职工档次。(样本)", 14.0, notes + 5, 2.35)
    _labelled(sheet, "验真码:", "verify_code", 14.0, notes + 12.3, size)
    _labelled(sheet, "打印日期:", "printed_on", 14.0, notes + 18.3, size)
    round_seal(sheet, "深圳市虚构社会保险基金管理局", "电子专用章", 168.0, 22.3, 14.5)
    round_seal(sheet, "深圳市虚构社会保险基金管理局", "证明专用章", 160.0, notes + 20.0, 18.5)
    specimen_mark(sheet, 200, 5.8)


def _labelled(sheet: Sheet, label: str, field: str, x: float, y: float, size: float) -> None:
    _, end = sheet.text(label, x, y, size)
    sheet.field(field, end, y, size)


def _cells(month: Raw, employer_no: str) -> tuple[str, ...]:
    """One month's row: a gap prints year and month alone, back-paid months carry an asterisk."""
    year, number = str(month["ym"]).split("-")
    star = "*" if month["back_paid"] else ""
    pension = ("4200", "588", "336") if month["pension"] else (" ", " ", " ")
    medical = ("1", "6200", "384.4", "124") if month["medical"] else (" ", " ", " ", " ")
    rest = ("1", "4200", "18.9", "8.4", "12.6") if month["medical"] else (" ",) * 5
    paid = month["pension"] or month["medical"]
    return (year, f"{number}{star}", employer_no if paid else " ", *pension, *medical, *rest)


KINDS = (Kind("D02", "p1", "社会保险参保缴费明细表", (210.0, 297.0), _printed, _paint),)
