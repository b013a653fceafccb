"""The check of the family's screen finds what must not be there, and lets pass what may."""

from __future__ import annotations

import pytest

from benchmarks.visit.strangers import complaints, families_in
from kiosk.desk.masking import mask_name
from practice.world import families, family


def child(family_id: str) -> dict[str, str]:
    return family(family_id).applications[0]["child"]


def test_the_masked_name_of_the_family_at_the_desk_may_be_shown() -> None:
    assert complaints([f"{mask_name(child('F06')['name'])} 的材料", "已核好 3 项，共 6 项"], "F06") == []


@pytest.mark.parametrize("here", ["F01", ""])
def test_the_masked_name_of_another_family_is_found(here: str) -> None:
    assert complaints([f"{mask_name(child('F06')['name'])} 的材料"], here)


@pytest.mark.parametrize(
    "f", [f for f in families() if len(f.applications[0]["child"]["name"]) > 1], ids=lambda f: f.id
)
def test_a_whole_name_is_found_though_it_is_the_familys_own(f: object) -> None:
    family_id = getattr(f, "id")  # noqa: B009
    assert complaints([f"{child(family_id)['name']} 的材料"], family_id)


@pytest.mark.parametrize(
    "text", ["440000201803220465", "申请号 NS2024X01000006", "桃源街道虚构西路21号例林居5栋1502", "电话 99912345"]
)
def test_numbers_and_addresses_are_found(text: str) -> None:
    assert complaints([text], "F06")


def test_dates_and_counts_are_no_secret() -> None:
    assert complaints(["补验日 5月25日 9:00-12:00", "共 11 份", "第 2/4 页"], "F06") == []


def test_names_that_look_alike_when_masked_stand_for_both() -> None:
    assert families_in(["陈*例 的材料"])[0] >= {"F03", "F13"}
