"""What the administrator sees of PINs that people changed themselves, and what happens to a platform that had none of this."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from central.changes import staff_record
from central.cli import main
from central.database import Database
from central.own_pins import WORDS
from central.secrets_folder import platform_key
from central.tables import Staff
from kiosk.people.pins import Argon2Pins
from kiosk.wire.sealed import bound_to_pin, seal_for

PINS = Argon2Pins(memory_kib=64, passes=1)
Say = Callable[..., str]


@pytest.fixture
def say(platform_folder: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    def run(*words: str) -> str:
        capsys.readouterr()
        assert main([*words, "--data", str(platform_folder)]) == 0
        return capsys.readouterr().out

    return run


def _record(desk: Any, number: str) -> dict[str, Any]:
    page = desk.transport.changes("", 1000)
    return next(c.body for c in page.changes if c.type == "staff" and c.body["staff_no"] == number)


def test_the_administrator_sees_which_changes_hold_and_why_others_do_not(
    say: Say, new_desk: Callable[..., Any], platform_folder: Path
) -> None:
    say("staff", "add", "--school", "X01", "--number", "P1", "--name", "李例明", "--roles", "verifier")
    say("staff", "set-pin", "--school", "X01", "--number", "P1", "--new")
    desk = new_desk("X01")
    key = platform_key(platform_folder).public
    assert (_record(desk, "P1")["reset"], _record(desk, "P1")["heard"]) == (1, [])
    sealed = seal_for(key, PINS.verifier("739105"), bound_to_pin(desk.desk_id, "P1", 1))
    good = desk.event("", "person.pin_changed", {"reset": 1, "sealed": sealed}, "P1")
    nobody = desk.event("", "person.pin_changed", {"reset": 1, "sealed": sealed}, "P9")
    desk.transport.push([good, nobody])
    record = _record(desk, "P1")
    assert PINS.holds(record["verifier"], "739105")
    assert record["heard"] == [good.event_id]
    say("staff", "set-pin", "--school", "X01", "--number", "P1", "--new")
    late = desk.event("", "person.pin_changed", {"reset": 1, "sealed": sealed}, "P1")
    desk.transport.push([late])
    record = _record(desk, "P1")
    assert not PINS.holds(record["verifier"], "739105")
    assert (record["reset"], record["heard"]) == (2, [late.event_id])
    lines = [line.split("  ", 3)[1:] for line in say("staff", "pin-changes", "--school", "X01").splitlines()]
    assert lines == [
        [desk.desk_id, "P1", WORDS["other_reset"]],
        [desk.desk_id, "P9", WORDS["unknown_person"]],
        [desk.desk_id, "P1", WORDS[""]],
    ]


def test_changing_a_role_leaves_the_own_pin_alone(
    say: Say, new_desk: Callable[..., Any], platform_folder: Path
) -> None:
    say("staff", "add", "--school", "X01", "--number", "P2", "--name", "赵试", "--roles", "verifier")
    say("staff", "set-pin", "--school", "X01", "--number", "P2", "--new")
    desk = new_desk("X01")
    key = platform_key(platform_folder).public
    sealed = seal_for(key, PINS.verifier("739105"), bound_to_pin(desk.desk_id, "P2", 1))
    desk.transport.push([desk.event("", "person.pin_changed", {"reset": 1, "sealed": sealed}, "P2")])
    say("staff", "add", "--school", "X01", "--number", "P2", "--name", "赵试", "--roles", "verifier,supervisor")
    record = _record(desk, "P2")
    assert record["roles"] == ["verifier", "supervisor"]
    assert PINS.holds(record["verifier"], "739105") and record["reset"] == 1


def test_people_of_a_platform_from_before_keep_their_pins(
    tmp_path: Path, database: str | None, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'central.db'}"
    if database:
        url = request.getfixturevalue("postgresql").new_database(f"before_{uuid4().hex}")
    engine = create_engine(url)
    config = Config()
    config.set_main_option("script_location", "central:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005_settlements")
        connection.execute(text("INSERT INTO schools VALUES ('X01', '虚构小学', '虚构区')"))
        connection.execute(
            text(
                "INSERT INTO staff VALUES ('X01', '031', '李例明', 'verifier', TRUE, 'kept', '2014-04-19 01:00:00+00')"
            )
        )
    engine.dispose()
    platform = Database(url)
    with platform.writing() as session:
        person = session.get_one(Staff, ("X01", "031"))
        assert (person.resets, person.pin_at, person.pin_desk, person.pin_heard) == (0, None, "", {})
        assert staff_record(person).model_dump() == {
            "staff_no": "031", "name": "李例明", "roles": ["verifier"], "active": True, "verifier": "kept",
            "reset": 0, "heard": [],
        }  # fmt: skip
    platform.close()
