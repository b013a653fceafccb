"""Every code has its sentence, in every language, with the same parameters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.sync.words import refusal_text, store_text
from kiosk.texts import LANGUAGES, catalogue, say
from offline_cache.problems import Trouble

_AREAS = ("sync.", "store.")


def _ours(language: str) -> dict[str, list[str]]:
    return {
        key: sorted(re.findall(r"{(\w+)}", sentence))
        for key, sentence in catalogue(language).items()
        if key.startswith(_AREAS)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_say_the_same_things(language: str) -> None:
    assert _ours(language) == _ours("zh_CN")


def test_every_trouble_of_the_store_has_a_sentence() -> None:
    assert {trouble for trouble in Trouble if f"store.problem.{trouble}" not in catalogue("zh_CN")} == set()


def test_every_refusal_a_desk_can_hear_has_a_sentence_and_a_later_one_a_general_one() -> None:
    central = Path(__file__).parents[2] / "central"
    said = {
        code
        for path in central.glob("*.py")
        for code in re.findall(r'ApiProblem\(40[013], "(\w+)"', path.read_text(encoding="utf-8"))
    } - {"bad_token", "digest_mismatch"}
    assert "code_used" in said
    assert {code for code in said if refusal_text(code).key == "sync.problem.other"} == set()
    assert say(refusal_text("from_the_future")) == say(store_text("from_the_future"))
