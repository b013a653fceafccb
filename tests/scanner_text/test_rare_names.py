"""What is known of characters that are read for others; the judge's use of it is measured by benchmarks/rare_names.py."""

from __future__ import annotations

import pytest

from scanner.judge.confusables import inseparable_from, least_certainty


@pytest.mark.parametrize(("reading", "printed"), [("淼", "㵘"), ("頔", "𬱖"), ("硝", "𬒔"), ("蘧", "䕖"), ("昇", "升")])
def test_a_character_and_what_is_read_for_it_are_inseparable_both_ways(reading: str, printed: str) -> None:
    assert printed in inseparable_from(reading)
    assert reading in inseparable_from(printed)


def test_a_reading_that_was_sure_of_the_wrong_character_is_never_sure_enough() -> None:
    assert least_certainty("硝") > 1


@pytest.mark.parametrize("character", "伟芳敏静丽强磊洋勇艳杰娟涛超华亮建博佳宁涵")
def test_everyday_characters_of_names_are_not_held_against_anybody(character: str) -> None:
    assert least_certainty(character) < 1
