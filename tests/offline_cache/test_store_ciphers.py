"""By what a store seals is its choice, written beside the key: what was sealed before stays readable, and is brought over."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kiosk.sync.enrolment import enrolment
from kiosk.wire.chain import link_by
from kiosk.wire.suite import INTERNATIONAL, SHANGMI, SUITES, Suite, with_first
from offline_cache.applications import ApplicationRow
from offline_cache.ciphers import PAGES
from offline_cache.connection import open_encrypted
from offline_cache.data_key import open_data_key
from offline_cache.examine import examine
from offline_cache.keys import KeyFile
from offline_cache.problems import StoreProblem, Trouble
from offline_cache.reseal import reseal
from offline_cache.store import Store

# what a desk wrote that had enrolled with SM2 and SM3 while the store still knew AES alone: two families, six acts with pictures, desk's key
OLD = Path(__file__).parent / "stores" / "first_version.zip"
FAMILY, ADDRESS = "NS2014X01000001", "虚构路18号3栋1502"


def _page(number: int) -> bytes:
    return b"JPEG of a fictitious page %d " % number * 40


@pytest.fixture
def old(tmp_path: Path) -> Path:
    with zipfile.ZipFile(OLD) as held:
        held.extractall(tmp_path / "old")
    return tmp_path / "old"


def _open(old: Path) -> Store:
    return Store.open(old / "data", KeyFile(old / "machine.key"), chain=link_by(SHANGMI), ciphers=SUITES)


def _record(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "key.json").read_text("ascii"))


def _in_the_pages(folder: Path, keys: KeyFile, scratch: Path) -> bytes:
    """Everything the database holds under its pages' encryption, free pages too."""
    db = open_encrypted(folder / "desk.db", open_data_key(folder / "key.json", keys, SUITES, may_create=False).page)
    scratch.unlink(missing_ok=True)
    db.execute(f"ATTACH DATABASE '{scratch}' AS plain KEY ''")
    db.execute("SELECT sqlcipher_export('plain')")
    db.execute("DETACH DATABASE plain")
    db.close()
    return scratch.read_bytes()


def _all_is_there(store: Store) -> None:
    assert store.first_broken_link() is None
    acts = store.events_after(0)
    assert [(act.payload["n"], act.payload["text"]) for act in acts[:6]] == [(n, ADDRESS) for n in range(1, 7)]
    digests = store.waiting_images(100)
    assert sorted(store.image(digest) for digest in digests) == sorted(_page(n) for n in range(1, 7))
    (found,) = store.find_applications("陈试远")
    assert found.record["child"]["address"] == ADDRESS
    assert store.get_application("NS2014X01000002") is not None
    assert store.case_result(FAMILY) == {"standing": {"decision": "RECEIPT"}}
    assert (store.desk_id, store.setting("desk.name"), store.cursor) == ("X01-OLD1", "1号桌", "epoch.2")
    assert (store.setting("desk.key") or "").startswith("sm2:")


def test_a_store_of_the_first_version_opens_with_everything_in_it(old: Path) -> None:
    before = (old / "data" / "key.json").read_bytes()
    with _open(old) as store:
        _all_is_there(store)
        store.append(FAMILY, "visit.ended", "T01", {}, images=[b"another page"])
        assert (store.cipher, reseal(store)) == (INTERNATIONAL.name, 0)
    assert (old / "data" / "key.json").read_bytes() == before, "a choice that nobody made is not written down"


def test_an_enrolled_desks_key_chooses_and_everything_is_brought_over_while_it_stays_readable(
    old: Path, tmp_path: Path
) -> None:
    files = set((old / "data" / "images").rglob("*/*"))
    with _open(old) as store:
        assert enrolment(store) is not None
        assert store.cipher == SHANGMI.name
        _all_is_there(store)
        steps = 0
        while reseal(store, limit=2):
            _all_is_there(store)
            steps += 1
        assert steps > 10
    assert (_record(old / "data")["version"], _record(old / "data")["cipher"]) == (2, SHANGMI.name)
    inside = _in_the_pages(old / "data", KeyFile(old / "machine.key"), tmp_path / "plain.db")
    assert ADDRESS.encode() not in inside and b"sm2:" not in inside
    assert not files & set((old / "data" / "images").rglob("*/*")), "every picture has another file"
    with _open(old) as store:
        _all_is_there(store)
        assert reseal(store) == 0
    assert examine(old / "data", KeyFile(old / "machine.key"), chain=link_by(SHANGMI), ciphers=SUITES).whole


