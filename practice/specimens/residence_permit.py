"""Shenzhen special economic zone residence permit (A12): the printed side of the card, 85.6 × 54 mm."""

from __future__ import annotations

import numpy as np

from practice.specimens.base import Kind, Raw, printed_fields
from practice.specimens.ornaments import portrait, specimen_mark, waves
from practice.specimens.sheet import Colour, Sheet
from practice.specimens.values import year_month_day

_SIZE = (85.6, 54.0)
_LABEL: Colour = (48, 112, 160)
_FIELDS = ("name", "sex", "ethnicity", "address", "issued_on", "id_no")


def _printed(raw: Raw) -> dict[str, str]:
    return printed_fields(raw, {"issued_on": year_month_day}, only=_FIELDS)


def _paint(sheet: Sheet, raw: Raw) -> None:
    sheet.box(0, 0, *_SIZE, colour=None, fill=(228, 238, 244))
    waves(sheet, ((170, 206, 226), (190, 220, 206), (176, 196, 226)))
    _band(sheet, 10.1, (38, 108, 178), (70, 158, 198))
    sheet.text(
        "深圳经济特区居住证", 42.5, 4.7, 4.3, face="sans-bold", colour=(250, 252, 255), spacing=1.05, anchor="centre"
    )
    for label, x, y in (("姓名", 5.1, 14.9), ("性别", 5.1, 21.0), ("民族", 27.1, 21.0), ("住址", 5.1, 26.8)):
        sheet.text(label, x, y, 2.25, face="sans", colour=_LABEL)
    sheet.text("签发日期", 5.1, 38.1, 2.25, face="sans", colour=_LABEL)
    sheet.text("公民身份号码", 5.1, 46.3, 2.25, face="sans", colour=_LABEL)
    sheet.field("name", 19.0, 15.0, 3.1, face="sans", spacing=0.55)
    sheet.field("sex", 19.0, 20.9, 2.55, face="sans")
    sheet.field("ethnicity", 36.0, 20.9, 2.55, face="sans")
    sheet.field("address", 19.0, 26.6, 2.55, face="sans", wrap=36.5, leading=1.32)
    sheet.field("issued_on", 19.0, 38.1, 2.55, face="sans")
    sheet.field("id_no", 26.0, 46.3, 3.5, face="mono-bold", spacing=0.95)
    portrait(sheet, 59.5, 13.0, 21.0, 27.0, female=raw.get("sex") == "女")
    specimen_mark(sheet, 82.0, 50.5)


def _band(sheet: Sheet, height: float, left: Colour, right: Colour) -> None:
    surface = np.asarray(sheet.image).copy()
    share = np.linspace(0, 1, surface.shape[1])[None, :, None]
    surface[: sheet.px(height)] = (np.array(left) * (1 - share) + np.array(right) * share).astype(np.uint8)
    sheet.paint(surface)


KINDS = (Kind("A12", "front", "深圳经济特区居住证", _SIZE, _printed, _paint, corner_mm=3.2),)
