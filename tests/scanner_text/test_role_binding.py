from __future__ import annotations

from scanner.judge.binding import bind_roles, roles_of, split_role

PRINTED = {("name", 0): "梁样舒", ("id_no", 0): "1", ("name", 1): "许拟嘉", ("id_no", 1): "2"}


def likeness(attribute: str, slot: int, value: str) -> float:
    return 0.0 if PRINTED.get((attribute, slot)) == value else -14.0


def test_names_of_fields_are_taken_apart() -> None:
    assert split_role("members[father].id_no") == ("members", "father", "id_no")
    assert split_role("id_no") is None
    assert roles_of({"obligees[mother].name": "许拟嘉", "usage": "住宅"}, "obligees") == {"mother": {"name": "许拟嘉"}}


def test_each_role_gets_the_slot_with_its_values() -> None:
    roles = {"mother": {"name": "许拟嘉", "id_no": "2"}, "father": {"name": "梁样舒", "id_no": "1"}}
    assert bind_roles(roles, [0, 1], likeness) == {"mother": 1, "father": 0}


def test_one_swapped_value_does_not_move_the_role() -> None:
    roles = {"father": {"name": "梁样舒", "id_no": "2"}, "mother": {"name": "许拟嘉", "id_no": "2"}}
    assert bind_roles(roles, [0, 1], likeness) == {"father": 0, "mother": 1}


def test_of_several_people_only_the_one_on_the_page_is_bound() -> None:
    roles = {r: {"name": n, "id_no": i} for r, n, i in (("child", "梁例沐", "3"), ("mother", "许拟嘉", "2"))}
    page = {("name", 0): "许拟嘉", ("id_no", 0): "2"}
    assert bind_roles(roles, [0], lambda a, s, v: 0.0 if page[a, s] == v else -14.0) == {"mother": 0}


def test_a_stranger_is_bound_to_nobody() -> None:
    roles = {r: {"name": n, "id_no": i} for r, n, i in (("child", "梁例沐", "3"), ("mother", "许拟嘉", "2"))}
    assert bind_roles(roles, [0], lambda a, s, v: -14.0) == {}


def test_a_set_that_names_one_role_speaks_of_the_one_person_on_the_page() -> None:
    assert bind_roles({"father": {"name": "别人"}}, [0], likeness) == {"father": 0}
