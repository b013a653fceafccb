"""Fonts for printed-looking specimens: found by file name in the system's font folders, with a fallback for rare characters."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

# File names in order of preference, with the face's index inside a collection (2 is the Simplified Chinese face of Noto CJK).
_FACES: dict[str, tuple[tuple[str, int], ...]] = {
    "sans": (("NotoSansCJK-Regular.ttc", 2), ("msyh.ttc", 0)),
    "sans-bold": (("NotoSansCJK-Bold.ttc", 2), ("msyhbd.ttc", 0)),
    "mono": (("NotoSansCJK-Regular.ttc", 7), ("simhei.ttf", 0)),
    "mono-bold": (("NotoSansCJK-Bold.ttc", 7), ("simhei.ttf", 0)),
    "serif": (("NotoSerifCJK-Regular.ttc", 2), ("simsun.ttc", 0)),
    "serif-bold": (("NotoSerifCJK-Bold.ttc", 2), ("simsun.ttc", 0)),
}
_FALLBACKS: tuple[tuple[str, int], ...] = (
    ("HanaMinA.ttf", 0),
    ("HanaMinB.ttf", 0),
    ("BabelStoneHan.ttf", 0),
    ("simsunb.ttf", 0),
)
_NOT_A_CHARACTER = "\U0010ffff"  # every font draws its "no glyph" shape for it


class FontMissingError(Exception):
    """No usable Chinese font on this machine; the message names what to install."""


def _folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",)
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts")


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in _folders():
        for root, _, names in os.walk(folder):
            for name in names:
                found.setdefault(name.lower(), Path(root) / name)
    return found


def _locate(candidates: tuple[tuple[str, int], ...]) -> tuple[Path, int] | None:
    for name, index in candidates:
        path = _files().get(name.lower())
        if path is not None:
            return path, index
    return None


@lru_cache(maxsize=512)
def _load(path: Path, index: int, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), pixels, index=index, layout_engine=ImageFont.Layout.BASIC)


def font(face: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The face ``sans``, ``serif`` or ``mono``, each also ``-bold``, at an em size in pixels. Raises FontMissingError."""
    located = _locate(_FACES[face])
    if located is None:
        raise FontMissingError("no Chinese font found: install Noto CJK (Debian: fonts-noto-cjk)")
    return _load(*located, pixels)


@lru_cache(maxsize=8192)
def font_for(face: str, pixels: int, character: str) -> ImageFont.FreeTypeFont:
    """The first font that has a glyph for ``character``: the face itself, then the fonts of rare characters, else the face again."""
    wanted = font(face, pixels)
    if _has_glyph(face, character):
        return wanted
    for fallback in _FALLBACKS:
        located = _locate((fallback,))
        if located is not None and _draws(_load(*located, 32), character):
            return _load(*located, pixels)
    return wanted


@lru_cache(maxsize=8192)
def _has_glyph(face: str, character: str) -> bool:
    return _draws(font(face, 32), character)


def _draws(face: ImageFont.FreeTypeFont, character: str) -> bool:
    if character.isspace():
        return True
    drawn, nothing = _picture(face, character), _picture(face, _NOT_A_CHARACTER)
    return drawn != nothing


def _picture(face: ImageFont.FreeTypeFont, character: str) -> bytes:
    tile = Image.new("L", (64, 64))
    ImageDraw.Draw(tile).text((8, 48), character, font=face, fill=255, anchor="ls")
    return tile.tobytes()


def printable(text: str) -> bool:
    """Whether some font of this machine has a glyph for every character of ``text``."""
    fallbacks = [located for f in _FALLBACKS if (located := _locate((f,))) is not None]
    return all(
        _has_glyph("sans", c) or any(_draws(_load(path, index, 32), c) for path, index in fallbacks) for c in set(text)
    )
