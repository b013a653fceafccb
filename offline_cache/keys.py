"""Where the machine's secret lives: the operating system's key store, or — where a machine has none — a file of its own.

The secret never encrypts data itself; it wraps the random data key (offline_cache.data_key). The fall-back file keeps a copied
*data folder* unreadable, but not a copied *machine*: whoever has both has the data. ``KeySource.strong`` says which it is, so that
the self-test can warn (docs/platform.md, "The desk's keys").
"""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path
from typing import Protocol

from offline_cache.problems import StoreProblem, Trouble

SECRET_BYTES = 32
_SERVICE, _ACCOUNT = "yanhe", "machine-secret"


class KeySource(Protocol):
    """The machine's secret of 32 bytes."""

    @property
    def name(self) -> str:
        """Recorded beside the data, so that the same source is asked next time."""
        ...

    @property
    def strong(self) -> bool:
        """True when the operating system guards the secret, false for the file."""
        ...

    def load(self) -> bytes | None:
        """The secret, None when there is none yet."""
        ...

    def create(self) -> bytes:
        """Makes and keeps a new secret; never called when ``load`` found one."""
        ...

    def forget(self) -> None:
        """Gives the secret up for good, and with it whatever it unwraps. Nothing happens when there is none."""
        ...


class KeyFile:
    """A file readable by its owner alone. It must not lie in the data folder: a copy of the folder would carry its key."""

    name = "file"
    strong = False

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> bytes | None:
        try:
            return base64.b64decode(self._path.read_bytes())
        except FileNotFoundError:
            return None

    def create(self) -> bytes:
        secret = secrets.token_bytes(SECRET_BYTES)
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(base64.b64encode(secret))
            out.flush()
            os.fsync(out.fileno())
        return secret

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)


class OsKeyStore:
    """SecretService, Windows Credential Manager or macOS Keychain, whichever ``keyring`` finds."""

    name = "os_key_store"
    strong = True

    def load(self) -> bytes | None:
        """Raises StoreProblem KEY_MISSING when the key store is locked or does not answer."""
        import keyring  # here, because looking for backends costs start-up time where the file is used
        from keyring.errors import KeyringError

        try:
            held = keyring.get_password(_SERVICE, _ACCOUNT)
        except KeyringError as error:
            raise StoreProblem(Trouble.KEY_MISSING, f"key store: {type(error).__name__}") from error
        return base64.b64decode(held) if held else None

    def create(self) -> bytes:
        """Raises StoreProblem KEY_MISSING when the key store would not take it."""
        import keyring
        from keyring.errors import KeyringError

        secret = secrets.token_bytes(SECRET_BYTES)
        try:
            keyring.set_password(_SERVICE, _ACCOUNT, base64.b64encode(secret).decode("ascii"))
        except KeyringError as error:
            raise StoreProblem(Trouble.KEY_MISSING, f"key store: {type(error).__name__}") from error
        return secret

    def forget(self) -> None:
        """Raises StoreProblem KEY_MISSING when the key store is locked or does not answer."""
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            keyring.delete_password(_SERVICE, _ACCOUNT)
        except PasswordDeleteError:  # there is none
            pass
        except KeyringError as error:
            raise StoreProblem(Trouble.KEY_MISSING, f"key store: {type(error).__name__}") from error


def os_key_store_works() -> bool:
    """Whether ``keyring`` has a real backend here (its null and fail backends have priority 0 or less, plain-text ones below 1)."""
    import keyring

    try:
        return keyring.get_keyring().priority >= 1
    except RuntimeError:
        return False


def machine_keys(key_file: Path) -> KeySource:
    """The operating system's key store where there is one, else ``key_file``. A machine that began with the file stays with it."""
    if not key_file.exists() and os_key_store_works():
        return OsKeyStore()
    return KeyFile(key_file)
