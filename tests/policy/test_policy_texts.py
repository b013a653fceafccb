"""Every sentence the rules can say is there in every language."""

import re
from pathlib import Path

import pytest
from family_data import IDS, confirm_all, decide, family

from kiosk.texts import LANGUAGES, Text, catalogue, say

ROOT = Path(__file__).parent.parent.parent


def _keys(language: str, area: str) -> set[str]:
    return {key for key in catalogue(language) if key.startswith(f"{area}.")}


@pytest.mark.parametrize("area", ["policy", "matching"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_have_the_same_keys_and_parameters(language: str, area: str):
    assert _keys(language, area) == _keys("zh_CN", area)
    for key in _keys(language, area) - {"policy.verbatim"}:
        names = [set(re.findall(r"{(\w+)}", catalogue(each)[key])) for each in (language, "zh_CN")]
        assert names[0] <= names[1], key


def test_every_key_named_in_the_code_exists():
    sources = [p.read_text(encoding="utf-8") for p in (ROOT / "kiosk" / "policy").rglob("*.py")]
    named = {key for source in sources for key in re.findall(r'text\("(policy\.[a-z_.]+)"', source)}
    rules = {
        rule
        for p in (ROOT / "kiosk" / "matching").glob("*.py")
        for rule in re.findall(
            r'"((?:name|id|certificate|business|number|address|date|share|months|text|latin)\.[a-z_]+)"',
            p.read_text(encoding="utf-8"),
        )
    }
    assert named <= _keys("zh_CN", "policy")
    assert {f"matching.{rule}" for rule in rules} <= _keys("zh_CN", "matching")


@pytest.mark.parametrize("family_id", IDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_a_family_is_told_is_a_bare_key(family_id: str, language: str):
    data = family(family_id)
    for evaluation in (decide({**data, "documents": []}, visit_over=False), decide(data), confirm_all(data)):
        sentences: list[Text] = [
            *(v.why for v in evaluation.field_verdicts),
            *(v.label for v in evaluation.field_verdicts),
            *(c.why for c in evaluation.cross_checks),
            *(m.why for m in evaluation.materials),
            *(m.name for m in evaluation.materials),
            *(q.text for q in evaluation.questions),
            *(line for d in evaluation.decisions for line in d.outstanding),
            *(r.text for d in evaluation.decisions for r in d.reasons),
        ]
        for sentence in sentences:
            words = say(sentence, language)
            assert not re.search(r"(policy|matching)\.[a-z]|{\w+}", words), words
