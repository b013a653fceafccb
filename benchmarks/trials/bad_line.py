"""A line between desk and platform that behaves badly: a TCP proxy that delays, slows, cuts, resets, truncates, swallows and falls silent, and a
platform in front of the real one that answers 429 and 500 when it likes.

The proxy runs on a thread of its own with its own event loop. It knows nothing of HTTP but where a request begins (for the refusals): what
passes is forwarded byte by byte.
"""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import threading
from collections import Counter
from dataclasses import dataclass
from types import TracebackType

_BLOCK = 16 * 1024
_FOR_EVER_S = 1e6
_REFUSALS = {
    429: b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    500: b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 5\r\nConnection: close\r\n\r\nsorry",
}


@dataclass(frozen=True)
class Weather:
    """How bad the line is. Chances are per connection; a connection that is spared lives until one side closes it."""

    latency_s: float = 0.0  # each way
    bytes_per_s: float = 0.0  # 0: as fast as it goes
    cut_after: int = 0  # bytes of a connection's upload, then both sides are closed; 0: never
    reset: float = 0.0  # RST after a random part of the upload
    truncate: float = 0.0  # the platform's answer ends in the middle, properly closed
    swallow: float = 0.0  # accepts, forwards nothing, answers nothing
    swallow_s: float = 0.3  # for so long, then closes
    silent_after: int = 0  # bytes of a connection's upload, then it stays open and nothing passes any more; 0: never
    refuse: float = 0.0  # 429 or 500 by a proxy in between, unsigned

    @classmethod
    def calm(cls) -> Weather:
        return cls()


class BadLine:
    """``with BadLine(port_of_the_platform, weather, seed) as line: … line.url …``; ``line.weather`` may be changed at any time."""

    def __init__(self, port: int, weather: Weather, seed: int = 1) -> None:
        self._to = port
        self.weather = weather
        self._chance = random.Random(seed)
        self.happened: Counter[str] = Counter()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="bad line")
        self._up = threading.Event()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> BadLine:
        self._thread.start()
        self._up.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self.port))
        self.port = server.sockets[0].getsockname()[1]
        self._up.set()
        self._loop.run_forever()
        server.close()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        weather, dice = self.weather, self._chance.random()
        self.happened["connections"] += 1
        try:
            if dice < weather.refuse:
                await self._refuse(reader, writer)
            elif dice < weather.refuse + weather.swallow:
                self.happened["swallowed"] += 1
                await asyncio.sleep(weather.swallow_s)
            else:
                await self._forward(reader, writer, weather, dice - weather.refuse - weather.swallow)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # one side is gone, or the trial is over
        finally:
            writer.close()

    async def _refuse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Reads one request to its end and answers in place of the platform."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        await reader.readexactly(length)
        status = self._chance.choice(list(_REFUSALS))
        self.happened[f"answered {status}"] += 1
        writer.write(_REFUSALS[status])
        await writer.drain()

    async def _forward(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, weather: Weather, dice: float
    ) -> None:
        onward, back_writer = await asyncio.open_connection("127.0.0.1", self._to)
        cut_up = weather.cut_after
        cut_down = 0
        if dice < weather.reset:
            cut_up = self._chance.randint(1, 60_000)
            self.happened["reset"] += 1
        elif dice < weather.reset + weather.truncate:
            cut_down = self._chance.randint(1, 600)
            self.happened["truncated"] += 1
        up = asyncio.ensure_future(self._pipe(reader, back_writer, weather, cut_up, weather.silent_after))
        down = asyncio.ensure_future(self._pipe(onward, writer, weather, cut_down))
        try:
            await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
            if up.done() and not up.cancelled() and up.exception() is None and up.result():
                self.happened["cut in the upload"] += 1
                if dice < weather.reset:
                    _reset_at_close(writer)
        finally:
            for task in (up, down):
                task.cancel()
            await asyncio.gather(up, down, return_exceptions=True)
            back_writer.close()

    async def _pipe(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        weather: Weather,
        cut_after: int,
        silent_after: int = 0,
    ) -> bool:
        """Carries bytes until the source ends (False) or ``cut_after`` of them have passed (True); after ``silent_after`` none any more."""
        passed = 0
        while block := await source.read(_BLOCK):
            if weather.latency_s:
                await asyncio.sleep(weather.latency_s)
            if weather.bytes_per_s:
                await asyncio.sleep(len(block) / weather.bytes_per_s)
            if silent_after and passed + len(block) >= silent_after:
                self.happened["fell silent"] += 1
                await asyncio.sleep(_FOR_EVER_S)
            if cut_after and passed + len(block) >= cut_after:
                sink.write(block[: cut_after - passed])
                await sink.drain()
                return True
            passed += len(block)
            sink.write(block)
            await sink.drain()
        return False


def _reset_at_close(writer: asyncio.StreamWriter) -> None:
    """The connection ends with RST instead of FIN, as when a firewall forgets it."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
