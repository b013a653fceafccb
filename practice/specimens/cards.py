"""Cards and passports (85.6 × 54 mm; passport page 125 × 88 mm): small labels with their values below or beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from practice.specimens.base import Kind, Raw, printed_fields
from practice.specimens.ornaments import portrait, specimen_mark, waves
from practice.specimens.sheet import Colour, Sheet
from practice.specimens.values import dotted, year_month_day

_CARD = (85.6, 54.0)
_TINT: Colour = (228, 234, 232)
_WAVES: tuple[Colour, ...] = ((200, 214, 220), (214, 206, 196))
_GREY: Colour = (70, 74, 84)
_MRZ_SIZE = 3.4
_DATES = ("birth_date", "issued_on", "valid_from", "valid_to")


@dataclass(frozen=True)
class _Cell:
    """A label at (x, y) and a field; the value stands ``right`` mm beside the label's left end, or below it for 0."""

    label: str
    name: str
    x: float
    y: float
    size: float = 2.9
    right: float = 0.0
    to: str = ""  # a second field after a dash: from – to


@dataclass(frozen=True)
class _Card:
    material: str
    page: str
    title: str
    cells: tuple[_Cell, ...]
    size_mm: tuple[float, float] = _CARD
    titles: tuple[str, ...] = ()  # lines printed at the top, the card's own title when empty
    portrait_at: tuple[float, float, float, float] | None = None
    dated: Callable[[str], str] = dotted
    when: Callable[[Raw], bool] = field(default=lambda raw: True)


_LIFE = (_Cell("性别/Sex", "sex", 57.8, 21.9), _Cell("出生日期/Date of birth", "birth_date", 29.9, 21.9))
_VALID = _Cell("有效期限/Period of validity", "valid_from", 29.9, 28.6, to="valid_to")
_OFFICE = _Cell("签发机关/Authority", "issuing_office", 29.9, 35.3, 2.4)
_NUMBER = _Cell("证件号码/No.", "permit_no", 4.0, 43.4, 3.6)
_PHOTO = (4.0, 9.5, 22.0, 29.5)
_RESIDENCE = (
    _Cell("姓名", "name", 5.0, 8.0, 3.1, 9.8),
    _Cell("性别", "sex", 5.0, 14.5, 2.7, 9.8),
    _Cell("出生", "birth_date", 5.0, 20.8, 2.7, 9.8),
    _Cell("住址", "address", 5.0, 27.0, 2.7, 9.8),
    _Cell("公民身份号码", "id_no", 5.0, 46.6, 3.4, 23.0),
)
_REVERSE = (
    _Cell("签发机关", "issuing_office", 14.0, 30.0, 2.7, 17.0),
    _Cell("有效期限", "valid_from", 14.0, 35.6, 2.7, 17.0, "valid_to"),
    _Cell("通行证号码", "permit_no", 14.0, 41.2, 2.7, 17.0),
    _Cell("签发次数", "issue_count", 14.0, 46.8, 2.7, 17.0),
)
_MRZ = (
    _Cell("备注 Remarks", "", 6.0, 13.0),
    *(_Cell("", f"mrz[{i}]", 4.0, 33.0 + 6.0 * i, _MRZ_SIZE) for i in range(3)),
)


def _spaced(day: str) -> str:
    return year_month_day(day, gap=" ")


def _day_first(day: str) -> str:
    """``2018-03-02`` as ``02-03-18``; a day that is known as it is printed stays as it is."""
    year, month, number = day.split("-")
    return f"{number}-{month}-{year[2:]}" if len(year) == 4 else day


def _with_month(day: str) -> str:
    """``1987-06-01`` as ``01 JUN 1987``."""
    return date.fromisoformat(day).strftime("%d %b %Y").upper()


def _residence(material: str, title: str, whose: str) -> tuple[_Card, _Card]:
    front = _Card(
        material,
        "front",
        f"{title} 人像面",
        _RESIDENCE,
        titles=("",),
        portrait_at=(58.5, 7.5, 22.0, 29.0),
        dated=_spaced,
    )
    back = _Card(
        material, "back", f"{title} 签发面", _REVERSE, titles=(whose, title), when=lambda raw: "permit_no" in raw
    )
    return front, back


