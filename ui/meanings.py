"""What each state looks like and is called: icon, tone and word. Told three ways, so that colour is never the only one.

Tone names are those of ui.tokens (``ok``, ``ask``, ``bad``, ``info``, ``off``). Words are Qt sources, translated when asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

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


ITEMS: dict[ItemState, Meaning] = {
    ItemState.EXPECTED: Meaning("expected", "off", QT_TRANSLATE_NOOP("Meanings", "待出示")),
    ItemState.PARTIAL: Meaning("partial", "info", QT_TRANSLATE_NOOP("Meanings", "还缺页")),
    ItemState.ATTENTION: Meaning("attention", "ask", QT_TRANSLATE_NOOP("Meanings", "请看图")),
    ItemState.VERIFIED: Meaning("verified", "ok", QT_TRANSLATE_NOOP("Meanings", "已验原件")),
    ItemState.VERIFIED_BY_PERSON: Meaning("verified_by_person", "ok", QT_TRANSLATE_NOOP("Meanings", "人工确认")),
    ItemState.WAIVED_BY_DATA: Meaning("waived", "ok", QT_TRANSLATE_NOOP("Meanings", "免交")),
    ItemState.RETURNED: Meaning("returned", "bad", QT_TRANSLATE_NOOP("Meanings", "退回")),
    ItemState.MISSING: Meaning("missing", "bad", QT_TRANSLATE_NOOP("Meanings", "缺")),
}

VERDICTS: dict[RowVerdict, Meaning] = {
    RowVerdict.MATCH: Meaning("match", "ok", QT_TRANSLATE_NOOP("Meanings", "一致")),
    RowVerdict.MISMATCH: Meaning("mismatch", "bad", QT_TRANSLATE_NOOP("Meanings", "不一致")),
    RowVerdict.ASK: Meaning("ask", "ask", QT_TRANSLATE_NOOP("Meanings", "请看图")),
    RowVerdict.CONFIRMED: Meaning("confirmed", "ok", QT_TRANSLATE_NOOP("Meanings", "人工:一致")),
    RowVerdict.REFUSED: Meaning("refused", "bad", QT_TRANSLATE_NOOP("Meanings", "人工:不一致")),
    RowVerdict.UNREADABLE: Meaning("unreadable", "ask", QT_TRANSLATE_NOOP("Meanings", "看不清")),
}

LIGHTS: dict[Light, Meaning] = {
    Light.OK: Meaning("light_ok", "ok", QT_TRANSLATE_NOOP("Meanings", "正常")),
    Light.BUSY: Meaning("light_busy", "info", QT_TRANSLATE_NOOP("Meanings", "正忙")),
    Light.WARN: Meaning("light_warn", "ask", QT_TRANSLATE_NOOP("Meanings", "请留意")),
    Light.BAD: Meaning("light_bad", "bad", QT_TRANSLATE_NOOP("Meanings", "故障")),
    Light.OFF: Meaning("light_off", "off", QT_TRANSLATE_NOOP("Meanings", "未启用")),
}

NOTICES: dict[str, Meaning] = {
    "info": Meaning("info", "info", QT_TRANSLATE_NOOP("Meanings", "提示")),
    "warn": Meaning("warn", "ask", QT_TRANSLATE_NOOP("Meanings", "请注意")),
    "error": Meaning("error", "bad", QT_TRANSLATE_NOOP("Meanings", "出错了")),
}

OUTCOMES: dict[str, Meaning] = {
    "RECEIPT": Meaning("verified", "ok", QT_TRANSLATE_NOOP("Meanings", "出回执")),
    "RETURN": Meaning("returned", "bad", QT_TRANSLATE_NOOP("Meanings", "退回并注明原因")),
    "REFER": Meaning("attention", "ask", QT_TRANSLATE_NOOP("Meanings", "待区核定")),
}
