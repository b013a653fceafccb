"""Service packs at the desk: a case is decided by the version it was begun under, and a broken pack changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from changed_packs import KEY, NEW_MATERIAL, built_in, changed
from desk_table import Table

from kiosk.desk.pack_shelf import PackShelf
from kiosk.policy.loader import load_contents
from kiosk.policy.signed import MANIFEST, manifest
from kiosk.texts import say
from kiosk.wire.signing import SigningKey

F01 = "NS2014X01000001"


class Kept:
    """The store's settings, in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def setting(self, key: str) -> str | None:
        return self.values.get(key)

    def put_settings(self, values: Mapping[str, str]) -> None:
        self.values.update(values)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def shelf(kept: Kept) -> PackShelf:
    return PackShelf(kept, [built_in()], {KEY.public})


def test_the_newest_version_is_in_force_and_earlier_ones_stay(shelf: PackShelf, kept: Kept):
    for version in ("2014.10", "2014.9"):
        assert shelf.receive(changed(version)).taken
    again = PackShelf(kept, [], {KEY.public})
    for each in (shelf, again):
        newest = each.current("NS2014")
        assert newest is not None
        assert newest.version == "2014.10"
        assert each.held == (("NS2014", "2014.1"), ("NS2014", "2014.9"), ("NS2014", "2014.10"))
        assert each.version("NS2014", "2014.1") is not None


def test_taking_a_pack_again_is_no_news(shelf: PackShelf):
    contents = changed("2014.2")
    assert shelf.receive(contents).new
    again = shelf.receive(contents)
    assert again.taken
    assert not again.new


def _tampered(contents: dict[str, bytes]) -> dict[str, bytes]:
    return {**contents, "checks.yaml": contents["checks.yaml"] + b"# \n"}


def _broken(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Signed all the same: whoever holds the key made a mistake."""
    pack = load_contents(contents)
    wrong = {**contents, "checks.yaml": contents["checks.yaml"].replace(b"reason: R-AGE", b"reason: R-OLD")}
    return wrong | {MANIFEST: manifest(pack, wrong, KEY)}


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_tampered, "checks.yaml: 内容与签名时不同"),
        (_broken, "checks.yaml:3:"),
        (lambda c: {k: v for k, v in c.items() if k != MANIFEST}, "没有签名"),
        (lambda c: {k: v for k, v in c.items() if k != "materials.yaml"}, "materials.yaml: 清单上有这个文件"),
        (lambda c: {**c, "more.yaml": b""}, "more.yaml: 清单上没有这个文件"),
        (lambda c: {}, "没有签名"),
    ],
)
def test_a_pack_that_is_not_in_order_is_refused_and_changes_nothing(
    shelf: PackShelf, kept: Kept, spoil: Callable[[Any], Any], says: str
):
    news = shelf.receive(spoil(changed("2014.2")))
    assert not news.taken
    assert shelf.held == (("NS2014", "2014.1"),)
    assert says in "\n".join(shelf.refused.values())
    assert PackShelf(kept, [built_in()], {KEY.public}).held == (("NS2014", "2014.1"),)


def test_a_pack_of_a_stranger_is_refused(shelf: PackShelf):
    assert not shelf.receive(changed("2014.2", key=SigningKey.new())).taken


def test_a_version_that_is_held_is_never_exchanged_for_another_content(shelf: PackShelf):
    assert shelf.receive(changed("2014.2")).taken
    other = changed("2014.2", ("pack.yaml", "image_retention_days: 30", "image_retention_days: 90"))
    assert not shelf.receive(other).taken
    held = shelf.version("NS2014", "2014.2")
    assert held is not None
    assert held.image_retention_days == 30


def test_a_refused_pack_is_forgotten_when_the_right_one_comes(shelf: PackShelf):
    shelf.receive(_broken(changed("2014.2")))
    assert shelf.refused
    assert shelf.receive(changed("2014.2")).taken
    assert not shelf.refused


# at the desk


def _materials(table: Table) -> list[str]:
    case = table.view.case
    assert case is not None
    return [item.material for item in case.checklist]


def test_a_case_begun_under_one_version_is_decided_under_it(shelf_table: Callable[[], tuple[Table, PackShelf]]):
    table, shelf = shelf_table()
    table.open(F01)
    before = _materials(table)
    assert shelf.receive(changed("2014.2", *NEW_MATERIAL)).taken
    table.desk.suspend()
    table.until(lambda v: v.case is None)
    view = table.open(F01)
    table.settled()
    assert _materials(table) == before
    assert table.view.case is not None
    assert table.view.case.pack == "NS2014 2014.1"
    view = table.until(lambda v: v.notice is not None)
    assert view.notice is not None
    assert say(view.notice.text) == "本案按开始办理时的规则（2014.1）办理，现行规则是 2014.2"


def test_a_case_begun_afterwards_is_decided_under_the_new_version(shelf_table: Callable[[], tuple[Table, PackShelf]]):
    table, shelf = shelf_table()
    assert shelf.receive(changed("2014.2", *NEW_MATERIAL)).taken
    table.open(F01)
    assert "Z01" in _materials(table)
    assert table.view.case is not None
    assert table.view.case.pack == "NS2014 2014.2"


def test_the_version_outlives_the_program_and_its_next_update(shelf_table: Callable[[], tuple[Table, PackShelf]]):
    table, shelf = shelf_table()
    assert shelf.receive(changed("2014.2", *NEW_MATERIAL)).taken
    table.open(F01)
    assert shelf.receive(changed("2014.3")).taken
    table, _ = shelf_table()
    table.until(lambda v: v.case is not None)
    assert "Z01" in _materials(table)


def test_the_decision_and_its_paper_name_the_version_it_was_made_by(
    shelf_table: Callable[[], tuple[Table, PackShelf]],
):
    table, shelf = shelf_table()
    table.open(F01)
    table.lay_all("F01")
    assert shelf.receive(changed("2014.2", *NEW_MATERIAL)).taken
    table.desk.decide("RECEIPT")
    table.until(lambda v: v.case and v.case.paper and v.case.paper.state == "saved")
    decided = next(e for e in table.store.events(F01) if e.kind == "case.decided")
    assert decided.payload["evaluation"]["version"] == "2014.1"
    assert "Z01" not in {m["material"] for m in decided.payload["materials"]}


def test_a_broken_pack_leaves_the_desk_at_work_with_the_version_it_had(
    shelf_table: Callable[[], tuple[Table, PackShelf]], tmp_path: Path
):
    table, shelf = shelf_table()
    assert not shelf.receive(_broken(changed("2014.2"))).taken
    table.open(F01)
    table.lay_all("F01")
    assert table.view.case is not None
    assert table.view.case.pack == "NS2014 2014.1"
    assert "RECEIPT" in table.view.case.decision.allowed