_CHILD = """
import sys
from pathlib import Path
from kiosk.wire.chain import link_by
from kiosk.wire.suite import SHANGMI, SUITES
from offline_cache.keys import KeyFile
from offline_cache.reseal import reseal
from offline_cache.store import Store

old = Path(sys.argv[1])
store = Store.open(old / "data", KeyFile(old / "machine.key"), chain=link_by(SHANGMI), ciphers=SUITES)
store.use_cipher(SHANGMI)
print("open", flush=True)
for _ in sys.stdin:
    reseal(store, limit=3)
"""


def _pictures_left(store: Store) -> int:
    with store.upkeep() as parts:
        return parts.db.execute("SELECT count(*) FROM images WHERE cipher <> ?", [SHANGMI.name]).fetchone()[0]


def test_a_desk_killed_while_it_brings_over_loses_nothing_and_goes_on(old: Path) -> None:
    chance, left = random.Random(6), set[int]()
    for _ in range(8):
        command = [sys.executable, "-c", _CHILD, str(old)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdin is not None and child.stdout is not None
            child.stdout.readline()
            child.stdin.write("a step\n" * 3)
            child.stdin.flush()
            time.sleep(chance.random() / 100)
            child.kill()
        with _open(old) as store:
            _all_is_there(store)
            left.add(_pictures_left(store))
    assert len(left) > 1, "no kill came in the middle"
    with _open(old) as store:
        store.use_cipher(SHANGMI)
        while reseal(store):
            pass
        _all_is_there(store)
        assert _pictures_left(store) == 0
        files = [path for path in (old / "data" / "images").rglob("*/*") if path.is_file()]
        assert len(files) == 7, "no file of a step that was cut off is left"


def test_a_lost_picture_does_not_stop_the_others(old: Path) -> None:
    lost, *others = sorted((old / "data" / "images").rglob("*/*"))
    lost.unlink()
    with _open(old) as store:
        store.use_cipher(SHANGMI)
        while reseal(store):
            pass
        with store.upkeep() as parts:
            by = [cipher for (cipher,) in parts.db.execute("SELECT cipher FROM images ORDER BY cipher")]
    assert by == [""] + [SHANGMI.name] * len(others)


def test_a_new_store_writes_its_choice_beside_the_key(store: Store, suite: Suite, tmp_path: Path) -> None:
    record = _record(tmp_path / "data")
    assert (record["version"], record["cipher"], store.cipher) == (2, suite.name, suite.name)


@pytest.mark.parametrize("opened_with", SUITES, ids=lambda suite: suite.name)
def test_what_a_store_chose_holds_whoever_opens_it(
    store: Store, suite: Suite, opened_with: Suite, tmp_path: Path
) -> None:
    digest = store.put_image(b"page")
    store.put_settings({"some": "thing"})
    store.close()
    keys = KeyFile(tmp_path / "keys" / "machine.key")
    with Store.open(tmp_path / "data", keys, chain=link_by(suite), ciphers=with_first(opened_with)) as again:
        assert (again.cipher, again.image(digest), again.setting("some")) == (suite.name, b"page", "thing")


def test_a_store_that_seals_its_values_never_goes_back(
    store: Store, suite: Suite, open_store: Callable[[], Store]
) -> None:
    store.use_cipher(SHANGMI)
    store.use_cipher(INTERNATIONAL)
    store.close()
    assert open_store().cipher == SHANGMI.name


@pytest.fixture
def filled(store: Store) -> Store:
    record = {"application_no": FAMILY, "address": ADDRESS}
    store.put_changes(
        "1", applications=[ApplicationRow(FAMILY, 1, record, ("陈试远",))], results={FAMILY: {"note": ADDRESS}}
    )
    store.put_settings({"desk.key": "a very private key"})
    for number in range(3):
        store.append(FAMILY, "page.read", "T01", {"n": number, "text": ADDRESS}, images=[_page(number)])
    return store


def test_who_breaks_the_pages_alone_reads_of_a_store_by_sm4_only_what_it_searches_by(
    filled: Store, suite: Suite, tmp_path: Path
) -> None:
    """AES is broken, or its key came out: with SM4 the contents are under keys of their own (docs/decisions/0042)."""
    filled.close()
    inside = _in_the_pages(tmp_path / "data", KeyFile(tmp_path / "keys" / "machine.key"), tmp_path / "plain.db")
    reads = suite.block == PAGES
    assert (ADDRESS.encode() in inside, b"a very private key" in inside) == (reads, reads)
    assert "陈试远".encode() in inside and FAMILY.encode() in inside, "what a family is found by"


def test_a_picture_opens_with_the_pages_key_alone_only_where_the_pages_are_of_its_cipher(
    filled: Store, suite: Suite, tmp_path: Path
) -> None:
    """With SM4 the picture's own key is sealed once more before it goes into its row."""
    (digest, *_) = filled.waiting_images()
    with filled.upkeep() as parts:
        key, name = parts.db.execute("SELECT key, file FROM images WHERE digest = ?", [digest]).fetchone()
    sealed = (tmp_path / "data" / "images" / name[:2] / name).read_bytes()
    tried: list[bytes] = []
    for start in range(len(key) - suite.key_bytes + 1):  # wherever in the row the key might begin
        with suppress(ValueError):
            part = key[start : start + suite.key_bytes]
            tried.append(suite.open(part, sealed[:12], sealed[12:], digest.encode("ascii")))
    assert tried == ([_page(0)] if suite.block == PAGES else [])


def test_acts_that_changed_places_are_noticed(filled: Store) -> None:
    with filled.upkeep() as parts:
        parts.db.execute(
            "UPDATE events SET payload = (SELECT payload FROM events e WHERE e.seq = 4 - events.seq) WHERE seq IN (1, 3)"
        )
    assert filled.first_broken_link() == 1


def test_pictures_that_changed_keys_are_noticed(filled: Store) -> None:
    digests = filled.waiting_images()
    with filled.upkeep() as parts:
        parts.db.execute("UPDATE images SET key = (SELECT max(key) FROM images)")
    with pytest.raises(StoreProblem) as problem:
        [filled.image(digest) for digest in digests]
    assert problem.value.code is Trouble.CORRUPT


@pytest.mark.parametrize("suite", [SHANGMI], indirect=True, ids=["sm"])
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE settings SET value = (SELECT value FROM settings WHERE key = 'desk.id') WHERE key = 'desk.key'",
        "UPDATE applications SET record = (SELECT body FROM case_results)",
    ],
)
def test_a_sealed_value_put_into_another_row_is_noticed(filled: Store, sql: str) -> None:
    """By somebody who has the pages' key but not the values'."""
    with filled.upkeep() as parts:
        parts.db.execute(sql)
    with pytest.raises(StoreProblem) as problem:
        (filled.setting("desk.key"), filled.get_application(FAMILY))
    assert problem.value.code is Trouble.CORRUPT


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({"version": 3}, Trouble.NEWER_VERSION),
        ({"cipher": "something-later"}, Trouble.NEWER_VERSION),
        ({"salt": "00" * 16}, Trouble.WRONG_KEY),
        ({"nonce": ""}, Trouble.WRONG_KEY),
        ({"wrapped": "00"}, Trouble.WRONG_KEY),
        ({"wrapped": None}, Trouble.CORRUPT),
        ({"salt": "no hex"}, Trouble.CORRUPT),
        ({"source": "os_key_store"}, Trouble.KEY_MISSING),
    ],
)
def test_a_key_record_that_was_altered_opens_nothing(
    store: Store, open_store: Callable[[], Store], changed: dict[str, Any], trouble: Trouble, tmp_path: Path
) -> None:
    store.close()
    path = tmp_path / "data" / "key.json"
    path.write_text(json.dumps({**_record(tmp_path / "data"), **changed}), "ascii")
    with pytest.raises(StoreProblem) as problem:
        open_store()
    assert problem.value.code is trouble


def test_a_key_record_cannot_be_turned_to_the_other_suite(
    store: Store, suite: Suite, open_store: Callable[[], Store], tmp_path: Path
) -> None:
    store.close()
    other = next(one for one in SUITES if one is not suite)
    path = tmp_path / "data" / "key.json"
    path.write_text(json.dumps({**_record(tmp_path / "data"), "cipher": other.name}), "ascii")
    with pytest.raises(StoreProblem) as problem:
        open_store()
    assert problem.value.code is Trouble.WRONG_KEY
