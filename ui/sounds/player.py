"""Plays a short WAV without ever keeping the window waiting: the system's own player in a process of its own, or nothing.

QtMultimedia is not needed for four beeps and would double what has to be installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "resources" / "sounds"
_LONGEST_S = 3.0  # a player that hangs on a sleeping sound server is ended
_TOGETHER = 2  # more at once is noise

# in the order of preference; each is given the file as its last argument
_PLAYERS: tuple[tuple[str, ...], ...] = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))


def player_command(which: Callable[[str], str | None] = shutil.which) -> tuple[str, ...] | None:
    """The command line of a player of this machine; None where there is none."""
    for name, *options in _PLAYERS:
        path = which(name)
        if path is not None:
            return (path, *options)
    return None


class SoundPlayer:
    """``play(name)`` returns at once. Without a player, or while ``silent``, nothing is heard and nothing is said about it.

    ``command``: the player's command line without the file (tests give their own); default: what this machine has. The player is
    watched by a thread of ours and not by Qt: whatever becomes of it, no window has anything to do with it.
    """

    def __init__(self, *, silent: bool = False, command: Sequence[str] | None = None) -> None:
        self.silent = silent
        self._command = tuple(command) if command is not None else player_command()
        self._turns = threading.BoundedSemaphore(_TOGETHER)
        self._running: set[subprocess.Popen[bytes]] = set()

    @property
    def can_play(self) -> bool:
        return sys.platform == "win32" or bool(self._command)

    def play(self, name: str) -> None:
        """``name`` of resources/sounds, without its ending."""
        path = FOLDER / f"{name}.wav"
        if self.silent or not path.exists():
            return
        if sys.platform == "win32":
            _play_on_windows(path)
        elif self._command and self._turns.acquire(blocking=False):
            threading.Thread(target=self._sound, args=((*self._command, str(path)),), name="sound", daemon=True).start()

    def _sound(self, command: tuple[str, ...]) -> None:
        try:
            nothing = subprocess.DEVNULL
            with subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing) as process:
                self._running.add(process)
                try:
                    process.wait(_LONGEST_S)
                except subprocess.TimeoutExpired:
                    process.kill()
                finally:
                    self._running.discard(process)
        except OSError:  # no such player any more: nothing is heard
            return
        finally:
            self._turns.release()

    def stop(self) -> None:
        """End what still sounds; call before the program ends."""
        for process in list(self._running):
            process.kill()


def _play_on_windows(path: Path) -> None:
    import winsound  # only there

    flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT  # type: ignore[attr-defined]
    try:
        winsound.PlaySound(str(path), flags)  # type: ignore[attr-defined]
    except RuntimeError:  # no sound device
        return