_CARDS = (
    _Card("A05", "front", "港澳居民来往内地通行证", (_Cell("姓名/Name", "name_zh", 29.9, 11.8, 3.2), _Cell("", "name_en", 29.9, 18.7), *_LIFE, _VALID, _OFFICE, _NUMBER, _Cell("换证次数", "reissue_count", 47.8, 43.4)), portrait_at=_PHOTO),
    _Card("A05", "back", "港澳居民来往内地通行证 机读面", _MRZ, titles=("",), when=lambda raw: "mrz" in raw),
    _Card("A08", "front", "台湾居民来往大陆通行证", (_Cell("姓名/Name", "name_zh", 29.9, 11.8, 3.2), _Cell("", "name_latin", 29.9, 18.7), *_LIFE, _Cell("有效期限/Period of validity", "valid_to", 29.9, 28.6), _OFFICE, _NUMBER, _Cell("签发次数", "issue_count", 47.8, 43.4)), portrait_at=_PHOTO),
    _Card("A03", "front", "台湾居民来往大陆通行证", (_Cell("姓名/Name", "name", 29.9, 11.8, 3.2), _LIFE[1], _Cell("有效期限/Period of validity", "valid_to", 29.9, 28.6), _Cell("证件号码/No.", "id_no", 4.0, 43.4, 3.6)), portrait_at=_PHOTO, when=lambda raw: raw.get("kind") == "台湾居民来往大陆通行证"),
    _Card("A06", "front", "香港永久性居民身份證", (_Cell("", "name_zh", 5.0, 13.2, 4.0), _Cell("", "name_en", 5.0, 18.2, 2.7), _Cell("出生日期 Date of Birth", "birth_date", 30.0, 25.2), _Cell("", "symbols", 30.0, 32.4), _Cell("簽發日期 Date of Issue", "issued_on", 30.0, 36.2), _Cell("", "hkid", 48.0, 45.5, 3.8)), titles=("香港永久性居民身份證", "HONG KONG PERMANENT IDENTITY CARD"), portrait_at=(5.0, 21.0, 21.0, 27.0), dated=_day_first, when=lambda raw: raw.get("edition") != "MO"),
    _Card("A06", "front", "澳門特別行政區永久性居民身份證", (_Cell("姓名", "name_zh", 30.0, 13.0, 3.2), _Cell("", "name_en", 30.0, 20.4), _Cell("出生日期", "birth_date", 30.0, 26.0), _Cell("簽發日期", "issued_on", 56.0, 26.0), _Cell("身份證編號", "hkid", 30.0, 36.0, 3.6)), portrait_at=(4.5, 12.0, 21.0, 27.0), dated=_day_first, when=lambda raw: raw.get("edition") == "MO"),
    *_residence("A07", "港澳居民居住证", "中华人民共和国"),
    *_residence("A09", "台湾居民居住证", "中华人民共和国"),
    _Card("A10", "data", "护照 PASSPORT", (_Cell("护照号码/Passport No.", "passport_no", 88.0, 10.4, 3.4), _Cell("类型/Type", "", 43.0, 10.4), _Cell("国家码/Country Code", "", 58.0, 10.4), _Cell("姓名/Name", "name_zh", 43.0, 17.6, 3.4), _Cell("", "name_latin", 43.0, 24.6), _Cell("性别/Sex", "sex", 43.0, 28.8), _Cell("国籍/Nationality", "nationality", 58.0, 28.8), _Cell("出生日期/Date of birth", "birth_date", 90.0, 28.8), _Cell("出生地点/Place of birth", "birth_place", 43.0, 36.0), _Cell("签发日期/Date of issue", "issued_on", 90.0, 36.0), _Cell("签发机关/Authority", "issuing_office", 43.0, 43.0, 2.6), _Cell("有效期至/Date of expiry", "valid_to", 90.0, 43.0), _Cell("", "mrz[0]", 5.0, 68.0, _MRZ_SIZE), _Cell("", "mrz[1]", 5.0, 75.6, _MRZ_SIZE)), (125.0, 88.0), portrait_at=(6.0, 12.0, 32.0, 42.0), dated=_with_month),
    _Card("A11", "front", "外国人永久居留身份证", (_Cell("姓名/Name", "name_latin", 5.0, 10.6), _Cell("性别/Sex", "sex", 5.0, 17.6), _Cell("出生日期/Date of birth", "birth_date", 22.0, 17.6), _Cell("国籍/Nationality", "nationality", 5.0, 24.4), _Cell("有效期限/Period of validity", "valid_from", 5.0, 31.2, to="valid_to"), _Cell("签发机关/Issuing authority", "issuing_office", 5.0, 38.0), _Cell("证件号码/ID No.", "card_no", 5.0, 45.6, 3.4, 17.0)), titles=("中华人民共和国外国人永久居留身份证", "FOREIGN PERMANENT RESIDENT ID CARD"), portrait_at=(60.0, 9.0, 21.0, 27.0)),
    _Card("D01", "front", "社会保障卡", (_Cell("姓名", "name", 34.0, 17.0, 3.1, 12.0), _Cell("社会保障号码", "id_no", 34.0, 24.0, 2.9), _Cell("卡号", "", 34.0, 36.0), _Cell("发卡日期", "issued_on", 34.0, 43.0, 2.9, 14.0)), titles=("中华人民共和国社会保障卡",), portrait_at=(6.0, 13.0, 23.0, 30.0), dated=lambda day: year_month_day(day, padded=True)),
)  # fmt: skip


