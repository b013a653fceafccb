"""Pictures as nobody should send them: files of every kind with something wrong, and arrays that are no frames."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from scanner.types import Image

Bytes = Callable[[bytes, random.Random], bytes]
EXTENSIONS = (".jpg", ".png", ".webp", ".bmp", ".tif", ".gif", ".txt", "")


def seeds(pictures: list[Image]) -> list[bytes]:
    """Sound files of ``pictures`` (BGR) in every format and colour mode that somebody may have, and some that are sound but odd."""
    files: list[bytes] = []
    for number, picture in enumerate(pictures):
        rgb = Pillow.fromarray(np.ascontiguousarray(picture[..., ::-1]))
        for format_, mode in (
            ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"),
            ("PNG", "I;16"), ("WEBP", "RGB"), ("WEBP", "RGBA"), ("BMP", "RGB"), ("TIFF", "RGB"), ("TIFF", "CMYK"),
            ("TIFF", "I;16"), ("GIF", "P"),
        ):  # fmt: skip
            files.append(_saved(_in_mode(rgb, mode), format_))
        others = [rgb.rotate(90 * k) for k in (1, 2)]
        for format_ in ("GIF", "WEBP", "PNG", "TIFF"):
            files.append(_saved(rgb, format_, save_all=True, append_images=others))
        if number == 0:
            files += [
                _saved(rgb.resize(size), format_)
                for size in ((1, 900), (900, 1), (3, 2))
                for format_ in ("PNG", "JPEG")
            ]
    return files


def _in_mode(rgb: Pillow.Image, mode: str) -> Pillow.Image:
    if mode == "I;16":
        return Pillow.fromarray(np.asarray(rgb.convert("L"), np.uint16) << 8)
    return rgb.convert(mode)


def _saved(image: Pillow.Image, format_: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format_, **how)
    return out.getvalue()


def _truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _flipped_in(first: int) -> Bytes:
    def flip(data: bytes, chance: random.Random) -> bytes:
        changed = bytearray(data)
        for _ in range(chance.randint(1, 12)):
            changed[chance.randrange(min(first, len(changed)))] ^= 1 << chance.randrange(8)
        return bytes(changed)

    return flip


def _huge(data: bytes, chance: random.Random) -> bytes:
    """A small file that claims to be a very large picture."""
    wide, high = (chance.choice((0, 1, 16_000, 32_767, 65_500)) for _ in range(2))
    changed = bytearray(data)
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        import zlib

        struct.pack_into(">II", changed, 16, wide * chance.choice((1, 30_000)), high)
        struct.pack_into(">I", changed, 29, zlib.crc32(bytes(changed[12:29])))
    elif data[:2] == b"\xff\xd8":
        for marker in (b"\xff\xc0", b"\xff\xc2"):
            at = data.find(marker)
            if at > 0:
                struct.pack_into(">HH", changed, at + 5, high, wide)
    elif data[:2] == b"BM":
        struct.pack_into("<ii", changed, 18, wide, chance.choice((1, -1)) * high)
    elif data[:3] == b"GIF":
        struct.pack_into("<HH", changed, 6, wide, high)
    else:
        return _flipped_in(40)(data, chance)
    return bytes(changed)


def _garbled(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.randint(1, 200)) + data[at + chance.randint(0, 200) :]


def _noise(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.choice((0, 2, 12))] + chance.randbytes(chance.randint(0, 3000))


_MUTATIONS: tuple[Bytes, ...] = (
    lambda data, _: data, _truncated, _flipped_in(64), _flipped_in(1 << 30), _huge, _garbled, _noise, lambda data, _: data + data,
)  # fmt: skip


def files(sound: list[bytes], chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """(extension, contents) without end."""
    while True:
        yield chance.choice(EXTENSIONS), chance.choice(_MUTATIONS)(chance.choice(sound), chance)


def arrays(chance: random.Random) -> Iterator[NDArray[np.generic]]:
    """Arrays without end that a broken driver may hand over as frames: odd shapes, other types, noise, one colour."""
    random_ = np.random.default_rng(chance.randrange(1 << 30))
    shapes = ((720, 1280, 3), (480, 640, 3), (0, 0, 3), (1, 900, 3), (900, 1, 3), (64, 64, 3), (65, 4000, 3), (4000, 65, 3), (37, 53, 3),
              (480, 640), (480, 640, 1), (480, 640, 2), (480, 640, 4), (480, 640, 3, 1), (720,), (7, 7, 7))  # fmt: skip
    types = (
        np.uint8,
        np.uint8,
        np.uint8,
        np.uint16,
        np.int16,
        np.int32,
        np.float32,
        np.float64,
        np.bool_,
        np.complex64,
    )
    while True:
        shape, kind = chance.choice(shapes), chance.choice(types)
        filled = chance.choice(("noise", "one", "stripes", "view"))
        values = random_.integers(0, 256, shape) if filled != "one" else np.full(shape, chance.randrange(256))
        if filled == "stripes" and values.ndim > 1:
            values[:: chance.randint(1, 9)] = 0
        array = (values / 255 if np.issubdtype(kind, np.floating) else values).astype(kind)
        yield array[::-1, ::-1] if filled == "view" and array.ndim > 1 else array
