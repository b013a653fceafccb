"""A day's acts and pictures through a line that delays, cuts, resets, truncates, swallows and answers in the platform's place."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.trials.bad_line import BadLine, Weather
from benchmarks.trials.network import through_bad_weather
from benchmarks.trials.window_weather import window_in_weather
from kiosk.sync.enrolment import enrol, enrolment
from kiosk.sync.exchange import PIECE, Exchange
from kiosk.sync.http import HttpTransport
from kiosk.sync.transport import Refused, Unreachable
from kiosk.wire.chain import link
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile
from offline_cache.store import Store
from practice.world import SCHOOL_CODE, application_records
from yanhe.platform_process import PlatformProcess

PICTURE = random.Random(3).randbytes(3_000_000)
DIGEST = hashlib.sha256(PICTURE).hexdigest()


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformProcess]:
    process = PlatformProcess(tmp_path_factory.mktemp("platform"))
    process.load(application_records()[:2], "虚构区")
    process.start()
    yield process
    process.stop()


@pytest.fixture
def desk(platform: PlatformProcess, tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store", KeyFile(tmp_path / "keys" / "k"), chain=link, ciphers=SUITES) as store:
        enrol(platform.url, platform.enrol_code(SCHOOL_CODE, "2号桌"), store)
        yield store


def _transport(store: Store, url: str) -> HttpTransport:
    who = enrolment(store)
    assert who is not None
    return HttpTransport(url, who.desk_id, who.key, who.platform_key, answer_s=5.0)


@pytest.mark.e2e
def test_everything_arrives_once_and_verdicts_before_pictures(tmp_path: Path) -> None:
    found = through_bad_weather(tmp_path, events=120, images=18, large=1)
    assert found.happened.total() > found.happened["connections"], "the weather was fine"
    assert found.faults == 0, found


@pytest.mark.e2e
def test_the_window_answers_and_draws_while_uploads_hang(tmp_path: Path) -> None:
    """The line takes the beginning of every upload and then says nothing more, all day long: no refusal, no end."""
    silent = Weather(silent_after=60_000)
    day = window_in_weather(tmp_path, silent, visits=3, until_sent=False, events=20, images=2, large=1)
    assert day.happened["fell silent"] >= 1
    assert day.visits >= 3 and day.papers >= 1, "families came, were decided and left"
    hung = day.longest
    assert hung["what"] in ("push", "put_image", "put_piece")
    # within one single request that hangs: keys pressed and answered, pictures drawn, turns of the event loop
    assert hung["answers"] >= 10 and hung["pictures"] >= 10 and hung["beats"] >= 100, hung
    assert day.waiting[0] > 0 and day.waiting[1] > 0, "it was still waiting when the day ended"
    assert day.arrived.faults == 0, "and arrived once the line was back"


@pytest.mark.e2e
def test_a_picture_cut_every_700_kilobytes_goes_on_where_it_was(desk: Store, platform: PlatformProcess) -> None:
    desk.put_image(PICTURE)
    cuts = 0
    with BadLine(platform.port, Weather(cut_after=700_000)) as line, _transport(desk, line.url) as transport:
        while desk.waiting_images():
            try:
                Exchange(desk, transport).push()
            except Unreachable:
                cuts += 1
        assert transport.has_image(DIGEST)
    # each connection carries two whole pieces: nothing is sent twice but the piece that was cut
    assert cuts == line.happened["cut in the upload"] == len(PICTURE) // (2 * PIECE)


@pytest.mark.e2e
def test_pieces_sent_twice_or_in_the_wrong_place_change_nothing(desk: Store, platform: PlatformProcess) -> None:
    picture = random.Random(4).randbytes(1000)
    digest = hashlib.sha256(picture).hexdigest()
    with _transport(desk, platform.url) as transport:
        assert transport.put_piece(digest, picture[500:], 500, 1000).offset == 0, (
            "a piece that leaves a gap is not taken"
        )
        for _ in range(2):
            assert transport.put_piece(digest, picture[:400], 0, 1000).offset == 400
        assert transport.upload_state(digest).offset == 400
        assert transport.put_piece(digest, picture[300:], 300, 1000).complete
        assert transport.put_piece(digest, picture[:400], 0, 1000).complete, "an image that is there stays as it is"


@pytest.mark.e2e
def test_pieces_that_do_not_make_the_picture_are_thrown_away(desk: Store, platform: PlatformProcess) -> None:
    picture = random.Random(5).randbytes(1000)
    digest = hashlib.sha256(picture).hexdigest()
    with _transport(desk, platform.url) as transport:
        transport.put_piece(digest, bytes(600), 0, 1000)
        with pytest.raises(Refused, match="digest_mismatch"):
            transport.put_piece(digest, picture[600:], 600, 1000)
        assert transport.upload_state(digest).offset == 0
        assert transport.put_piece(digest, picture, 0, 1000).complete
