"""The platform deletes pictures when their pack's time is over, and nothing else."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from attacked_desk import AttackedDesk

from central.audit import verify
from central.cli import main
from central.image_retention import retire
from central.platform import Platform
from kiosk.sync.exchange import Exchange
from practice.world import family

F01 = family("F01").application_numbers[0]
PAGE, STRAY = b"page" * 100, b"stray" * 100
DIGEST = hashlib.sha256(PAGE).hexdigest()


@pytest.fixture
def sent(desk: AttackedDesk) -> AttackedDesk:
    desk.store.append(F01, "page.read", "li", {"page_image": DIGEST}, images=[PAGE])
    desk.store.put_image(STRAY)
    Exchange(desk.store, desk.line).push()
    return desk


def _retire(platform: Platform, days_later: float, keep: int = 30) -> int:
    with platform.database.writing() as session:
        return retire(session, platform.images, datetime.now(UTC) + timedelta(days=days_later), lambda _: keep)


def _files(tmp_path: Path) -> int:
    return sum(path.is_file() for path in (tmp_path / "platform" / "images").rglob("*"))


def test_a_picture_goes_when_its_time_is_over_and_the_log_stays(
    sent: AttackedDesk, platform: Platform, tmp_path: Path
) -> None:
    assert (_retire(platform, 29.9), _files(tmp_path)) == (0, 2)
    assert (_retire(platform, 30.1), _files(tmp_path)) == (2, 0)
    with platform.database.reading() as session:
        assert verify(session) == []
        assert not platform.images.holds(session, DIGEST)


def test_the_command_follows_the_pack_or_what_it_is_told(
    sent: AttackedDesk, platform: Platform, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "platform")]
    assert main(["retire-images", *data]) == 0
    assert capsys.readouterr().out == "0 pictures deleted\n"
    assert main(["retire-images", *data, "--days", "0"]) == 0
    assert capsys.readouterr().out == "2 pictures deleted\n"
