"""The line to a receipt printer: a network connection or a device file, neither of which may ever hold up the caller for long."""

from __future__ import annotations

import os
import select
import socket
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from escpos.printer import Network

from kiosk.paper.printers import ESCPOS

_PORT = 9100
_CONNECT_S = 3.0


class ChannelError(OSError):
    """There is no line, or no more."""


class Channel(Protocol):
    def send(self, data: bytes, wait_s: float) -> int:
        """How many bytes the printer took, 0 when it took none for ``wait_s`` seconds. Raises ChannelError."""
        ...

    def receive(self, wait_s: float) -> bytes:
        """What has come, b"" when nothing did for ``wait_s`` seconds. Raises ChannelError."""
        ...

    def close(self) -> None: ...


def open_channel(uri: str) -> Channel:
    """``escpos://192.168.1.50`` (port 9100 unless named) or ``escpos:/dev/usb/lp0``. Raises ChannelError, also for other addresses."""
    parts = urlsplit(uri)
    if parts.scheme != ESCPOS:
        raise ChannelError("not the address of a receipt printer")
    if not parts.netloc:
        return DeviceChannel(Path(parts.path))
    try:
        return NetworkChannel(parts.hostname or "", parts.port or _PORT)
    except ValueError as error:  # a port that is no number
        raise ChannelError("not the address of a receipt printer") from error


class _Network(Network):
    def open(self, raise_not_found: bool = True) -> None:
        """As the library's, but knows IPv6, and leaves no socket behind when nobody answers."""
        self.device = socket.create_connection((self.host, self.port), self.timeout)


class NetworkChannel:
    def __init__(self, host: str, port: int) -> None:
        self._printer = _Network(host, port, timeout=_CONNECT_S)
        try:
            self._printer.open()
        except OSError as error:
            raise ChannelError("no connection") from error
        device = self._printer.device
        assert isinstance(device, socket.socket)
        device.setblocking(False)
        self._socket = device

    def send(self, data: bytes, wait_s: float) -> int:
        try:
            if not select.select([], [self._socket], [], wait_s)[1]:
                return 0
            return self._socket.send(data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise ChannelError("the connection broke") from error

    def receive(self, wait_s: float) -> bytes:
        try:
            if not select.select([self._socket], [], [], wait_s)[0]:
                return b""
            data = self._socket.recv(256)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise ChannelError("the connection broke") from error
        if not data:
            raise ChannelError("the printer hung up")
        return data

    def close(self) -> None:
        self._printer.close()


class DeviceChannel:
    """A printer on a USB or parallel port. python-escpos opens such a file for writing only, and then nobody can ask for paper."""

    def __init__(self, path: Path) -> None:
        flags = os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        try:
            self._file = os.open(path, flags)
        except OSError as error:
            raise ChannelError("no such device, or not for this account") from error

    def send(self, data: bytes, wait_s: float) -> int:
        try:
            if not select.select([], [self._file], [], wait_s)[1]:
                return 0
            return os.write(self._file, data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise ChannelError("the device is gone") from error

    def receive(self, wait_s: float) -> bytes:
        try:
            if not select.select([self._file], [], [], wait_s)[0]:
                return b""
            return os.read(self._file, 256)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise ChannelError("the device is gone") from error

    def close(self) -> None:
        os.close(self._file)
