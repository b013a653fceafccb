"""The pull feed: the desk's own school, resumable, nothing missed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from desk_world import application

from central.cli import main
from kiosk.sync.transport import Refused
from kiosk.wire.models import Changes


def _keys(page: Changes, kind: str) -> list[str]:
    return [change.key for change in page.changes if change.type == kind]


def test_a_desk_gets_its_own_schools_applications_and_everyones_keys(new_desk: Callable[..., Any]) -> None:
    here, there = new_desk("X01"), new_desk("X02")
    page = there.transport.changes("", 1000)
    assert _keys(page, "application") == ["X02-0"]
    assert _keys(page, "school") == ["X02"]
    assert {here.desk_id, there.desk_id} <= set(_keys(page, "desk_key"))
    keys = {change.key: change.body["public_key"] for change in page.changes if change.type == "desk_key"}
    assert keys[here.desk_id] == here.key.public


def test_pages_join_without_gap_or_overlap(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    whole = desk.transport.changes("", 1000)
    joined, cursor, more = [], "", True
    while more:
        page = desk.transport.changes(cursor, 2)
        joined += page.changes
        cursor, more = page.cursor, page.more
    assert joined == whole.changes
    assert desk.transport.changes(cursor, 10).changes == []


def test_a_changed_application_comes_again_with_its_next_revision(
    new_desk: Callable[..., Any], platform_folder: Path, tmp_path: Path
) -> None:
    desk = new_desk("X02")
    cursor = desk.transport.changes("", 1000).cursor
    file = tmp_path / "again.json"
    file.write_text(json.dumps([application("X02-0", "X02", "林更名")]), encoding="utf-8")
    for _ in range(2):  # the second import brings nothing new
        assert main(["import", str(file), "--data", str(platform_folder)]) == 0
    page = desk.transport.changes(cursor, 1000)
    assert [(change.key, change.body["revision"]) for change in page.changes] == [("X02-0", 2)]


def test_a_cursor_of_another_platform_begins_from_the_start(new_desk: Callable[..., Any]) -> None:
    desk = new_desk()
    page = desk.transport.changes("0123456789abcdef0123456789abcdef.7", 1000)
    assert _keys(page, "application")[0] == "X01-0"
    ahead = page.cursor.partition(".")[0] + ".999999"
    assert desk.transport.changes(ahead, 1000).changes == page.changes
    with pytest.raises(Refused) as refused:
        desk.transport.changes("no cursor", 10)
    assert refused.value.code == "bad_cursor"


def test_acts_that_came_before_their_application_count_when_it_arrives(
    new_desk: Callable[..., Any], platform_folder: Path, tmp_path: Path, supervisor: httpx.Client
) -> None:
    desk = new_desk()
    desk.transport.push([desk.decided("X01-late", "RECEIPT")])
    assert supervisor.get("/v1/results/X01-late").status_code == 404
    file = tmp_path / "late.json"
    file.write_text(json.dumps([application("X01-late")]), encoding="utf-8")
    assert main(["import", str(file), "--data", str(platform_folder)]) == 0
    assert supervisor.get("/v1/results/X01-late").json()["standing"]["decision"] == "RECEIPT"
