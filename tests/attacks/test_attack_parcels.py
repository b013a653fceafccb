"""A stick with a desk's acts is lost, opened, altered, exchanged or brought twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attacked_desk import AttackedDesk

from central.cli import main
from central.parcels import Taken, take_folder
from central.platform import Platform
from central.results import result_of
from central.revocation import revoke
from kiosk.sync.parcels import Exported, export, import_answers
from kiosk.wire.parcel import BadParcel, read_parcel
from kiosk.wire.signing import SigningKey
from kiosk.wire.suite import SUITES
from offline_cache.outbox import Delivery
from practice.world import application_records, family

F01 = family("F01").application_numbers[0]
NAME = str(family("F01").applications[0]["child"]["name"])


def _a_day(desk: AttackedDesk) -> None:
    desk.store.append(F01, "page.read", "li", {"text": NAME}, images=[NAME.encode() + bytes(300_000)])
    payload = {"decision": "RECEIPT", "paper_no": "P1", "category": None, "reasons": []}
    desk.store.append(F01, "case.decided", "li", payload)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def _sent(desk: AttackedDesk, stick: Path) -> Exported:
    _a_day(desk)
    return export(desk.store, desk.who, stick)


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name, indirect=True)
def test_a_site_without_a_network_exchanges_everything_by_stick(
    desk: AttackedDesk, platform: Platform, stick: Path
) -> None:
    sent = _sent(desk, stick)
    assert (sent.events, sent.images) == (2, 1)
    counts = desk.store.outbox_counts()
    assert (counts.events[Delivery.SENT], counts.events[Delivery.ACCEPTED]) == (2, 0), (
        "not accepted before the answer is back"
    )
    (taken,) = take_folder(platform, stick)
    assert (taken.accepted, taken.refused, taken.images, taken.problem) == (2, 0, 1, "")
    with platform.database.reading() as session:
        result = result_of(session, F01)
        assert result is not None and result.standing is not None and result.standing.decision == "RECEIPT"
    back = import_answers(desk.store, desk.who, stick)
    assert (back.parcels, back.accepted, back.refused) == (1, 3, 0)
    assert desk.store.outbox_counts().open_events == desk.store.outbox_counts().open_images == 0
    assert desk.store.count_applications() == len(application_records()), "the platform's news came back with it"
    assert desk.store.case_result(F01) is not None


def test_the_same_stick_twice_and_an_old_one_later_do_no_harm(
    desk: AttackedDesk, platform: Platform, stick: Path
) -> None:
    _sent(desk, stick)
    take_folder(platform, stick)
    import_answers(desk.store, desk.who, stick)
    cursor, applications = desk.store.cursor, desk.store.count_applications()
    (again,) = take_folder(platform, stick)
    assert (again.accepted, again.duplicates) == (0, 2)
    old = import_answers(desk.store, desk.who, stick)
    assert (old.parcels, old.changes) == (2, 0)
    assert (desk.store.cursor, desk.store.count_applications()) == (cursor, applications)


def test_who_finds_the_stick_reads_nothing(desk: AttackedDesk, platform: Platform, stick: Path) -> None:
    sent = _sent(desk, stick)
    take_folder(platform, stick)
    for path in stick.iterdir():
        content = path.read_bytes()
        assert NAME.encode() not in content and F01.encode() not in content
    with pytest.raises(BadParcel, match="not_for_us"):
        list(read_parcel(sent.path, sender_key=desk.who.key.public, key=SigningKey.new()))


@pytest.mark.parametrize("place", [0.0, 0.01, 0.5, 0.97, 0.9999])
def test_a_parcel_altered_anywhere_is_left_alone(
    place: float, desk: AttackedDesk, platform: Platform, stick: Path
) -> None:
    path = _sent(desk, stick).path
    content = bytearray(path.read_bytes())
    content[round(place * (len(content) - 1))] ^= 1
    path.write_bytes(bytes(content))
    (taken,) = take_folder(platform, stick) or [Taken(path, problem="not_a_parcel")]
    assert taken.problem in ("not_a_parcel", "wrong_signature", "unknown_desk")
    with platform.database.reading() as session:
        assert result_of(session, F01) is None


@pytest.mark.parametrize("kept", [0, 50, 5000, -1])
def test_a_parcel_that_was_cut_is_left_alone(kept: int, desk: AttackedDesk, platform: Platform, stick: Path) -> None:
    path = _sent(desk, stick).path
    path.write_bytes(path.read_bytes()[:kept])
    (taken,) = take_folder(platform, stick)
    assert taken.problem in ("not_a_parcel", "wrong_signature")


def test_a_parcel_of_a_revoked_desk_or_under_another_desks_name_is_refused(
    desk: AttackedDesk, new_desk: Callable[[], AttackedDesk], platform: Platform, stick: Path
) -> None:
    other = new_desk()
    path = _sent(desk, stick).path
    # as long as the other's id, so that only the signature tells
    path.write_bytes(path.read_bytes().replace(desk.who.desk_id.encode(), other.who.desk_id.encode()))
    assert [taken.problem for taken in take_folder(platform, stick)] == ["wrong_signature"]
    path.unlink()
    export(desk.store, desk.who, stick)
    with platform.database.writing() as session:
        revoke(session, desk.who.desk_id, "lost")
    assert [taken.problem for taken in take_folder(platform, stick)] == ["desk_revoked"]


def test_an_answer_that_is_not_the_platforms_marks_nothing_as_accepted(
    desk: AttackedDesk, platform: Platform, stick: Path, tmp_path: Path
) -> None:
    _sent(desk, stick)
    take_folder(platform, stick)
    answer = next(path for path in stick.iterdir() if path.name.startswith("answer"))
    content = bytearray(answer.read_bytes())
    content[-100] ^= 1
    answer.write_bytes(bytes(content))
    bad: list[str] = []
    assert import_answers(desk.store, desk.who, stick, bad=lambda _, code: bad.append(code)).parcels == 0
    assert bad == ["wrong_signature"]
    assert desk.store.outbox_counts().open_events == 2


def test_the_platforms_command_says_what_it_took(
    desk: AttackedDesk, platform: Platform, stick: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "platform")]
    assert main(["import-events", str(stick), *data]) == 1, "nothing there"
    _sent(desk, stick)
    assert main(["import-events", str(stick), *data]) == 0
    assert f"{desk.who.desk_id}, accepted 2, known 0, refused 0, pictures 1" in capsys.readouterr().out
