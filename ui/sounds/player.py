"""Plays a short WAV without ever keeping the window waiting: the system's own player in a process of its own, or nothing.

QtMultimedia is not needed for four beeps and would double what has to be installed.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer

FOLDER = Path(__file__).parents[2] / "resources" / "sounds"
_LONGEST_MS = 3000  # a player that hangs on a sleeping sound server is ended
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


class SoundPlayer(QObject):
    """``play(name)`` returns at once. Without a player, or while ``silent``, nothing is heard and nothing is said about it.

    ``command``: the player's command line without the file (tests give their own); default: what this machine has.
    """

    def __init__(
        self, parent: QObject | None = None, *, silent: bool = False, command: Sequence[str] | None = None
    ) -> None:
        super().__init__(parent)
        self.silent = silent
        self._command = tuple(command) if command is not None else player_command()
        self._running: list[QProcess] = []

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
        elif self._command and len(self._running) < _TOGETHER:
            self._start(self._command, path)

    def _start(self, command: tuple[str, ...], path: Path) -> None:
        process = QProcess(self)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(lambda *_: self._ended(process))
        process.errorOccurred.connect(lambda *_: self._ended(process))
        self._running.append(process)
        limit = QTimer(process)
        limit.setSingleShot(True)
        limit.timeout.connect(process.kill)
        limit.start(_LONGEST_MS)
        process.start(command[0], [*command[1:], str(path)])

    def _ended(self, process: QProcess) -> None:
        if process in self._running:
            self._running.remove(process)
            process.deleteLater()

    def stop(self) -> None:
        """End what still sounds; call before the program ends."""
        for process in list(self._running):
            process.kill()
            process.waitForFinished(200)


def _play_on_windows(path: Path) -> None:
    import winsound  # only there

    flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT  # type: ignore[attr-defined]
    try:
        winsound.PlaySound(str(path), flags)  # type: ignore[attr-defined]
    except RuntimeError:  # no sound device
        return
