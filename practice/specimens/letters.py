"""Papers without a layout of their own yet: a title and one line a field, on a page or card of the right size.

They let every family be played to the end. A kind that desks should learn to read gets its own module, like the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from practice.specimens.base import Kind, Raw, printed_fields
from practice.specimens.ornaments import round_seal, specimen_mark, waves
from practice.specimens.sheet import Sheet
from practice.specimens.values import chinese_date, dotted, flatten, year_month_day

_A4 = (210.0, 297.0)
_CARD = (85.6, 54.0)
_MARGIN = 0.12  # of the width
_DATES = (
    "birth_date",
    "born_at_date",
    "issued_on",
    "valid_from",
    "valid_to",
    "dated",
    "signed_on",
    "handover_by",
    "registered_on",
)


@dataclass(frozen=True)
class _Letter:
    material: str
    page: str
    title: str
    size_mm: tuple[float, float]
    lines: tuple[tuple[str, str], ...]  # dotted field name, printed label
    date: Callable[[str], str] = year_month_day
    seal: tuple[str, str] = ("", "")
    corner_mm: float = 0.0
    when: tuple[str, str] = ("", "")  # only documents that have this key, with this value unless it is empty


_PERMIT = (("name_zh", "姓名"), ("name_en", ""), ("name_latin", ""), ("birth_date", "出生日期"), ("sex", "性别"))
_BIRTH_ABROAD = (
    ("cert_no", "編號"),
    ("child_name", "新生兒姓名"),
    ("sex", "性別"),
    ("born_at_date", "出生日期"),
    ("birth_place", "出生地"),
    ("mother_name", "母親姓名"),
    ("mother_id", "證件號碼"),
    ("father_name", "父親姓名"),
    ("father_id", "證件號碼"),
    ("issuer", "開具機構"),
    ("issued_on", "開具日期"),
)
_LETTERS = (
    _Letter("A05", "front", "港澳居民来往内地通行证", _CARD, (*_PERMIT, ("valid_from", "有效期限自"), ("valid_to", "有效期限至"), ("issuing_office", "签发机关"), ("permit_no", "证件号码"), ("reissue_count", "换证次数")), dotted, corner_mm=3.2),
    _Letter("A05", "back", "", _CARD, (("mrz[0]", ""), ("mrz[1]", ""), ("mrz[2]", "")), corner_mm=3.2, when=("mrz", "")),
    _Letter("A03", "front", "台湾居民来往大陆通行证", _CARD, (("name", "姓名"), ("birth_date", "出生日期"), ("valid_to", "有效期限至"), ("id_no", "证件号码")), dotted, corner_mm=3.2, when=("kind", "台湾居民来往大陆通行证")),
    _Letter("A04", "page", "出生證明書", _A4, _BIRTH_ABROAD, seal=("樣本醫院", "樣本"), when=("edition", "TW")),
    _Letter("A04", "page", "出生登記記項證明書", _A4, _BIRTH_ABROAD, seal=("香港出生登記處樣本", "樣本"), when=("edition", "HK")),
    _Letter("A06", "front", "香港永久性居民身份證", _CARD, (("name_zh", ""), ("name_en", ""), ("birth_date", "出生日期"), ("symbols", ""), ("issued_on", "簽發日期"), ("hkid", "")), dotted, corner_mm=3.2),
    _Letter("A08", "front", "台湾居民来往大陆通行证", _CARD, (*_PERMIT, ("valid_to", "有效期限至"), ("permit_no", "证件号码"), ("issue_count", "签发次数")), dotted, corner_mm=3.2),
    _Letter("A10", "data", "护照 PASSPORT", (125.0, 88.0), (("passport_no", "护照号"), ("name_zh", "姓名"), ("name_latin", ""), ("sex", "性别"), ("birth_date", "出生日期"), ("birth_place", "出生地点"), ("issued_on", "签发日期"), ("valid_to", "有效期至"), ("issuing_office", "签发机关"), ("mrz[0]", ""), ("mrz[1]", "")), dotted, corner_mm=2.0),
    _Letter("B02", "p1", "民事调解书", _A4, (("case_no", ""), ("child_name", "婚生子女"), ("custody_to", "抚养权归"), ("dated", "日期")), chinese_date, ("深圳市虚构区人民法院", "样本")),
    _Letter("B03", "p1", "公证书", _A4, (("doc_no", ""), ("child_name", "申请人"), ("parents[0]", "关系人"), ("parents[1]", "关系人"), ("notary_office", "公证机构"), ("dated", "日期")), chinese_date, ("虚构公证处", "公证专用章")),
    _Letter("C04", "p1", "深圳市商品房买卖合同(预售)", _A4, (("contract_no", "合同编号"), ("seller", "甲方(卖方)"), ("buyers[father].name", "乙方(买方)"), ("buyers[father].id_no", "身份证号码"), ("buyers[mother].name", "乙方(买方)"), ("buyers[mother].id_no", "身份证号码"), ("location", "房地产坐落"), ("usage", "用途"), ("handover_by", "交付日期"), ("signed_on", "签订日期")), seal=("深圳市虚构地产有限公司", "合同专用章")),
    _Letter("C05", "page", "收据", (212.0, 104.0), (("kind", "款项"), ("payer", "交款人"), ("contract_no", "合同编号"), ("dated", "日期")), seal=("深圳市虚构地产有限公司", "财务专用章")),
    _Letter("C10", "p1", "房屋租赁合同及居住登记信息", _A4, (("lessor", "出租人"), ("lessee", "承租人"), ("lessee_id", "身份证号码"), ("address", "房屋地址"), ("house_code", "房屋编码"), ("term_from", "租期自"), ("term_to", "租期至"), ("first_registered", "首次登记日期")), seal=("虚构社区网格管理中心", "登记专用章")),
    _Letter("C16", "p1", "深圳市农村城市化历史遗留违法建筑普查申报收件回执", _A4, (("receipt_no", "回执编号"), ("applicant", "申报人"), ("applicant_id", "身份证号码"), ("location", "建筑位置"), ("dated", "收件日期"), ("community_certificate.issuer", "社区证明"), ("community_certificate.dated", "证明日期")), seal=("虚构白芒社区工作站", "证明专用章")),
    _Letter("D03", "page", "营业执照(副本)", _A4, (("reg_no", "注册号"), ("uscc", "统一社会信用代码"), ("name", "名称"), ("kind", "类型"), ("operator", "经营者"), ("address", "经营场所"), ("registered_on", "注册日期"), ("valid_to", "有效期至"), ("registrar", "登记机关")), seal=("深圳市市场监督管理局", "样本")),
    _Letter("F01", "p1", "深圳市高层次专业人才证书", _A4, (("cert_no", "证书编号"), ("name", "姓名"), ("level", "级别"), ("issued_on", "发证日期"), ("valid_to", "有效期至")), seal=("虚构市人才工作局", "证书专用章")),
)  # fmt: skip


def _printer(letter: _Letter) -> Callable[[Raw], dict[str, str]]:
    def printed(raw: Raw) -> dict[str, str]:
        def form(text: str) -> str:
            return letter.date(text) if len(text) == 10 and text[:4].isdigit() else text

        return printed_fields(raw, dict.fromkeys(_DATES, form), only=tuple(name for name, _ in letter.lines))

    return printed


def _painter(letter: _Letter) -> Callable[[Sheet, Raw], None]:
    def paint(sheet: Sheet, raw: Raw) -> None:
        width, height = letter.size_mm
        small = width < 150
        if small:
            sheet.box(0, 0, width, height, colour=None, fill=(228, 234, 232))
            waves(sheet, ((200, 214, 220), (214, 206, 196)))
        size = height / 20 if small else min(4.2, height / 26)
        x, y = width * (0.05 if small else _MARGIN), height * (0.09 if small else 0.11)
        title = min(size * (1.45 if small else 1.7), 0.86 * width / max(1, len(letter.title)))
        sheet.text(letter.title, width / 2, y, title, face="serif-bold", anchor="centre")
        y += title * (1.3 if small else 2.6)
        step = min(size * 2.6, (height * (0.93 if small else 0.8) - y) / len(letter.lines))
        present = flatten(raw)
        for name, label in letter.lines:
            if name not in present:
                continue
            _line(sheet, name, label, x, y, size)
            y += step
        if letter.seal[0]:
            radius = min(20.0, height * 0.2)
            room = y + radius * 0.8 if not small and height > 200 else height * 0.68
            round_seal(sheet, *letter.seal, width * 0.74, room, radius)
        specimen_mark(sheet, width * 0.96, height * (0.955 if small else 0.04), 2.0 if small else 2.6)

    return paint


def _line(sheet: Sheet, name: str, label: str, x: float, y: float, size: float) -> None:
    room = sheet.size_mm[0] - 2 * x
    if name.startswith("mrz"):
        fits = size * room / sheet.width(sheet.fields[name], size, face="mono")
        sheet.field(name, x, y, min(size * 1.3, fits), face="mono")
        return
    if label:
        _, x_value = sheet.text(f"{label}: ", x, y, size, colour=(70, 74, 84))
        sheet.field(name, x_value, y, size, wrap=room - (x_value - x))
    else:
        sheet.field(name, x, y, size, wrap=room)


def _leaves(letter: _Letter) -> Callable[[Raw], list[tuple[str, Raw]]]:
    key, value = letter.when

    def leaves(raw: Raw) -> list[tuple[str, Raw]]:
        there = not key or (key in raw and value in ("", raw[key]))
        return [(letter.page, raw)] if there else []

    return leaves


def _kind(letter: _Letter) -> Kind:
    return Kind(
        letter.material,
        letter.page,
        letter.title or "证件背面",
        letter.size_mm,
        _printer(letter),
        _painter(letter),
        _leaves(letter),
        corner_mm=letter.corner_mm,
    )


KINDS = tuple(_kind(letter) for letter in _LETTERS)
