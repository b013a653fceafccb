"""Who works at which school: what the district types, and what the school's desks get."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, text

from central.cli import main
from kiosk.people.pins import Argon2Pins
from kiosk.sync.transport import Refused

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(platform_folder: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """The command line: (status, what it printed, what it complained of)."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([*words, "--data", str(platform_folder)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def _staff(desk: Any, cursor: str = "") -> dict[str, dict[str, Any]]:
    page = desk.transport.changes(cursor, 1000)
    return {change.body["staff_no"]: change.body for change in page.changes if change.type == "staff"}


def test_a_csv_of_the_office_brings_the_staff_of_a_school(
    say: Say, new_desk: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "staff.csv"
    file.write_bytes(
        "学校,编号,姓名,角色,在岗\r\nX01,c031,李例,验核员,是\r\nX01,C007,王拟,验核员、负责人,\r\n".encode("gb18030")
    )
    assert say("staff", "import", str(file))[:2] == (0, "new 2, changed 0, unchanged 0\n")
    assert say("staff", "import", str(file))[:2] == (0, "new 0, changed 0, unchanged 2\n")
    held = _staff(new_desk("X01"))
    assert held["C031"] == {
        "staff_no": "C031", "name": "李例", "roles": ["verifier"], "active": True, "verifier": "",
        "reset": 0, "heard": [],
    }  # fmt: skip
    assert held["C007"]["roles"] == ["verifier", "supervisor"]


def test_a_desk_hears_only_of_its_own_schools_people(say: Say, new_desk: Callable[..., Any]) -> None:
    assert say("staff", "add", "--school", "X02", "--number", "S1", "--name", "赵试", "--roles", "verifier")[0] == 0
    assert "S1" not in _staff(new_desk("X01"))
    assert "S1" in _staff(new_desk("X02"))


def test_every_mistake_of_a_file_is_named_at_once_and_nothing_is_taken(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "staff.csv"
    file.write_text(
        "staff_no,name,roles,active\nM1,甲,verifier,yes\nM 2,乙,verifier,yes\nM3,,it,yes\nM4,丁,chief,yes\n"
        "M5,戊,it,perhaps\nM1,己,it,no\n",
        encoding="utf-8",
    )
    status, _, complaint = say("staff", "import", str(file), "--school", "X01")
    assert status == 1
    for line in (3, 4, 5, 6):
        assert f"line {line}:" in complaint
    assert "M1 of X01 is there twice" in complaint
    assert "甲" not in complaint
    assert "M1" not in say("staff", "list")[1]


def test_an_unknown_school_has_no_staff(say: Say) -> None:
    status, _, complaint = say("staff", "add", "--school", "X99", "--number", "S1", "--name", "赵试", "--roles", "it")
    assert (status, complaint) == (1, "yanhe-central: unknown school X99\n")


def test_a_pin_is_printed_once_and_kept_only_as_argon2id(
    say: Say, new_desk: Callable[..., Any], platform_folder: Path, database: str | None
) -> None:
    say("staff", "add", "--school", "X01", "--number", "P1", "--name", "钱例", "--roles", "verifier")
    desk = new_desk("X01")
    cursor = desk.transport.changes("", 1000).cursor
    pin = say("staff", "set-pin", "--school", "X01", "--number", "p1", "--new")[1].strip()
    change = _staff(desk, cursor)["P1"]
    assert change["verifier"].startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert Argon2Pins().holds(change["verifier"], pin)
    assert pin not in json.dumps(change)
    engine = create_engine(database or f"sqlite:///{platform_folder / 'central.db'}")
    with engine.connect() as tables:
        kept = [str(row) for row in tables.execute(text("SELECT * FROM staff WHERE staff_no = 'P1'"))]
    engine.dispose()
    assert len(kept) == 1 and "$argon2id$" in kept[0] and pin not in kept[0]
    for file in platform_folder.glob("central.db*"):  # of the embedded database nothing at all
        assert pin.encode() not in file.read_bytes()


def test_a_typed_pin_must_not_be_weak(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    say("staff", "add", "--school", "X01", "--number", "P2", "--name", "孙例", "--roles", "it")
    monkeypatch.setattr("sys.stdin", io.StringIO("123456\n"))
    status, _, complaint = say("staff", "set-pin", "--school", "X01", "--number", "P2")
    assert status == 1 and "too simple" in complaint
    monkeypatch.setattr("sys.stdin", io.StringIO("480213\n"))
    assert say("staff", "set-pin", "--school", "X01", "--number", "P2")[0] == 0


def test_first_pins_are_drawn_for_those_who_have_none(say: Say) -> None:
    for number in ("Q1", "Q2"):
        say("staff", "add", "--school", "X02", "--number", number, "--name", "周例", "--roles", "verifier")
    lines = say("staff", "first-pins", "--school", "X02")[1].splitlines()
    assert {"Q1", "Q2"} <= {line.split("\t")[0] for line in lines}
    assert say("staff", "first-pins", "--school", "X02")[1] == ""
    assert "no PIN" not in say("staff", "list", "--school", "X02")[1]


def test_who_leaves_is_told_to_the_desks_not_removed(say: Say, new_desk: Callable[..., Any]) -> None:
    say("staff", "add", "--school", "X01", "--number", "D1", "--name", "吴例", "--roles", "verifier")
    desk = new_desk("X01")
    cursor = desk.transport.changes("", 1000).cursor
    assert say("staff", "disable", "--school", "X01", "--number", "D1")[0] == 0
    assert _staff(desk, cursor)["D1"]["active"] is False
    assert say("staff", "enable", "--school", "X01", "--number", "D1")[0] == 0
    assert _staff(desk, cursor)["D1"]["active"] is True
    assert say("staff", "disable", "--school", "X01", "--number", "NO")[0] == 1


def test_a_revoked_desk_is_refused_whatever_it_asks_and_a_copied_key_does_not_help(
    say: Say, new_desk: Callable[..., Any], platform: Any
) -> None:
    from kiosk.sync.http import HttpTransport

    desk = new_desk("X01")
    assert say("revoke-desk", desk.desk_id, "--why", "lost on the bus")[:2] == (0, f"revoked {desk.desk_id}\n")
    platform_key = desk.transport._platform_key
    with HttpTransport(platform.url, desk.desk_id, desk.key, platform_key) as copied:  # the same key on another machine
        for transport in (desk.transport, copied):
            for ask in (
                lambda transport=transport: transport.changes("", 10),
                lambda transport=transport: transport.push([desk.event("X01-1")]),
                lambda transport=transport: transport.put_image("0" * 64, b"x"),
            ):
                with pytest.raises(Refused, match="desk_revoked"):
                    ask()
    assert f"{desk.desk_id}  desk_revoked" in say("refusals")[1]
    assert "REVOKED" in next(line for line in say("desks")[1].splitlines() if line.startswith(desk.desk_id))
    assert say("restore-desk", desk.desk_id)[0] == 0
    desk.transport.changes("", 10)


def test_only_a_desk_that_holds_the_key_is_told_that_it_was_revoked(
    say: Say, new_desk: Callable[..., Any], platform: Any
) -> None:
    from kiosk.sync.http import HttpTransport
    from kiosk.wire.signing import SigningKey

    desk = new_desk("X01")
    say("revoke-desk", desk.desk_id)
    with (
        HttpTransport(platform.url, desk.desk_id, SigningKey.new(), desk.transport._platform_key) as stranger,
        pytest.raises(Refused, match="bad_signature"),
    ):
        stranger.changes("", 10)


def test_a_desk_gets_no_application_of_another_school_by_its_number(
    say: Say, new_desk: Callable[..., Any], platform: Any
) -> None:
    desk = new_desk("X01")
    own = desk.transport._ask("GET", "/v1/applications/X01-1").json()
    assert own["application_no"] == "X01-1"
    codes = set()
    for number in ("X02-0", "NOBODY"):
        with pytest.raises(Refused) as refused:
            desk.transport._ask("GET", f"/v1/applications/{number}")
        codes.add((refused.value.status, refused.value.code))
    assert codes == {(404, "not_found")}, "an answer that told the two apart would tell who applied elsewhere"
    log = say("refusals")[1]
    assert f"{desk.desk_id}  other_school  application X02-0" in log
    assert f"{desk.desk_id}  unknown_application  application NOBODY" in log


def test_no_cursor_brings_another_schools_applications(say: Say, new_desk: Callable[..., Any]) -> None:
    desk, other = new_desk("X01"), new_desk("X02")
    foreign = other.transport.changes("", 1000).cursor
    epoch = foreign.split(".")[0]
    tried = [foreign, f"{epoch}.0", f"{epoch}.1", f"{epoch}.999999999", "", f"{'f' * 32}.3"]
    for cursor in tried:
        page = desk.transport.changes(cursor, 1000)
        assert not [c.key for c in page.changes if c.type == "application" and c.body["school_code"] != "X01"], cursor
        assert not [c.key for c in page.changes if c.type == "staff" and not c.key.startswith("X01 ")], cursor
    for cursor in (f"{epoch}.-1", f"{epoch}.0 OR 1=1", f"{epoch}.1e9"):
        with pytest.raises(Refused, match="bad_cursor"):
            desk.transport.changes(cursor, 1000)
    assert f"{desk.desk_id}  bad_cursor" in say("refusals")[1]


def test_a_desks_signature_opens_nothing_of_the_supervisors(new_desk: Callable[..., Any]) -> None:
    desk = new_desk("X01")
    for path in ("/v1/results", "/v1/results/X02-0"):
        with pytest.raises(Refused, match="bad_token"):
            desk.transport._ask("GET", path)


def test_an_unsigned_question_gets_no_answer_and_strangers_cannot_flood_the_log(say: Say, platform: Any) -> None:
    before = len(say("refusals")[1].splitlines())
    for number in range(5):
        headers = {
            "Yanhe-Desk": f"X01-{number}",
            "Yanhe-Time": "2024-05-18T09:00:00+08:00",
            "Yanhe-Nonce": f"{number:032d}",
            "Yanhe-Signature": "AAAA",
        }
        answer = httpx.get(f"{platform.url}/v1/applications/X02-0", headers=headers)
        assert answer.status_code == 401
    assert len(say("refusals")[1].splitlines()) <= before + 1
