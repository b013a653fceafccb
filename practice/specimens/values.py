"""How papers print a value: dates, times, numbers; and how nested values get their dotted names.

Printed forms follow what the papers of each kind show (handbook §3): cards print ``1990 年 10 月 10 日``, forms print
``2008年02月14日`` or ``2008年2月14日``, the card's validity ``2009.07.01``, court and notary papers Chinese numerals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

# GB 18030-2000 put some characters where Unicode had none yet; old systems still hold them as private-use code points.
_FORMER_PRIVATE_USE = str.maketrans({"\ue863": "䶮"})

_CHINESE_DIGITS = "〇一二三四五六七八九"


def glyphs(text: str) -> str:
    """``text`` with former private-use code points replaced by the characters that a print shop would show."""
    return text.translate(_FORMER_PRIVATE_USE)


def year_month_day(iso: str, *, padded: bool = False, gap: str = "") -> str:
    """``2008-02-14`` as ``2008年2月14日``; ``padded`` writes two digits, ``gap`` stands around the numbers. A value that is no ISO date,
    because it is known as it is printed, stays as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    month, number = (f"{day.month:02d}", f"{day.day:02d}") if padded else (str(day.month), str(day.day))
    return gap.join((str(day.year), "年", month, "月", number, "日"))


def dotted(iso: str) -> str:
    """``2009-07-01`` as ``2009.07.01``; a word such as 长期 is left as it is."""
    return iso.replace("-", ".")


def chinese_date(iso: str) -> str:
    """``2011-03-22`` as ``二〇一一年三月二十二日``."""
    day = date.fromisoformat(iso)
    year = "".join(_CHINESE_DIGITS[int(d)] for d in str(day.year))
    return f"{year}年{_chinese_number(day.month)}月{_chinese_number(day.day)}日"


def _chinese_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_CHINESE_DIGITS[tens]}十"
    return head + (_CHINESE_DIGITS[ones] if ones else "")


def flatten(value: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Nested values under dotted names: lists of people by role (``members[child].name``), other lists by position (``mrz[0]``)."""
    return dict(_walk(value, prefix))


def _walk(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk(item, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for position, item in enumerate(value):
            key = item.get("role", position) if isinstance(item, Mapping) else position
            rest = {k: v for k, v in item.items() if k != "role"} if isinstance(item, Mapping) else item
            yield from _walk(rest, f"{name}[{key}]")
    elif value not in (None, "") and not isinstance(value, bool):
        yield name, str(value)


_DATES = ("birth_date", "born_at_date", "issued_on", "valid_from", "valid_to", "dated", "registered_on", "submitted_on")
_DATES += ("printed_on", "term_from", "term_to", "first_issued", "first_registered", "handover_by", "signed_on")
_CLASSES: dict[str, str] = dict.fromkeys(_DATES, "date")
_CLASSES |= dict.fromkeys(("address", "location"), "address")
_CLASSES |= dict.fromkeys(("id_no", "si_no", "hkid", "permit_no", "passport_no", "card_no", "lessee_id"), "id")
_CLASSES |= dict.fromkeys(("mother_id", "father_id", "applicant_id", "mrz"), "id")
_CLASSES |= dict.fromkeys(("cert_no", "birth_cert_no", "application_no", "household_no", "voucher_no"), "cert")
_CLASSES |= dict.fromkeys(("house_code", "unit_no", "receipt_no", "verify_code", "contract_no", "doc_no"), "cert")
_CLASSES |= dict.fromkeys(("case_no", "uscc", "reg_no", "fp_no", "invoice_no"), "cert")
_CLASSES |= dict.fromkeys(("name", "head_name", "child_name", "mother_name", "father_name", "name_zh"), "name")
_CLASSES |= dict.fromkeys(("name_en", "name_latin", "lessor", "lessee", "payer", "applicant", "holder"), "name")
_CLASSES |= dict.fromkeys(("custody_to", "relatives", "operator", "legal_representative"), "name")


def field_class(field: str) -> str:
    """The class of a field by its last name: id, cert, name, address, date or other. A school's or a firm's name is other."""
    if field == "school.name":
        return "other"
    return _CLASSES.get(field.rsplit(".", 1)[-1].split("[", 1)[0], "other")