def _painter(card: _Card) -> Callable[[Sheet, Raw], None]:
    def paint(sheet: Sheet, raw: Raw) -> None:
        width, height = card.size_mm
        sheet.box(0, 0, width, height, colour=None, fill=_TINT)
        waves(sheet, _WAVES)
        y = 4.6
        for i, title in enumerate(card.titles or (card.title,)):
            size = 3.4 if i == 0 and len(title) < 17 else 2.3
            sheet.text(title, width / 2, y, size, face="serif-bold", anchor="centre")
            y += size + 0.6
        for cell in card.cells:
            _paint_cell(sheet, cell)
        if card.portrait_at is not None:
            x, y, w, h = card.portrait_at
            portrait(sheet, x, y, w, h, female=str(raw.get("sex", "")).startswith("女"))
        specimen_mark(sheet, width - 3.5, height - 2.4, 2.0)

    return paint


def _paint_cell(sheet: Sheet, cell: _Cell) -> None:
    if cell.label:
        size = 1.9 if "/" in cell.label or "Date" in cell.label else 2.3
        sheet.text(cell.label, cell.x, cell.y, size, face="sans", colour=_GREY)
    x = cell.x + cell.right
    y = cell.y if cell.right or not cell.label else cell.y + 0.9 * cell.size + 0.4
    if cell.name.startswith("mrz") and cell.name in sheet.fields:
        room = sheet.size_mm[0] - 2 * cell.x
        fits = cell.size * room / sheet.width(sheet.fields[cell.name], cell.size, face="mono")
        sheet.field(cell.name, x, y, min(cell.size, fits), face="mono")
        return
    wrap = 36.0 if cell.name == "address" else 0.0
    end = sheet.field(cell.name, x, y, cell.size, face="sans", wrap=wrap, leading=1.27)
    if cell.to and cell.to in sheet.fields:
        _, end = sheet.text("-", end, y, cell.size, face="sans")
        sheet.field(cell.to, end, y, cell.size, face="sans")


def _kind(card: _Card) -> Kind:
    names = tuple(name for cell in card.cells for name in (cell.name, cell.to) if name)

    def printed(raw: Raw) -> dict[str, str]:
        return printed_fields(raw, dict.fromkeys(_DATES, card.dated), only=names)

    def leaves(raw: Raw) -> list[tuple[str, Raw]]:
        return [(card.page, raw)] if card.when(raw) else []

    corner = 2.0 if card.size_mm[0] > 100 else 3.2
    return Kind(card.material, card.page, card.title, card.size_mm, printed, _painter(card), leaves, corner_mm=corner)


KINDS = tuple(_kind(card) for card in _CARDS)
