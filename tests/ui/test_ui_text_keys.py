"""The catalogues of resources/texts agree with one another and with the program."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "script"))

import text_keys

from kiosk.texts import LANGUAGES, catalogue


def test_no_key_is_missing_in_a_language_and_none_is_left_over() -> None:
    assert text_keys.problems() == []


def test_the_check_reads_what_the_program_reads() -> None:
    assert text_keys.LANGUAGES == LANGUAGES
    for language in LANGUAGES:
        read = text_keys.catalogue(language)
        assert {key: said for key, said in catalogue(language).items() if key in read} == read


def test_a_key_that_nothing_says_is_found_and_a_pattern_is_understood() -> None:
    assert text_keys.stale({"desk.nobody_ever_says_this": "x"}) == ["desk.nobody_ever_says_this"]
    assert text_keys.stale({"desk.row.confirmed": "x", "family.notice.what": "x"}) == []
