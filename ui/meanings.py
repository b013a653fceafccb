"""What each state looks like and is called: icon, tone and word. Told three ways, so that colour is never the only one.

Tone names are those of ui.tokens (``ok``, ``ask``, ``bad``, ``info``, ``off``). Words are Qt sources, translated when asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from kiosk.desk.for_family_view import Standing
from kiosk.desk.view import ItemState, Light, RowVerdict

_CONTEXT = "Meanings"


@dataclass(frozen=True)
class Meaning:
    icon: str
    tone: str
    source: str  # the Chinese word

    @property
    def word(self) -> str:
        return QCoreApplication.translate(_CONTEXT, self.source)


def _meaning(icon: str, tone: str, source: object) -> Meaning:
    return Meaning(icon, tone, str(source))  # QT_TRANSLATE_NOOP returns its second argument, whatever its stub says


ITEMS: dict[ItemState, Meaning] = {
    ItemState.EXPECTED: _meaning("expected", "off", QT_TRANSLATE_NOOP("Meanings", "待出示")),
    ItemState.PARTIAL: _meaning("partial", "info", QT_TRANSLATE_NOOP("Meanings", "还缺页")),
    ItemState.ATTENTION: _meaning("attention", "ask", QT_TRANSLATE_NOOP("Meanings", "请看图")),
    ItemState.VERIFIED: _meaning("verified", "ok", QT_TRANSLATE_NOOP("Meanings", "已验原件")),
    ItemState.VERIFIED_BY_PERSON: _meaning("verified_by_person", "ok", QT_TRANSLATE_NOOP("Meanings", "人工确认")),
    ItemState.WAIVED_BY_DATA: _meaning("waived", "ok", QT_TRANSLATE_NOOP("Meanings", "免交")),
    ItemState.RETURNED: _meaning("returned", "bad", QT_TRANSLATE_NOOP("Meanings", "退回")),
    ItemState.MISSING: _meaning("missing", "bad", QT_TRANSLATE_NOOP("Meanings", "缺")),
}

VERDICTS: dict[RowVerdict, Meaning] = {
    RowVerdict.MATCH: _meaning("match", "ok", QT_TRANSLATE_NOOP("Meanings", "一致")),
    RowVerdict.MISMATCH: _meaning("mismatch", "bad", QT_TRANSLATE_NOOP("Meanings", "不一致")),
    RowVerdict.ASK: _meaning("ask", "ask", QT_TRANSLATE_NOOP("Meanings", "请看图")),
    RowVerdict.CONFIRMED: _meaning("confirmed", "ok", QT_TRANSLATE_NOOP("Meanings", "人工一致")),
    RowVerdict.REFUSED: _meaning("refused", "bad", QT_TRANSLATE_NOOP("Meanings", "人工不符")),
    RowVerdict.UNREADABLE: _meaning("unreadable", "ask", QT_TRANSLATE_NOOP("Meanings", "看不清")),
}

LIGHTS: dict[Light, Meaning] = {
    Light.OK: _meaning("light_ok", "ok", QT_TRANSLATE_NOOP("Meanings", "正常")),
    Light.BUSY: _meaning("light_busy", "info", QT_TRANSLATE_NOOP("Meanings", "正忙")),
    Light.WARN: _meaning("light_warn", "ask", QT_TRANSLATE_NOOP("Meanings", "请留意")),
    Light.BAD: _meaning("light_bad", "bad", QT_TRANSLATE_NOOP("Meanings", "故障")),
    Light.OFF: _meaning("light_off", "off", QT_TRANSLATE_NOOP("Meanings", "未启用")),
}

NOTICES: dict[str, Meaning] = {
    "info": _meaning("info", "info", QT_TRANSLATE_NOOP("Meanings", "提示")),
    "warn": _meaning("warn", "ask", QT_TRANSLATE_NOOP("Meanings", "请注意")),
    "error": _meaning("error", "bad", QT_TRANSLATE_NOOP("Meanings", "出错了")),
}

CASES: dict[str, Meaning] = {  # how a case stands, in the order of the day's list
    "HELD": _meaning("partial", "ask", QT_TRANSLATE_NOOP("Meanings", "暂存")),
    "OPEN": _meaning("light_busy", "info", QT_TRANSLATE_NOOP("Meanings", "正在办")),
    "RETURN": _meaning("returned", "bad", QT_TRANSLATE_NOOP("Meanings", "已退回")),
    "REFER": _meaning("attention", "ask", QT_TRANSLATE_NOOP("Meanings", "待区核定")),
    "RECEIPT": _meaning("verified", "ok", QT_TRANSLATE_NOOP("Meanings", "已出回执")),
}

OUTCOMES: dict[str, Meaning] = {
    "RECEIPT": _meaning("verified", "ok", QT_TRANSLATE_NOOP("Meanings", "出回执")),
    "RETURN": _meaning("returned", "bad", QT_TRANSLATE_NOOP("Meanings", "退回并注明原因")),
    "REFER": _meaning("attention", "ask", QT_TRANSLATE_NOOP("Meanings", "待区核定")),
}

STANDINGS: dict[Standing, Meaning] = {
    Standing.WANTED: ITEMS[ItemState.EXPECTED],
    Standing.PARTIAL: ITEMS[ItemState.PARTIAL],
    Standing.LOOKING: ITEMS[ItemState.ATTENTION],
    Standing.SETTLED: ITEMS[ItemState.VERIFIED],
    Standing.WAIVED: ITEMS[ItemState.WAIVED_BY_DATA],
    Standing.DIFFERS: ITEMS[ItemState.RETURNED],
    Standing.MISSING: ITEMS[ItemState.MISSING],
}
"""Shapes and tones on the family's screen; the words there are its own (resources/texts, family.standing)."""
