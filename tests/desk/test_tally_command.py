"""`yanhe tally`: the numbers of a day without the window, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.settings import Settings
from yanhe.compose import open_store
from yanhe.main import main

Command = Callable[..., tuple[int, str, str]]
TODAY = datetime.now().astimezone().date().isoformat()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YANHE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def yanhe(home: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    def call(*arguments: str) -> tuple[int, str, str]:
        status = main(["tally", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.fixture
def served(home: Path) -> None:
    """A desk that has served one family today."""
    with open_store(Settings(home)) as store:
        names = {
            "desk.name": "2号桌",
            "school.code": "X01",
            "school.name": "南山区虚构小学",
            "school.district": "南山区",
        }
        store.become_desk("X01-2", {**names, "platform.url": "https://platform.invalid", "platform.key": "x"})
        number = "NS2014-X01-2-000001"
        store.append("F", "visit.opened", "031", {"via": "code", "visit_id": "v"})
        reason = {"code": "R-MISSING", "text": "缺少规定材料"}
        store.append("F", "case.decided", "031", {"decision": "RETURN", "paper_no": number, "reasons": [reason]})
        store.append("F", "paper.printed", "031", {"paper_no": number, "copy_no": 1, "settled": True})
        store.append("F", "visit.ended", "031", {"originals_returned": 4})


def test_it_says_the_day_in_words_and_all_agrees(served: None, yanhe: Command) -> None:
    status, out, _ = yanhe()
    assert status == 0
    for line in (
        "✔ 各项数字互相核对一致",
        "办理的申请  1",
        "退回  1",
        "缺少规定材料（R-MISSING）  1",
        "当面交还的原件  4",
    ):
        assert line in out


def test_it_gives_programs_every_number(served: None, yanhe: Command) -> None:
    status, out, _ = yanhe("--json", "--date", TODAY)
    content = json.loads(out)
    assert (status, content["families"], content["returns"], content["differences"]) == (0, 1, 1, [])
    assert content["deliveries"]["waiting"] == content["events"] == 4
    assert content["numbers"]["last"] == "NS2014-X01-2-000001"
    assert len(content["head_hash"]) == 64


def test_a_difference_is_said_and_is_the_exit_status(served: None, home: Path, yanhe: Command) -> None:
    with open_store(Settings(home)) as store:
        store.append("G", "visit.opened", "031", {"via": "code", "visit_id": "w"})
    status, out, _ = yanhe("--language", "en")
    assert status == 1
    assert "1. Opened and not finished: 1." in out


def test_another_day_is_empty(served: None, yanhe: Command) -> None:
    status, out, _ = yanhe("--date", "2099-01-02", "--json")
    assert status == 0
    assert json.loads(out)["families"] == 0


@pytest.mark.parametrize("paper", ["A4", "A5", "80mm", "58mm"])
def test_it_writes_the_sheet_that_the_desk_would_print(
    served: None, yanhe: Command, tmp_path: Path, qapp: object, paper: str
) -> None:
    path = tmp_path / "tally.pdf"
    assert yanhe("--pdf", str(path), "--paper", paper) == (0, "", "")
    assert path.read_bytes().startswith(b"%PDF-")


def test_a_folder_that_is_not_there_is_named(served: None, yanhe: Command, tmp_path: Path, qapp: object) -> None:
    status, _, err = yanhe("--pdf", str(tmp_path / "absent" / "tally.pdf"))
    assert status == 2
    assert "tally.pdf" in err


def test_without_a_desk_there_are_no_numbers(yanhe: Command) -> None:
    status, out, err = yanhe()
    assert (status, out) == (2, "")
    assert err.strip()


def test_while_the_desk_is_open_its_window_shows_them(served: None, home: Path, yanhe: Command) -> None:
    with open_store(Settings(home)):
        status, _, err = yanhe()
    assert status == 2
    assert "Ctrl+D" in err
