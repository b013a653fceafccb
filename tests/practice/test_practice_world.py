"""The fictitious district: applications, families, and the papers they lay on the desk."""

from __future__ import annotations

import pytest

from practice.at_home import kept_at_home
from practice.world import SCHOOL_CODE, SCHOOL_NAME, application_records, families, family, papers


def test_the_district_has_sixteen_families_and_seventeen_applications() -> None:
    records = application_records()
    assert [f.id for f in families()] == [f"F{i:02d}" for i in range(1, 17)]
    assert len({r.application_no for r in records}) == len(records) == 17
    assert {r.school_code for r in records} == {SCHOOL_CODE}
    assert {r.data["school"]["name"] for r in records} == {SCHOOL_NAME}


def test_each_application_carries_its_own_department_answers() -> None:
    twins = [r for r in application_records() if r.family_id == "F09"]
    assert [r.application_no for r in twins] == list(family("F09").application_numbers)
    for record in twins:
        assert [answer["about"] for answer in record.department_results] == ["C01", "E01", "HOUSELOCK"]
        assert all("application" not in answer for answer in record.department_results)


def test_the_first_family_lays_its_papers_in_a_sensible_order() -> None:
    assert [(p.doc_id, p.page) for p in papers("F01")] == [
        ("G01:child", "p1"),
        ("SLIP:child", "p1"),
        ("A01:household", "front"),
        ("A01:household", "member_father"),
        ("A01:household", "member_mother"),
        ("A01:household", "member_child"),
        ("A03:father", "front"),
        ("A03:father", "back"),
        ("A04:child", "page"),
    ]


def test_every_document_of_every_family_has_a_page_that_can_be_drawn() -> None:
    for f in families():
        laid = {p.document for p in papers(f.id)}
        assert {d["doc_id"] for d in f.documents} <= laid, f.id


def test_paper_ids_are_unique_in_the_world() -> None:
    ids = [p.id for f in families() for p in [*papers(f.id), *kept_at_home(f.id)]]
    assert len(ids) == len(set(ids))


def test_twins_each_bring_a_form_and_a_birth_certificate_and_share_the_register() -> None:
    laid = papers("F09")
    assert [p.application_no for p in laid if p.material == "G01"] == list(family("F09").application_numbers)
    assert [p.fields["child_name"] for p in laid if p.material == "A04"] == ["欧阳例昂", "欧阳例昇"]
    assert {p.application_no for p in laid if p.material == "A01"} == {""}


def test_waived_originals_say_what_was_declared() -> None:
    (lease,) = kept_at_home("F04")
    declared = family("F04").applications[0]["housing"]
    assert (lease.doc_id, lease.page) == ("C07:father", "inner")
    assert lease.fields["voucher_no"] == declared["voucher_no"]
    assert lease.fields["address"] == declared["address"]
    assert lease.fields["first_issued"] == "2012年11月5日"
    assert kept_at_home("F06") == []  # it brings its title itself


def test_an_unknown_family_is_an_error() -> None:
    with pytest.raises(KeyError):
        papers("F99")
