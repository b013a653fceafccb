"""By what the store encrypts what it encrypts itself: pictures, the data key, and values inside the database where its pages do not do.

The ciphers come from outside (``kiosk.wire.suite.SUITES`` are such), several at once: a store says in its key record by which it seals, and what
was sealed by another before stays readable. The pages of the database are SQLCipher's own affair, and those are AES
(docs/decisions/0042-sm4-inside-aes-pages.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from offline_cache.problems import StoreProblem, Trouble

PAGES = "aes-256"  # the block cipher of the database's pages


class StoreCipher(Protocol):
    @property
    def name(self) -> str:
        """Recorded beside what it sealed. Never changes its meaning."""
        ...

    @property
    def block(self) -> str:
        """The block cipher it seals by, like ``PAGES``."""
        ...

    @property
    def key_bytes(self) -> int: ...
    def digest(self, data: bytes) -> str:
        """32 bytes in lower-case hex."""
        ...

    def derive(self, secret: bytes, salt: bytes, info: bytes) -> bytes:
        """A key for ``seal``."""
        ...

    def seal(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes: ...
    def open(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        """Raises ValueError for what was altered or sealed under another key."""
        ...


Ciphers: TypeAlias = Sequence[StoreCipher]
"""All that may be needed to read; the first is that of a new store."""


def named(ciphers: Ciphers, name: str) -> StoreCipher:
    """Raises StoreProblem NEWER_VERSION for a name nobody here knows."""
    for cipher in ciphers:
        if cipher.name == name:
            return cipher
    raise StoreProblem(Trouble.NEWER_VERSION, f"sealed by: {name[:60]}")


def of_pages(ciphers: Ciphers) -> StoreCipher:
    """The one of the same block cipher as the pages: by it everything was sealed before a store recorded its choice."""
    return next(cipher for cipher in ciphers if cipher.block == PAGES)
