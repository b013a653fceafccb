"""Values that lie sealed inside the encrypted database, where its pages' own cipher is not the one that was chosen.

What is sealed: records of applications, what the platform said of them, the acts' contents, settings (the desk's key among them) and the
pictures' keys. What is not: the terms by which an application is found, numbers and kinds, times, hashes — the database must search by them.
A sealed value is a BLOB (nonce ‖ sealed), an unsealed one TEXT: a store that changes its cipher is readable at every moment of the change.
"""

from __future__ import annotations

import secrets

from offline_cache.ciphers import PAGES, Ciphers, StoreCipher, named, of_pages
from offline_cache.data_key import StoreKeys
from offline_cache.problems import StoreProblem, Trouble

_NONCE_BYTES = 12


class Values:
    """``place``: table and key of the row, to which a value is bound."""

    def __init__(self, keys: StoreKeys, ciphers: Ciphers) -> None:
        self._keys = keys
        self._ciphers = ciphers

    def use(self, keys: StoreKeys) -> None:
        """From now on by these keys. What was sealed before must be readable by them."""
        self._keys = keys

    @property
    def cipher(self) -> StoreCipher:
        """By which new pictures are encrypted and addressed."""
        return self._keys.cipher

    @property
    def sealing(self) -> bool:
        return bool(self._keys.values)

    def seal(self, plain: str, *place: str) -> str | bytes:
        """What to write into the row: sealed, or as it is where the pages' encryption is enough."""
        return self._sealed(plain.encode("utf-8"), place) if self.sealing else plain

    def open(self, held: str | bytes, *place: str) -> str:
        """Raises StoreProblem CORRUPT for what was altered or belongs to another row."""
        return held if isinstance(held, str) else self._opened(held, place).decode("utf-8")

    def seal_key(self, key: bytes, *place: str) -> bytes:
        return self._sealed(key, place) if self.sealing else key

    def open_key(self, held: bytes, sealed_by: StoreCipher, *place: str) -> bytes:
        """``sealed_by``: the cipher of what the key encrypts. Raises StoreProblem CORRUPT."""
        return held if sealed_by.block == PAGES else self._opened(held, place)

    def by_name(self, name: str) -> StoreCipher:
        """The empty name is that of what was encrypted before a name was noted. Raises StoreProblem NEWER_VERSION."""
        return named(self._ciphers, name) if name else of_pages(self._ciphers)

    def _sealed(self, plain: bytes, place: tuple[str, ...]) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._keys.cipher.seal(self._keys.values, nonce, plain, _bound(place))

    def _opened(self, held: bytes, place: tuple[str, ...]) -> bytes:
        try:
            return self._keys.cipher.open(self._keys.values, held[:_NONCE_BYTES], held[_NONCE_BYTES:], _bound(place))
        except ValueError as error:
            raise StoreProblem(Trouble.CORRUPT, f"a value of {place[0]}") from error


def _bound(place: tuple[str, ...]) -> bytes:
    return "/".join(place).encode("utf-8")
