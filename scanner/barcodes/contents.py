"""Codes recognised by what they say: prefix, length, form and check digit (the check of ``CodeGate``)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from scanner.types import Barcode


@dataclass(frozen=True)
class ContentForm:
    """One kind of content. ``prefix``: what only this kind begins with ("" for none); ``pattern``: a regular expression for the whole text;
    ``check``: its check digits or structure, asked only when the pattern fits. Raises re.error for a pattern that is none."""

    pattern: str
    prefix: str = ""
    check: Callable[[str], bool] | None = None

    def __post_init__(self) -> None:
        re.compile(self.pattern)

    def fits(self, text: str) -> bool:
        return re.fullmatch(self.pattern, text) is not None and (self.check is None or self.check(text))


class ContentForms:
    """A ``ContentCheck`` from several forms: yes for a text that one of them proves, no for one that has a form's prefix and not its form.

    A form without prefix and without check proves nothing: a misread may have the right shape.
    """

    def __init__(self, *forms: ContentForm) -> None:
        self._forms = forms

    def __call__(self, code: Barcode) -> bool | None:
        if code.part is not None:
            return False  # a piece says nothing before its message is whole
        for form in self._forms:
            if form.prefix and code.text.startswith(form.prefix):
                return form.fits(code.text)
        proved = any(not form.prefix and form.check is not None and form.fits(code.text) for form in self._forms)
        return True if proved else None


def iso7064_mod11_2(text: str) -> bool:
    """Whether the last character (0-9, X) is the check character of the digits before it (ISO/IEC 7064; identity numbers, GB 11643)."""
    if not re.fullmatch(r"[0-9]+[0-9X]", text, re.ASCII):
        return False
    rest = 0
    for digit in text[:-1]:
        rest = (rest + int(digit)) * 2 % 11
    return (rest + (10 if text[-1] == "X" else int(text[-1]))) % 11 == 1
