"""A disk that is really full, a folder that may not be written, a clock that went back: what is written stays, the rest says why not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.wire.chain import link_by
from kiosk.wire.suite import Suite, with_first
from offline_cache.keys import KeyFile
from offline_cache.problems import StoreProblem, Trouble
from offline_cache.store import Store


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three megabytes, where the system lets us make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None or os.geteuid() != 0:
        pytest.skip(
            "needs the right to mount a small file system; the same is played with a size limit in test_store_opening"
        )
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("this machine does not let us mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_refuses_acts_whole_and_goes_on_when_there_is_room(
    small_disk: Path, tmp_path: Path, suite: Suite
) -> None:
    keys, written = KeyFile(tmp_path / "keys" / "k"), []
    with Store.open(small_disk / "store", keys, chain=link_by(suite), ciphers=with_first(suite)) as store:
        store.become_desk("desk-1")
        ballast = small_disk / "ballast"
        ballast.write_bytes(bytes(300_000))
        with pytest.raises(StoreProblem) as problem:
            for number in range(1000):
                page = number.to_bytes(4, "big") * 12_000
                written.append(
                    (store.append("A1", "page.read", "li", {"n": number}, images=[page]).event_id, suite.digest(page))
                )
        assert problem.value.code is Trouble.DISK_FULL
        assert len(written) > 5
        assert store.find_applications("anybody") == [], "reading goes on"
        ballast.unlink()
        store.append("A1", "visit.ended", "li", {})
    with Store.open(small_disk / "store", keys, chain=link_by(suite), ciphers=with_first(suite)) as again:
        events = again.events("A1")
        assert [event.event_id for event in events[:-1]] == [event_id for event_id, _ in written]
        assert events[-1].kind == "visit.ended"
        assert again.first_broken_link() is None
        assert all(suite.digest(again.image(digest)) == digest for _, digest in written)


def test_a_folder_that_may_not_be_written_is_named(store: Store, tmp_path: Path) -> None:
    store.append("A1", "visit.opened", "li", {})
    store.close()
    frozen = tmp_path / "frozen"
    shutil.copytree(tmp_path / "data", frozen)
    for path in (frozen, *frozen.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    trial = (
        "import sys; from pathlib import Path\n"
        "from kiosk.wire.chain import link; from kiosk.wire.suite import SUITES; from offline_cache.keys import KeyFile\n"
        "from offline_cache.problems import StoreProblem; from offline_cache.store import Store\n"
        "try:\n    Store.open(Path(sys.argv[1]), KeyFile(Path(sys.argv[2])), chain=link, ciphers=SUITES)"
        ".append('A', 'k', 'li', {})\n"
        "except StoreProblem as problem: print(problem.code)\n"
    )
    command = [sys.executable, "-c", trial, str(frozen), str(tmp_path / "keys" / "machine.key")]
    if os.name != "nt" and os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("an administrator may write everywhere, and there is no way to be somebody else here")
        # without the right to pass over permissions an administrator is a person like others
        command = [
            setpriv,
            "--bounding-set=-dac_override,-dac_read_search,-fowner",
            "--inh-caps=-dac_override,-dac_read_search,-fowner",
            *command,
        ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "read_only", done.stderr[-500:]


def test_a_clock_set_back_a_year_keeps_the_order_and_the_chain(store: Store, open_store: Callable[[], Store]) -> None:
    now = datetime.now().astimezone()
    first = store.append("A1", "visit.opened", "li", {}, at=now)
    second = store.append("A1", "visit.suspended", "li", {}, at=now - timedelta(days=365))
    store.close()
    again = open_store()
    assert [event.event_id for event in again.events("A1")] == [first.event_id, second.event_id]
    assert again.last_event_per_case()[0].event_id == second.event_id
    assert again.first_broken_link() is None
    assert [event.event_id for event in again.waiting_events()] == [first.event_id, second.event_id]
