"""Codes believed by what they say, not by where they stand."""

from __future__ import annotations

import re

import pytest

from scanner.barcodes import CodeGate, ContentForm, ContentForms, iso7064_mod11_2
from scanner.types import Barcode

_FORMS = ContentForms(
    ContentForm(prefix="YH1:", pattern=r"YH1:[A-Z]{2}\d{4}X\d{8}"),
    ContentForm(pattern=r"\d{17}[0-9X]", check=iso7064_mod11_2),
    ContentForm(pattern=r"[A-Z]{2}\d{4}X\d{8}"),
)


def _code(text: str, kind: str = "Code39", accepted: bool = False) -> Barcode:
    return Barcode(kind, text, ((0, 0), (1, 0), (1, 1), (0, 1)), accepted, text.encode())


def test_prefix_length_and_check_digit_prove_a_code_in_its_first_frame() -> None:
    for text in ("YH1:NS2014X01000001", "11010519491231002X"):
        assert [code.accepted for code in CodeGate(_FORMS).news([_code(text)], 0.0)] == [True]


def test_a_misread_of_our_own_code_is_never_believed() -> None:
    gate = CodeGate(_FORMS)
    assert [gate.news([_code("YH1:NS2014X0100000")], at / 10) for at in range(3)] == [(), (), ()]


def test_shape_without_check_digit_waits_for_the_second_frame() -> None:
    gate = CodeGate(_FORMS)
    assert gate.news([_code("NS2014X01000001")], 0.0) == ()
    assert len(gate.news([_code("NS2014X01000001")], 0.1)) == 1


def test_a_wrong_check_digit_waits_like_any_other_text() -> None:
    assert _FORMS(_code("110105194912310021")) is None


def test_a_strong_symbology_is_told_whatever_it_says_so_that_the_desk_can_say_what_is_wrong() -> None:
    assert len(CodeGate(_FORMS).news([_code("YH1:another service", "QRCode", accepted=True)], 0.0)) == 1


def test_a_pattern_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(re.error):
        ContentForm(pattern="(")


@pytest.mark.parametrize(
    ("text", "right"), [("11010519491231002X", True), ("110105194912310020", False), ("X1", False)]
)
def test_identity_numbers_check_character(text: str, right: bool) -> None:
    assert iso7064_mod11_2(text) is right
