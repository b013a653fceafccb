"""The encrypted store: finding one of 50 000 applications, and writing an act so that a power cut cannot take it back."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.sync.terms import row_of
from kiosk.wire.chain import link_by
from kiosk.wire.models import ApplicationRecord
from kiosk.wire.suite import SUITES, Suite, with_first
from offline_cache.keys import KeyFile
from offline_cache.store import Store
from practice.world import application_records

APPLICATIONS, LOOKUPS, ACTS = 50_000, 300, 300
SEED = 7
_SYLLABLES = "陈林黄张李王吴刘蔡杨许郑谢郭洪曾邱廖赖徐试样例拟虚构远山禾嘉沐舒菊童"


def run() -> str:
    return "\n\n".join(_by(suite) for suite in SUITES)


def _by(suite: Suite) -> str:
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        keys = KeyFile(base / "keys" / "k")
        store = Store.open(base / "store", keys, chain=link_by(suite), ciphers=with_first(suite))
        store.become_desk("X01-1")
        template = application_records()[0]
        records = [_record(template, number, chance) for number in range(APPLICATIONS)]
        began = time.perf_counter()
        for start in range(0, APPLICATIONS, 500):
            store.put_applications([row_of(record) for record in records[start : start + 500]], str(start))
        filled_s = time.perf_counter() - began
        rows = [
            _row(
                f"find by {name}", LOOKUPS, lambda pick=pick: store.find_applications(pick(chance.choice(records)), 20)
            )
            for name, pick in _QUERIES.items()
        ]
        rows.append(
            _row("append one act, durable", ACTS, lambda: store.append("c", "visit.suspended", "T01", {"note": ""}))
        )
        page = chance.randbytes(300_000)
        rows.append(
            _row(
                "append one act with a 300 kB page",
                50,
                lambda: store.append("c", "page.read", "T01", {}, images=[page[1:] + chance.randbytes(1)]),
            )
        )
        rows.append(_row("read every act", 20, lambda: store.events_after(0, 10_000)))
        size = sum(p.stat().st_size for p in (base / "store").rglob("desk.db*")) / 1e6
        store.close()
    head = "| what | times | median ms | p95 ms | longest ms |\n|---|---|---|---|---|"
    return (
        f"By `{suite.name}`: {APPLICATIONS} fictitious applications put in {filled_s:.0f} s; database {size:.0f} MB.\n\n{head}\n"
        + "\n".join(rows)
    )


_QUERIES: dict[str, Callable[[ApplicationRecord], str]] = {
    "application number": lambda r: r.application_no,
    "child's name": lambda r: r.data["child"]["name"],
    "part of an ID number": lambda r: r.data["child"]["id_no"][8:16],
}


def _record(template: ApplicationRecord, number: int, chance: random.Random) -> ApplicationRecord:
    name = "".join(chance.choice(_SYLLABLES) for _ in range(3))
    child = {**template.data["child"], "name": name, "id_no": f"440000{chance.randrange(10**11):011d}X"}
    application_no = f"NS2014X01{number:06d}"
    data = {**template.data, "application_no": application_no, "child": child}
    return template.model_copy(update={"application_no": application_no, "data": data})


def _row(what: str, times: int, act: Callable[[], object]) -> str:
    took: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return f"| {what} | {times} | {took[times // 2]:.2f} | {took[int(times * 0.95)]:.2f} | {took[-1]:.2f} |"
