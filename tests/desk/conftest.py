"""A desk for each test, and the same desk started again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from changed_packs import KEY
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from desk_table import PlayedLine, PlayedReader, Table

from kiosk.desk.desk import Desk
from kiosk.desk.elsewhere import Elsewhere
from kiosk.desk.log import CaseLog
from kiosk.desk.machine import Machine
from kiosk.desk.pack_shelf import PackShelf
from kiosk.desk.papers import PaperDesk
from kiosk.desk.people import DeskPeople
from kiosk.desk.ports import DeskIdentity, SystemClock
from kiosk.desk.rules import PackSource, Rules
from kiosk.paper.printers import PdfPrinter, Printer
from kiosk.paper.signing import Ed25519Signer
from kiosk.policy import builtin_packs
from kiosk.policy.loader import builtin_contents
from kiosk.sync.terms import row_of
from kiosk.wire.chain import link
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeyFile
from offline_cache.store import Store
from practice.world import application_records
from yanhe.adapters import StoredApplications
from yanhe.compose import known_papers


@pytest.fixture
def new_table(tmp_path: Path, qapp: object) -> Iterator[Callable[..., Table]]:
    """Makes the desk over the folder of this test; a second call is the program started again after the first was ended.

    ``packs_of(store)``: the desk's service packs, where a test does not want those of the program; ``people_of(store, log)``: its people,
    where it is not to be one that knows nobody.
    """
    opened: list[tuple[Table, PaperDesk]] = []

    def end() -> None:
        while opened:
            table, paper_desk = opened.pop()
            table.reader.release()
            table.desk.stop()
            paper_desk.stop()
            table.store.close()

    signer = Ed25519Signer(Ed25519PrivateKey.generate())

    def make(
        packs_of: Callable[[Store], PackSource] | None = None,
        people_of: Callable[[Store, CaseLog], DeskPeople] | None = None,
        *,
        printer: Printer | None = None,
        machine: Machine | None = None,
    ) -> Table:
        end()
        store = Store.open(tmp_path / "store", KeyFile(tmp_path / "keys" / "k"), chain=link, ciphers=SUITES)
        if store.desk_id is None:
            store.become_desk("X01-2")
            store.put_applications([row_of(record) for record in application_records()], "1")
        identity = DeskIdentity("X01-2", "2号桌", "X01", "南山区虚构小学", "南山区", "T01", "李老师", practice=True)
        packs = packs_of(store) if packs_of else builtin_packs()
        rules = Rules(packs, papers=known_papers, practice=True)
        line, reader, log = PlayedLine(), PlayedReader(), CaseLog(store)
        people = people_of(store, log) if people_of else None
        paper_desk = PaperDesk(
            identity=identity,
            rules=rules,
            signer=signer,
            printer=printer or PdfPrinter(tmp_path / "papers"),
            sync=line,
            folder=tmp_path / "drawn",
            keyring=lambda: {"X01-2": (signer.verifier(),)},
        )
        desk = Desk(
            identity=identity,
            registry=StoredApplications(store),
            log=log,
            rules=rules,
            reader=reader,
            papers=paper_desk,
            sync=line,
            clock=SystemClock(),
            people=people,
            elsewhere=Elsewhere(store, identity.desk_id, people.name_of if people else str),
            machine=machine,
        )
        table = Table(desk, reader, store, tmp_path / "papers", paper_desk)
        opened.append((table, paper_desk))
        desk.start()
        desk.subscribe(table.seen)
        table.settled()
        return table

    yield make
    end()


@pytest.fixture
def table(new_table: Callable[..., Table]) -> Table:
    return new_table()


@pytest.fixture
def shelf_table(new_table: Callable[..., Table]) -> Callable[[], tuple[Table, PackShelf]]:
    """A desk whose packs lie on a shelf in its own store; called again, the same desk started anew."""

    def make() -> tuple[Table, PackShelf]:
        shelves: list[PackShelf] = []

        def packs(store: Any) -> PackShelf:
            shelves.append(PackShelf(store, builtin_contents(), {KEY.public}))
            return shelves[-1]

        return new_table(packs), shelves[-1]

    return make
