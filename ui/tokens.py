"""One visual language as data: colours with their meaning, type sizes, distances. No Qt here, so that tests can compute with it.

Colours are ``#rrggbb``. A *pair* is a text colour and the ground it is written on; ``PAIRS`` lists all pairs the windows use and a
test holds each at WCAG 2.2's 4.5 : 1 in every colour set.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """A complete colour set. ``x`` is written on ``x_ground``; everything muted or plain on ``ground`` and ``surface``."""

    name: str
    ground: str  # behind everything
    surface: str  # panels, rows
    sunken: str  # key caps, column heads, places where something will appear
    line: str  # separators, decorative
    edge: str  # borders of controls: at least 3 : 1 against surface
    text: str
    muted: str
    primary: str
    on_primary: str
    focus: str
    selected: str  # ground of the row that has the attention
    ok: str
    ok_ground: str
    ask: str
    ask_ground: str
    bad: str
    bad_ground: str
    info: str
    info_ground: str
    off: str
    off_ground: str
    bar: str  # the header
    on_bar: str
    practice: str
    on_practice: str
    picture: str  # around the camera picture
    on_picture: str
    outline_seen: str = "#ffffff"  # on the camera picture itself, whatever it shows: drawn over a dark rim
    outline_held: str = "#ffd257"
    outline_taken: str = "#46e08a"
    differs: str = "#ffd98a"  # ground of characters that differ between two values


LIGHT = Colours(
    name="light",
    ground="#eef1f5",
    surface="#ffffff",
    sunken="#e4e9ef",
    line="#d3dae3",
    edge="#7c8896",
    text="#16202c",
    muted="#495666",
    primary="#0a56a3",
    on_primary="#ffffff",
    focus="#0a56a3",
    selected="#fff6df",
    ok="#17663a",
    ok_ground="#e1f2e7",
    ask="#854600",
    ask_ground="#ffedca",
    bad="#ae1f19",
    bad_ground="#fce5e3",
    info="#0a56a3",
    info_ground="#e2edf8",
    off="#525e6b",
    off_ground="#e8ecf1",
    bar="#17324d",
    on_bar="#ffffff",
    practice="#5d2489",
    on_practice="#ffffff",
    picture="#10161d",
    on_picture="#ffffff",
)

DARK = Colours(
    name="dark",
    ground="#12171e",
    surface="#1c232c",
    sunken="#2a333e",
    line="#36414e",
    edge="#8a97a6",
    text="#edf1f5",
    muted="#b3becb",
    primary="#8cc2ff",
    on_primary="#06203c",
    focus="#8cc2ff",
    selected="#3a3116",
    ok="#7edba2",
    ok_ground="#153424",
    ask="#ffc86b",
    ask_ground="#40300f",
    bad="#ff9f97",
    bad_ground="#46201d",
    info="#8cc2ff",
    info_ground="#17304a",
    off="#b3becb",
    off_ground="#2a333e",
    bar="#0b0f14",
    on_bar="#edf1f5",
    practice="#d5aef7",
    on_practice="#2a0b45",
    picture="#000000",
    on_picture="#ffffff",
    differs="#6b4a00",
)

HIGH_CONTRAST = Colours(
    name="high_contrast",
    ground="#ffffff",
    surface="#ffffff",
    sunken="#ffffff",
    line="#000000",
    edge="#000000",
    text="#000000",
    muted="#000000",
    primary="#00318f",
    on_primary="#ffffff",
    focus="#c0006a",
    selected="#fff3b0",
    ok="#004d1f",
    ok_ground="#ffffff",
    ask="#5c2f00",
    ask_ground="#ffffff",
    bad="#8f0000",
    bad_ground="#ffffff",
    info="#00318f",
    info_ground="#ffffff",
    off="#000000",
    off_ground="#ffffff",
    bar="#000000",
    on_bar="#ffffff",
    practice="#4b0082",
    on_practice="#ffffff",
    picture="#000000",
    on_picture="#ffffff",
)

COLOUR_SETS = (LIGHT, DARK, HIGH_CONTRAST)

_GROUNDS = ("ground", "surface", "sunken", "selected")
PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("text", "muted") for ground in _GROUNDS),
    *((tone, f"{tone}_ground") for tone in ("ok", "ask", "bad", "info", "off")),
    *((tone, ground) for tone in ("ok", "ask", "bad", "info", "off") for ground in ("surface", "selected")),
    ("text", "differs"),
    *((tone, "ground") for tone in ("ok", "ask", "bad", "info", "off")),
    ("primary", "ground"),
    ("surface", "text"),  # tool tips
    *(("text", f"{tone}_ground") for tone in ("ok", "ask", "bad", "info", "off")),
    ("on_primary", "primary"),
    ("primary", "surface"),
    ("on_bar", "bar"),
    ("on_practice", "practice"),
    ("on_picture", "picture"),
)
"""(text, ground) by token name, as used on screen."""

EDGES: tuple[tuple[str, str], ...] = (
    *((line, ground) for line in ("edge", "focus") for ground in ("surface", "ground")),
    *(("focus", ground) for ground in ("selected", "sunken", "info_ground", "ok_ground", "ask_ground", "bad_ground")),
    ("surface", "primary"),  # the inner ring of a filled button that has the focus
    ("on_bar", "bar"),
    *((tone, ground) for tone in ("ok", "ask", "bad", "info", "off") for ground in ("surface", "ground")),  # shapes
)
"""Borders, focus frames and shapes that a person must be able to see: 3 : 1 (WCAG 2.2, 1.4.11)."""


@dataclass(frozen=True)
class Sizes:
    """Lengths in device-independent pixels; type is the line's font size. ``touch`` is the least height of a control."""

    small: int = 13
    body: int = 15
    strong: int = 18
    title: int = 22
    hero: int = 34
    gap: int = 8
    pad: int = 12
    touch: int = 44
    radius: int = 8
    icon: int = 20

    def scaled(self, factor: float) -> Sizes:
        """All lengths times ``factor``: large-type mode and big screens."""
        return Sizes(*(round(value * factor) for value in self.__dict__.values()))


_RARE = ("HanaMinA", "HanaMinB", "BabelStone Han")
FONT_FAMILIES = ("Noto Sans CJK SC", *_RARE)
"""Chinese forms first, then the rare characters of names (Ext A to H); never the system's own fall-back."""
FONT_FAMILIES_OF = {"zh_TW": ("Noto Sans CJK TC", "Noto Sans CJK SC", *_RARE)}
"""The same for languages that draw characters in their own way."""

FAMILY_TONES = ("muted", "ok", "ask", "bad", "info", "off")
"""In which a label of the family's screen may be written, besides plain text."""


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two ``#rrggbb`` colours, 1 … 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
