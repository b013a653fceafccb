"""Finding an application by number, name, initials or part of a number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from offline_cache.applications import ApplicationRow, Hit, folded
from offline_cache.store import Store


def _row(number: str, *terms: str, revision: int = 1) -> ApplicationRow:
    return ApplicationRow(number, revision, {"application_no": number, "revision": revision}, (number, *terms))


@pytest.fixture
def school(store: Store) -> Store:
    store.put_applications(
        [
            _row("NS2014X01000001", "440000200802140135", "陈试远", "试远", "csy", "陈拟山", "cns"),
            _row("NS2014X01000002", "440000200805050241", "陈试", "cs"),
            _row("NS2014X01000003", "44000020080831903X", "𠮷试远", "试远"),
        ],
        cursor="3",
    )
    return store


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("NS2014X01000001", ["NS2014X01000001"]),
        ("ns2014x01 000001", ["NS2014X01000001"]),
        ("ＮＳ２０１４Ｘ０１０００００１", ["NS2014X01000001"]),
        ("44000020080831903x", ["NS2014X01000003"]),
        ("080214", ["NS2014X01000001"]),
        ("0135", ["NS2014X01000001"]),
        ("陈试", ["NS2014X01000002", "NS2014X01000001"]),
        ("试远", ["NS2014X01000001", "NS2014X01000003"]),
        ("𠮷", ["NS2014X01000003"]),
        ("CSY", ["NS2014X01000001"]),
        ("cs", ["NS2014X01000002", "NS2014X01000001"]),
        ("135", []),
        ("", []),
        ('"; DROP', []),
        ('""""', []),
    ],
)
def test_a_family_is_found_as_people_ask_for_it(school: Store, query: str, numbers: list[str]) -> None:
    assert [found.application_no for found in school.find_applications(query)] == numbers


def test_whole_terms_come_before_beginnings_and_parts(school: Store) -> None:
    assert [found.hit for found in school.find_applications("陈试")] == [Hit.WHOLE, Hit.BEGINNING]
    assert [found.hit for found in school.find_applications("0214")] == [Hit.PART]


def test_a_limit_is_kept(school: Store) -> None:
    assert len(school.find_applications("4400", limit=2)) == 2


def test_records_and_cursor_arrive_together_and_survive(school: Store, open_store: Callable[[], Store]) -> None:
    school.close()
    again = open_store()
    assert again.cursor == "3"
    assert again.count_applications() == 3
    assert again.get_application("NS2014X01000002") == {"application_no": "NS2014X01000002", "revision": 1}
    assert again.get_application("NS2014X01999999") is None


def test_a_page_that_fails_leaves_neither_records_nor_cursor(school: Store) -> None:
    def page():
        yield _row("NS2014X01000009", "new")
        raise RuntimeError("cut")

    with pytest.raises(RuntimeError):
        school.put_applications(page(), cursor="9")
    assert school.cursor == "3"
    assert school.get_application("NS2014X01000009") is None
    assert school.find_applications("new") == []


def test_a_newer_revision_replaces_record_and_terms_and_an_older_one_does_not(school: Store) -> None:
    school.put_applications([_row("NS2014X01000001", "陈更名", revision=2)], cursor="4")
    school.put_applications([_row("NS2014X01000001", "陈试远", "0214013500", revision=1)], cursor="5")
    assert [found.application_no for found in school.find_applications("陈更名")] == ["NS2014X01000001"]
    assert school.find_applications("csy") == []
    assert school.find_applications("080214") == []
    record = school.get_application("NS2014X01000001")
    assert record is not None and record["revision"] == 2


@given(st.text(max_size=12))
def test_folding_twice_changes_nothing(term: str) -> None:
    assert folded(folded(term)) == folded(term)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(term="A´", cut=2)
@given(term=st.text(min_size=1, max_size=12).filter(folded), cut=st.integers(1, 12))
def test_every_term_is_found_by_itself_and_by_its_beginning(store: Store, term: str, cut: int) -> None:
    store.put_applications([_row("X1", term, revision=store.count_applications() + 1)], cursor="")
    for query in (term, folded(term)[:cut]):
        assert "X1" in [found.application_no for found in store.find_applications(query)]


def test_applications_on_which_desks_differ_are_found_among_all_the_others(store: Store) -> None:
    results = {f"A{number:04}": {"standing": {}, "conflicting": [], "settlement": None} for number in range(300)}
    results["A0007"]["conflicting"] = [{"event_id": "b"}]
    results["A0120"]["settlement"] = {"stands": "a"}
    store.put_changes("1", results=results)
    assert store.disputed_results() == [results["A0007"], results["A0120"]]
    store.put_changes("2", results={"A0007": {"standing": {}, "conflicting": []}})  # as an older platform says it
    assert store.disputed_results() == [results["A0120"]]
    with store.upkeep() as parts:
        plan = parts.db.execute("EXPLAIN QUERY PLAN SELECT body FROM case_results WHERE disputed = 1").fetchall()
    assert "case_results_disputed" in str(plan), "without looking through all of them"
