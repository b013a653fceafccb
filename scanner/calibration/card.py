"""What stands where on the card, in millimetres from its top-left corner: for whoever draws it and for whoever measures it.

A5 landscape, half a sheet of A4, so that any office printer makes one. Four square marks (ArUco, dictionary 4X4_50) give the plane; slanted
edges (after ISO 12233: a few degrees off the pixel grid, so that one edge is sampled at many phases) the sharpness in the middle and the
corners; white paper all over the evenness of the light; three greys whether the exposure clips; a QR code and a line of print what
the desk needs in the end.
"""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""x, y, width, height in millimetres."""

MARK_MODULES = 6  # of a 4X4 mark with its black rim


@dataclass(frozen=True)
class Card:
    size: tuple[float, float]
    marks: tuple[Box, ...]  # number 0 … 3, clockwise from the top left
    edges: tuple[Box, ...]  # boxes in whose middle a black square stands, turned by ``slant_deg``
    edge_mm: float  # side of those squares
    slant_deg: float
    greys: tuple[tuple[Box, int], ...]  # box and printed grey, 0 black … 255 white; dark to light
    whites: tuple[Box, ...]  # places where nothing is printed, spread over the card
    code: Box
    code_text: str
    line: Box
    line_text: str
    ruler: tuple[float, float, float]  # x, y, length of a line whose length can be checked by hand


def _square(x: float, y: float, side: float) -> Box:
    return (x, y, side, side)


CARD = Card(
    size=(210.0, 148.0),
    marks=(_square(8, 8, 18), _square(184, 8, 18), _square(184, 122, 18), _square(8, 122, 18)),
    edges=(_square(95, 64, 20), _square(30, 8, 20), _square(160, 8, 20), _square(160, 120, 20), _square(30, 120, 20)),
    edge_mm=11.0,
    slant_deg=5.0,
    greys=(((62, 20, 14, 14), 90), ((78, 20, 14, 14), 150), ((94, 20, 14, 14), 205)),
    whites=(
        (56, 8, 8, 8),
        (146, 8, 8, 8),
        (8, 40, 8, 8),
        (60, 70, 8, 8),
        (140, 70, 8, 8),
        (194, 40, 8, 8),
        (8, 100, 8, 8),
        (194, 100, 8, 8),
        (56, 132, 8, 8),
        (146, 132, 8, 8),
    ),
    code=_square(120, 14, 26),
    code_text="YHCAL:1",
    line=(56, 96, 98, 5),
    line_text="验核台校准 0123456789 ABCDEFX",
    ruler=(55.0, 112.0, 100.0),
)
