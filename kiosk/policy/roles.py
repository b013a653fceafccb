"""Who is who in a family: roles as applications and papers name them, in words and by household registration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.policy.local_text import LocalText
from kiosk.texts import Text, catalogue, text

CITY_HUKOU = frozenset({"SZ_IN", "SZ_OUT"})
MAINLAND_HUKOU = CITY_HUKOU | {"NON_SZ", "SZ_NONE"}
ELSEWHERE = frozenset({"HK", "MO", "TW", "FOREIGN", "OVERSEAS_CN"})


def role_text(role: str, own: Mapping[str, LocalText] | None = None) -> Text:
    """The role in words: 父亲; 父亲、母亲 for father+mother; a role nobody has words for stands as it was written. ``own``: the words of
    a service that calls its persons otherwise.
    """
    own = own or {}
    parts = [part for part in role.split("+") if part]
    if len(parts) > 1:
        words = {language: "、".join(_word(p, language, own) for p in parts) for language in ("zh_CN", "zh_TW")}
        return Text("policy.verbatim", {**words, "en": " and ".join(_word(p, "en", own) for p in parts)})
    if role in own:
        return own[role].text()
    if f"policy.role.{role}" in catalogue("zh_CN"):
        return text(f"policy.role.{role}")
    return Text("policy.verbatim", {"zh_CN": role, "zh_TW": role, "en": role})


def _word(role: str, language: str, own: Mapping[str, LocalText]) -> str:
    if role in own:
        return getattr(own[role], language)
    return catalogue(language).get(f"policy.role.{role}") or catalogue("zh_CN").get(f"policy.role.{role}") or role


def is_step(role: str) -> bool:
    return role.startswith("step")


def is_grandparent(role: str) -> bool:
    return role.startswith(("grand", "maternal_grand", "paternal_grand"))


def is_mainland(person: Mapping[str, Any]) -> bool:
    """Registered in a mainland household: said so, or, where nothing known is said, bearing a resident ID number."""
    hukou = str(person.get("hukou") or "")
    if hukou in MAINLAND_HUKOU or hukou in ELSEWHERE:
        return hukou in MAINLAND_HUKOU
    return person.get("id_type", "RIC") == "RIC"
