"""The service packs this desk has: those that came with the program and those the centre sent, every version that a case may need.

They lie in the encrypted store beside what they judge. A pack is taken whole or not at all: its signature must be the centre's and its
rules without a mistake; a refused one changes nothing, and why it was refused stays readable.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk.policy import Pack, PackError
from kiosk.policy.loader import FILES, load_contents
from kiosk.policy.mistakes import Mistake
from kiosk.policy.signed import MANIFEST, check_signature
from kiosk.texts import text

SIGNERS_FILE = "pack-signers.json"  # in the home folder: the public keys this desk takes packs from
_INDEX, _REFUSED = "packs.held", "packs.refused"
_PROGRAM, _CENTRE = "program", "centre"


class Settings(Protocol):
    """As much of the store as the shelf needs (offline_cache.store.Store)."""

    def setting(self, key: str) -> str | None: ...
    def put_settings(self, values: Mapping[str, str]) -> None: ...


@dataclass(frozen=True)
class PackNews:
    """What became of a pack that was offered. ``new``: nobody has been told yet."""

    id: str
    version: str
    mistakes: tuple[Mistake, ...] = ()
    new: bool = True

    @property
    def taken(self) -> bool:
        return not self.mistakes


class PackShelf:
    """``program``: the packs that come with the program, as files; ``signers``: public keys of who may issue packs. Usable from any thread."""

    def __init__(self, store: Settings, program: Collection[Mapping[str, bytes]], signers: Collection[str]) -> None:
        self._store = store
        self._signers = frozenset(signers)
        self._lock = threading.Lock()
        self._index: dict[tuple[str, str], str] = {}  # (id, version) → where it came from
        self._packs: dict[tuple[str, str], Pack] = {}
        for pack_id, version, origin in json.loads(store.setting(_INDEX) or "[]"):
            self._index[pack_id, version] = origin
        for contents in program:
            self._keep_program(contents)

    def current(self, pack_id: str) -> Pack | None:
        """The newest version of a service's pack; None when this desk has none."""
        versions = sorted((v for i, v in self._index if i == pack_id), key=in_order)
        return self.version(pack_id, versions[-1]) if versions else None

    def version(self, pack_id: str, version: str) -> Pack | None:
        """One version, None when this desk does not have it. Read from the store when first asked for."""
        key = (pack_id, version)
        with self._lock:
            if key in self._index and key not in self._packs:
                self._packs[key] = load_contents(self._contents(pack_id, version))
            return self._packs.get(key)

    @property
    def held(self) -> tuple[tuple[str, str], ...]:
        """(id, version) of every pack here, oldest versions first."""
        return tuple(sorted(self._index, key=lambda key: (key[0], in_order(key[1]))))

    @property
    def refused(self) -> Mapping[str, str]:
        """The packs that were last offered and could not be taken: "id version" → why, one mistake a line."""
        return json.loads(self._store.setting(_REFUSED) or "{}")

    def receive(self, contents: Mapping[str, bytes]) -> PackNews:
        """Takes a signed pack, or refuses it. When this returns, the store says the same as the answer; doing it again changes nothing."""
        signature = check_signature(contents, self._signers)
        pack_id, version = signature.id or "?", signature.version or "?"
        if not signature.holds:
            return self._refuse(pack_id, version, signature.mistakes)
        try:
            pack = load_contents(contents)
        except PackError as error:
            return self._refuse(pack_id, version, error.mistakes)
        key = (pack.id, pack.version)
        if key != (pack_id, version):
            known = f"{pack.id} {pack.version}"
            return self._refuse(pack_id, version, [_said("other_pack", found=f"{pack_id} {version}", known=known)])
        if self._index.get(key) == _CENTRE:
            if self._contents(*key) == _files(contents):
                return PackNews(*key, new=False)
            return self._refuse(pack_id, version, [_said("version_taken", id=pack_id, version=version)])
        self._store.put_settings(self._settings(pack, contents, _CENTRE))
        with self._lock:
            self._packs[key] = pack
            self._index = {**self._index, key: _CENTRE}
        return PackNews(*key)

    def _keep_program(self, contents: Mapping[str, bytes]) -> None:
        """A copy of each version the program ever brought: a case that was begun under it outlives the program's next update."""
        pack = load_contents(contents)
        key = (pack.id, pack.version)
        if self._index.get(key) == _CENTRE:
            return  # the centre's word counts for more
        if key not in self._index or self._contents(*key) != _files(contents):
            self._store.put_settings(self._settings(pack, contents, _PROGRAM))
        self._index[key] = _PROGRAM
        self._packs[key] = pack

    def _settings(self, pack: Pack, contents: Mapping[str, bytes], origin: str) -> dict[str, str]:
        index = {**self._index, (pack.id, pack.version): origin}
        refused = {name: why for name, why in self.refused.items() if name != f"{pack.id} {pack.version}"}
        return {
            _key(pack.id, pack.version): json.dumps({k: v.decode("utf-8") for k, v in _files(contents).items()}),
            _INDEX: json.dumps([[*key, where] for key, where in index.items()]),
            _REFUSED: json.dumps(refused),
        }

    def _refuse(self, pack_id: str, version: str, mistakes: Collection[Mistake]) -> PackNews:
        why = "\n".join(mistake.say() for mistake in mistakes)
        new = self.refused.get(f"{pack_id} {version}") != why
        if new:
            refused = {**self.refused, f"{pack_id} {version}": why}
            self._store.put_settings({_REFUSED: json.dumps(refused, ensure_ascii=False)})
        return PackNews(pack_id, version, tuple(mistakes), new)

    def _contents(self, pack_id: str, version: str) -> dict[str, bytes]:
        kept = json.loads(self._store.setting(_key(pack_id, version)) or "{}")
        return {name: data.encode("utf-8") for name, data in kept.items()}


def in_order(version: str) -> tuple[tuple[int, str], ...]:
    """Versions as people count them: 2014.2 before 2014.10."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", version))


def _key(pack_id: str, version: str) -> str:
    return f"pack:{pack_id}:{version}"


def _files(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """What rules are made of; notes of the authors are not kept."""
    return {name: data for name, data in contents.items() if name in FILES}


def _said(kind: str, **params: str) -> Mistake:
    return Mistake(MANIFEST, 0, 0, "", text(f"pack.mistake.{kind}", **params))
