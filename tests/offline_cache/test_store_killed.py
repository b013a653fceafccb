"""SIGKILL while acts are being written: what was acknowledged is there, nothing is there by half."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.wire.suite import SUITES, Suite
from offline_cache.store import Store

_CHILD = """
import sys
from pathlib import Path
from kiosk.wire.chain import link_by
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile
from offline_cache.store import Store

root, suite = Path(sys.argv[1]), SUITES[int(sys.argv[2])]
store = Store.open(root / "data", KeyFile(root / "keys" / "machine.key"), chain=link_by(suite), ciphers=SUITES)
while True:
    seq = store.head()[0] + 1
    event = store.append(f"A{seq % 5}", "page.captured", "li", {"n": seq}, images=[b"page %d" % seq])
    print(event.seq, event.event_id, flush=True)
"""


def test_no_acknowledged_act_is_lost_when_the_program_is_killed(
    store: Store, open_store: Callable[[], Store], tmp_path: Path, suite: Suite
) -> None:
    store.close()
    acknowledged: dict[int, str] = {}
    chance = random.Random(20140419)
    for _ in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(tmp_path), str(SUITES.index(suite))], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        for _ in range(chance.randint(1, 60)):
            seq, event_id = child.stdout.readline().split()
            acknowledged[int(seq)] = event_id
        child.kill()
        # lines already written when the kill came were acknowledged too; a torn last line was not
        for line in child.stdout.read().splitlines(keepends=True):
            if line.endswith("\n"):
                seq, event_id = line.split()
                acknowledged[int(seq)] = event_id
        child.stdout.close()
        child.wait()

        again = open_store()
        events = again.events_after(0, limit=100_000)
        assert {event.seq: event.event_id for event in events if event.seq in acknowledged} == acknowledged
        assert again.first_broken_link() is None
        assert [event.event_id for event in again.waiting_events(100_000)] == [event.event_id for event in events]
        assert again.waiting_images(100_000) == [suite.digest(b"page %d" % event.seq) for event in events]
        assert all(again.image(suite.digest(b"page %d" % event.seq)) == b"page %d" % event.seq for event in events)
        again.close()
