"""Names in Latin letters: only ever compared with Latin names (passport, MRZ, Hong Kong card), domain.md §4.2 rule 9."""

from __future__ import annotations

import re
import unicodedata

from kiosk.matching.mandarin import readings
from kiosk.matching.result import Comparison, Normal, Verdict, judged, missing

# ü after l and n was printed as it could be: LV, LU, LYU (since 2012), LÜ; the same for nü, lüe, nüe.
_UMLAUT = re.compile(r"^([LN])(?:YU|V|Ü)(AN|E)?$")
_MRZ_NAME_LENGTHS = (30, 39)


def normal_latin(value: str) -> Normal:
    """Upper case, accents other than ü dropped, every separator one blank."""
    out = unicodedata.normalize("NFC", value).upper().replace("Ü", "\0")
    out = "".join(c for c in unicodedata.normalize("NFKD", out) if not unicodedata.combining(c)).replace("\0", "Ü")
    out = re.sub(r"[\W_]+", " ", out).strip()  # digits and other scripts stay: they make it another name
    return Normal(out, frozenset({"WIDTH_OR_PUNCT"}) if out != value else frozenset())


def compare_latin_names(declared: str, printed: str, *, han: str = "") -> Comparison:
    """``han``: the name in characters, if known; it tells whether LU may stand for LÜ. Different spellings are a question, never
    a mismatch: transcriptions follow many systems.
    """
    blank = missing(declared, printed)
    if blank:
        return blank
    left, right = normal_latin(declared), normal_latin(printed)
    if _same(left.value, right.value):
        return judged(Verdict.MATCH, left, right, "latin.same")
    umlauts = {spelling for c in han for spelling in _umlaut_spellings(c)}
    if _same(_fold_umlaut(left.value, umlauts), _fold_umlaut(right.value, umlauts)):
        return judged(Verdict.MATCH, left, right, "latin.umlaut")
    return judged(Verdict.ASK, left, right, "latin.different")


def compare_latin_with_han(han: str, latin: str) -> Comparison:
    """Whether a Latin name can be the Mandarin reading of ``han``. A hint only: match, or a question; HK and Taiwan spell otherwise."""
    blank = missing(han, latin)
    if blank:
        return blank
    reading = " ".join(s[0] for s in readings(han, umlaut=True)).upper()
    comparison = compare_latin_names(reading.replace(" ", ""), normal_latin(latin).value.replace(" ", ""), han=han)
    spelled = [_spellings(c) for c in han]
    if comparison.verdict is not Verdict.MATCH and _spells(spelled, normal_latin(latin).value.replace(" ", "")):
        return judged(Verdict.MATCH, Normal(reading), normal_latin(latin), "latin.umlaut")
    return comparison


def _spells(syllables: list[set[str]], latin: str) -> bool:
    if not syllables:
        return not latin
    return any(latin.startswith(s) and _spells(syllables[1:], latin[len(s) :]) for s in syllables[0])


def _spellings(character: str) -> set[str]:
    plain = {r.upper() for r in readings(character, every=True, umlaut=True)[0]}
    return plain | _umlaut_spellings(character)


def _umlaut_spellings(character: str) -> set[str]:
    found: set[str] = set()
    for reading in readings(character, every=True, umlaut=True)[0]:
        upper = reading.upper()
        if "Ü" in upper:
            found |= {upper, *(upper.replace("Ü", other) for other in ("V", "U", "YU"))}
    return found


def _fold_umlaut(value: str, umlauts: set[str]) -> str:
    return " ".join(_fold_word(word, umlauts) for word in value.split())


def _fold_word(word: str, umlauts: set[str]) -> str:
    found = _UMLAUT.match(word)
    if found:
        return f"{found[1]}Ü{found[2] or ''}"
    if word in umlauts and len(word) > 1 and word[1] == "U":
        return f"{word[0]}Ü{word[2:]}"
    return word


def _same(left: str, right: str) -> bool:
    """Equal, or one is the other cut off where a machine-readable zone cuts names off."""
    a, b = left.replace(" ", ""), right.replace(" ", "")
    shorter, longer = sorted((left, right), key=len)
    return a == b or (len(shorter) in _MRZ_NAME_LENGTHS and longer.startswith(shorter))
