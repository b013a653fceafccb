"""Which acts a pack leaves to two persons: said in the pack, checked when it is loaded, without any effect on verdicts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.policy import PackError, builtin_packs, load_pack
from kiosk.policy.schema import SecondPerson

SERVICES = Path(__file__).parent.parent.parent / "resources" / "services"


def _pack(tmp_path: Path, declaration: str) -> Path:
    folder = Path(shutil.copytree(SERVICES / "nanshan-primary-2014", tmp_path / "copy"))
    with (folder / "pack.yaml").open("a", encoding="utf-8") as head:
        head.write(declaration)
    return folder


def test_a_pack_that_says_nothing_leaves_everything_to_one(tmp_path: Path) -> None:
    assert load_pack(_pack(tmp_path, "")).second_person == SecondPerson()


def test_each_act_names_who_may_be_the_second(tmp_path: Path) -> None:
    second = load_pack(
        _pack(
            tmp_path,
            "second_person:\n"
            "  override: {classes: [id, cert], by: colleague}\n"
            "  decide: {outcomes: [REFER], by: supervisor}\n"
            "  undo_printed: {by: supervisor}\n",
        )
    ).second_person
    assert second.override and second.override.classes == ("id", "cert")
    assert second.decide and (second.decide.outcomes, second.decide.by) == (("REFER",), "supervisor")
    assert second.undo_printed and second.undo_printed.by == "supervisor"


@pytest.mark.parametrize(
    ("declaration", "named"),
    [
        ("override: {classes: [number], by: colleague}", "number"),
        ("override: {classes: [], by: colleague}", "second_person.override.classes"),
        ("override: {by: colleague}", "classes"),
        ("decide: {outcomes: [MAYBE], by: supervisor}", "MAYBE"),
        ("decide: {outcomes: [REFER], by: it}", "second_person.decide.by"),
        ("undo: {by: supervisor}", "undo"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, declaration: str, named: str) -> None:
    folder = _pack(tmp_path, f"second_person:\n  {declaration}\n")
    lines = (folder / "pack.yaml").read_text(encoding="utf-8").splitlines()
    with pytest.raises(PackError) as refused:
        load_pack(folder)
    said = refused.value.say()
    assert named in said
    assert any(f"pack.yaml:{line}:" in said for line in (len(lines), len(lines) - 1))


def test_the_2024_pack_wants_two_for_numbers_and_the_others_for_nothing() -> None:
    packs = builtin_packs()
    assert packs["NS2024"].second_person.override and packs["NS2024"].second_person.override.classes == ("id",)
    assert packs["NS2014"].second_person == packs["RH2024"].second_person == SecondPerson()
