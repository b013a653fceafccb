"""A PostgreSQL of one's own: a cluster in a folder, on a free port of this machine, ended with the tests. Nothing of the machine's is touched."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
from pathlib import Path

_USER = "postgres"  # who may run it where we are root: the server refuses to


class PostgresqlCluster:
    """Started by the constructor. Raises FileNotFoundError where PostgreSQL is not installed."""

    def __init__(self, folder: Path) -> None:
        self._programs = _programs()
        self._data = folder / "data"
        self._as_user = {"user": _USER} if os.geteuid() == 0 else {}
        folder.mkdir(parents=True, exist_ok=True)
        if self._as_user:
            shutil.chown(folder, _USER)
            for parent in folder.parents:  # a temporary folder is its owner's alone; let the server pass through
                with contextlib.suppress(PermissionError):
                    parent.chmod(parent.stat().st_mode | 0o011)
        self._port = _free_port()
        self._run("initdb", "-A", "trust", "-U", _USER, "-E", "UTF8", "--no-locale", "-N", "-D", str(self._data))
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        self._run("pg_ctl", "-D", str(self._data), "-o", options, "-l", str(folder / "log"), "-w", "start")

    def new_database(self, name: str) -> str:
        """Its URL, as YANHE_CENTRAL_DATABASE takes it."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self._port), "-U", _USER, name)
        return f"postgresql+psycopg://{_USER}@127.0.0.1:{self._port}/{name}"

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / program, *arguments],
            cwd="/",
            env={**os.environ, "LC_ALL": "C"},
            stdout=subprocess.DEVNULL,  # the server inherits it: a pipe would never end
            stderr=subprocess.DEVNULL,
            check=False,
            **self._as_user,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: exit status {done.returncode}")


def _programs() -> Path:
    """Debian keeps them apart by version and out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if found:
        return found[-1]
    anywhere = shutil.which("initdb")
    if anywhere is None:
        raise FileNotFoundError("PostgreSQL is not installed (postgresql)")
    return Path(anywhere).resolve().parent


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
