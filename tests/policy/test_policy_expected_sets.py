"""What the reader is told to look for, before a paper lies there."""

import pytest
from family_data import IDS, family

from kiosk.policy import CaseInput, builtin_packs, compare_fields, expected_sets, field_label
from kiosk.texts import LANGUAGES, say


def _expected(family_id: str) -> dict[str, dict[str, str]]:
    data = {**family(family_id), "documents": []}
    return expected_sets(builtin_packs()[data["policy"]], CaseInput.from_json(data))


def test_the_first_family_may_show_these_papers():
    assert list(_expected("F01")) == [
        "G01:form", "A01:household", "A03:father", "A03:mother", "A04:child", "C01:owner", "C02:owner", "E01:mother", "A02:child",
    ]  # fmt: skip


def test_a_booklet_is_expected_with_every_members_fields():
    booklet = _expected("F01")["A01:household"]
    assert booklet["members[child].id_no"] == "440000200802140135"
    assert {f"members[{role}].{field}" for role in ("child", "father", "mother") for field in ("name", "id_no")} <= set(
        booklet
    )


def test_a_title_is_expected_with_the_declared_holders_only():
    assert "obligees[mother].id_no" not in _expected("F01")["C01:owner"]
    assert {"obligees[father].id_no", "obligees[mother].id_no"} <= set(_expected("F06")["C02:owner"])


def test_each_persons_paper_expects_that_persons_values():
    found = _expected("F11")
    assert found["A03:father"]["id_no"] == "440000198412122353"
    assert found["A10:mother"] == {"passport_no": "EZ9900111", "name_zh": "吕例媛", "name_latin": "LV LIYUAN"}


def test_an_absent_birth_parent_is_expected_on_the_birth_certificate():
    assert _expected("F10")["A04:child"]["father_name"] == "周样山"


@pytest.mark.parametrize("family_id", IDS)
def test_every_compared_field_has_a_label_in_every_language(family_id: str):
    pack = builtin_packs()[family(family_id)["policy"]]
    for doc_id, values in _expected(family_id).items():
        material = doc_id.split(":")[0]
        for field in values:
            for language in LANGUAGES:
                assert say(field_label(pack, material, field), language) != field


def test_a_field_that_is_not_compared_is_called_by_its_own_name():
    pack = builtin_packs()["NS2014"]
    assert say(field_label(pack, "A04", "birth_place")) == "birth_place"
    assert compare_fields(pack, "Z99") == ()
