"""Names of people in Chinese characters (domain.md §4.2). Surnames are never split off and never compared with one another."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kiosk.matching import characters as ch
from kiosk.matching.result import RECENT, Comparison, Normal, Verdict, judged, missing

_PLACEHOLDER = re.compile(r"[（(][^）)]*[＋+][^）)]*[）)]|[＊*?？□■]+")
_LATIN = re.compile(r"[A-Za-z]+")


@lru_cache(maxsize=RECENT)
def normal_name(value: str) -> Normal:
    """NFC (never NFKC), widths, separators, blanks, old private-use codes and unambiguous traditional characters."""
    steps: set[str] = set()

    def step(code: str, before: str, after: str) -> str:
        if before != after:
            steps.add(code)
        return after

    out = unicodedata.normalize("NFC", value)
    out = step("MIDDLE_DOT_UNIFIED", out, ch.unify_separator(out))
    out = step("WIDTH", out, ch.fold_width(out))
    out = step("SPACES_REMOVED", out, ch.drop_spaces(out))
    out = step("PUA_TO_UNICODE", out, ch.from_private_use(out))
    out = step("TRAD_TO_SIMP", out, ch.simplify_one_to_one(out))
    return Normal(unicodedata.normalize("NFC", out.upper()), frozenset(steps))


def compare_names(declared: str, printed: str, *, number_agrees: bool = False, from_reader: bool = False) -> Comparison:
    """``number_agrees``: the same person's document number was compared and is equal; it settles a missing separator.

    ``from_reader``: one side was read by a machine, so characters that readers confuse are not told apart by it.
    """
    blank = missing(declared, printed)
    if blank:
        return blank
    left, right = normal_name(declared), normal_name(printed)
    if left.value == right.value:
        if any(ch.is_private_use(c) for c in left.value):
            return judged(Verdict.ASK, left, right, "name.private_use")
        if _PLACEHOLDER.search(left.value):
            return judged(Verdict.ASK, left, right, "name.placeholder")
        return judged(Verdict.MATCH, left, right, "name.same")
    if any(ch.is_private_use(c) for c in left.value + right.value):
        return judged(Verdict.ASK, left, right, "name.private_use")
    if _stands_for(left.value, right.value) or _stands_for(right.value, left.value):
        return judged(Verdict.ASK, left, right, "name.placeholder")
    if left.value.replace(ch.MIDDLE_DOT, "") == right.value.replace(ch.MIDDLE_DOT, ""):
        if number_agrees:
            return judged(Verdict.MATCH, left, right, "name.dot_missing_number_agrees")
        return judged(Verdict.ASK, left, right, "name.dot_missing")
    if _simplified(left.value) == _simplified(right.value):
        return judged(Verdict.ASK, left, right, "name.one_to_many")
    if from_reader and (ch.differ_only_in_look_alikes(left.value, right.value) or right.value in left.value):
        return judged(Verdict.ASK, left, right, "name.look_alike")
    return judged(Verdict.MISMATCH, left, right, "name.different")


# A simplification that the converter leaves out, of a character that is a surname of its own (domain.md §4.2 rule 6).
_ALSO = str.maketrans("甯", "宁")


def _simplified(value: str) -> str:
    """For questions only: one-to-many pairs, radicals and compatibility characters are taken for one another here."""
    return "".join(ch.simplified(c) for c in unicodedata.normalize("NFKC", value).translate(_ALSO))


def _stands_for(pattern: str, name: str) -> bool:
    """Whether ``pattern`` has a placeholder (＊ □ 某, pinyin, a described character) and everything else in it agrees with ``name``."""
    marked = _PLACEHOLDER.sub("\0", pattern)
    if not _LATIN.search(name):
        marked = _LATIN.sub("\0", marked)
    if "\0" not in marked and "某" in pattern and "某" not in name:
        marked = re.sub("某+", "\0", pattern)
    if "\0" not in marked:
        return False
    expression = ".{1,3}".join(re.escape(part) for part in marked.split("\0"))
    return re.fullmatch(expression, name) is not None
