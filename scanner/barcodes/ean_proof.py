"""A read EAN-13 held against its own bars.

Its one check digit lets a tenth of all misreads through, and on small bars the same misread comes again in every frame, so a second frame
is no witness. But once a number is claimed, the bars that it must have are known (ISO/IEC 15420): they are drawn, blurred and
fitted to the brightness along the code, and a digit that another digit's bars would fit far better refutes the claim.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from scanner.types import Barcode, Image

_LEFT_ODD = (
    "0001101",
    "0011001",
    "0010011",
    "0111101",
    "0100011",
    "0110001",
    "0101111",
    "0111011",
    "0110111",
    "0001011",
)
_RIGHT = tuple(bars.translate(str.maketrans("01", "10")) for bars in _LEFT_ODD)
_LEFT_EVEN = tuple(bars[::-1] for bars in _RIGHT)
_LEFT_SETS = ("OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO")

_MODULES = 95
_QUIET = 8  # modules of ground sampled on each side
_PER_MODULE = 4  # samples
_BLURS = (0.35, 0.65, 1.0)  # standard deviation in modules
_SPREADS = (-1, 0, 1)  # samples by which ink makes a bar wider
_LIES_WELL = 0.8  # correlation below which the bars were not laid over the code well enough to say anything
# another digit is closer by this share of the whole fit's mean squared error; right reads stay below 0.7 where misreads begin at 1.1
_REFUTED = 0.9
_NOISE = 1e-3  # squared error that says nothing, of ink against paper = 1

_Samples = NDArray[np.float32]


@dataclass(frozen=True)
class _Fit:
    """How the claimed bars lie best: ``ink`` are the samples with ground 1 and ink 0, warped to the modules; ``score`` -1 to 1,
    ``error`` their mean squared difference from the drawing."""

    score: float
    ink: _Samples
    error: float
    blur: float
    spread: int


def refuted(grey: Image, code: Barcode) -> bool:
    """Whether the picture speaks against an EAN-13 read in it: some digit's bars fit far worse than another digit's would.

    ``code.corners`` in pixels of ``grey``. Other symbologies, and codes without four corners, are never refuted.
    """
    if code.format not in ("EAN13", "UPCA") or len(code.corners) != 4 or not code.text.isdecimal():
        return False
    claimed = _modules(code.text.zfill(13))
    if len(claimed) != _MODULES:
        return False
    fit = _fitted(_brightness(grey, np.array(code.corners, np.float64)), claimed)
    return fit.score > _LIES_WELL and any(_contradicted(fit, claimed, digit) for digit in range(12))


def _modules(number: str) -> str:
    """Thirteen digits as 95 modules, 1 = bar."""
    sets = {"O": _LEFT_ODD, "E": _LEFT_EVEN}
    left = "".join(
        sets[which][int(digit)] for which, digit in zip(_LEFT_SETS[int(number[0])], number[1:7], strict=True)
    )
    return f"101{left}01010{''.join(_RIGHT[int(digit)] for digit in number[7:])}101"


def _brightness(grey: Image, corners: NDArray[np.float64]) -> _Samples:
    """Mean brightness along a few lines through the code's middle, ground 1, one row of samples with quiet zones."""
    top_left, top_right, bottom_right, bottom_left = corners
    at = (np.arange(_samples(_MODULES)) + 0.5) / _PER_MODULE - _QUIET
    lines: list[_Samples] = []
    for v in np.linspace(0.35, 0.65, 5):
        left, right = top_left + (bottom_left - top_left) * v, top_right + (bottom_right - top_right) * v
        points = (left + np.outer(at / _MODULES, right - left)).astype(np.float32)
        line = cv2.remap(
            grey, points[None, :, 0], points[None, :, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        lines.append(line[0].astype(np.float32))
    mean = np.mean(lines, axis=0, dtype=np.float32)
    ground = cv2.dilate(mean[None], np.ones((1, 15 * _PER_MODULE)))
    ground = cv2.GaussianBlur(ground, (0, 0), 6 * _PER_MODULE, borderType=cv2.BORDER_REPLICATE)[0]
    return (mean / np.maximum(ground, 1)).astype(np.float32)


def _samples(modules: int) -> int:
    return (modules + 2 * _QUIET) * _PER_MODULE


def _drawn(modules: str, blur: float, spread: int) -> _Samples:
    """Bars as samples, ground 1, ink 0, as a camera would see them."""
    sharp = np.repeat(np.array([bar == "0" for bar in modules], np.float32), _PER_MODULE)
    if spread:
        sharp = (np.minimum if spread > 0 else np.maximum)(sharp, np.roll(sharp, 1))
    soft = cv2.GaussianBlur(sharp[None], (0, 0), blur * _PER_MODULE, borderType=cv2.BORDER_REPLICATE)
    return soft[0].astype(np.float32)


def _fitted(brightness: _Samples, claimed: str) -> _Fit:
    """The claimed bars moved at both ends and in the middle (curved paper, perspective), blurred and spread until they fit best."""
    quiet = "0" * _QUIET
    ways = [(blur, spread) for blur in _BLURS for spread in _SPREADS]
    drawings = np.array([_drawn(quiet + claimed + quiet, *way) for way in ways])
    core = slice((_QUIET - 1) * _PER_MODULE, (_QUIET + _MODULES + 1) * _PER_MODULE)
    wanted = drawings[:, core] - drawings[:, core].mean(axis=1, keepdims=True)
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    at = (np.arange(len(brightness)) + 0.5) / _PER_MODULE - _QUIET

    def scores(shifts: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """``shifts`` (n, 3) in modules → (n, ways) correlations and the n warped rows."""
        moved = np.array([np.interp(at, (0, _MODULES / 2, _MODULES), shift) for shift in shifts])
        rows = np.interp((at + moved + _QUIET) * _PER_MODULE - 0.5, np.arange(len(brightness)), brightness)
        inner = rows[:, core] - rows[:, core].mean(axis=1, keepdims=True)
        return inner @ wanted.T / np.maximum(np.linalg.norm(inner, axis=1), 1e-6)[:, None], rows

    ends = np.arange(-2, 2.01, 0.5)
    best = np.array([(left, (left + right) / 2, right) for left in ends for right in ends])
    best = best[np.argmax(scores(best)[0].max(axis=1))]
    for step in (0.5, 0.25, 0.25, 0.12, 0.12):
        around = best + step * np.array(np.meshgrid(*[(0, -1, 1)] * 3)).reshape(3, -1).T
        best = around[np.argmax(scores(around)[0].max(axis=1))]
    score, rows = scores(best[None])
    way = int(score[0].argmax())
    slope, ground = np.polyfit(drawings[way][core], rows[0][core], 1)
    ink = (rows[0] - ground) / (slope if abs(slope) > 1e-6 else 1.0)
    error = float(np.mean((ink - drawings[way])[core] ** 2))
    return _Fit(float(score[0, way]), ink.astype(np.float32), error, *ways[way])


def _contradicted(fit: _Fit, claimed: str, digit: int) -> bool:
    """Whether another digit's bars at this place (0 to 11 from the left) fit far better than the claimed ones."""
    start = 3 + 7 * digit + (5 if digit >= 6 else 0)
    padded = "0" * _QUIET + claimed + "0" * _QUIET
    begin = _QUIET + start
    seen = fit.ink[(begin - 1) * _PER_MODULE : (begin + 8) * _PER_MODULE]
    choices = (*_LEFT_ODD, *_LEFT_EVEN) if digit < 6 else _RIGHT
    errors: dict[str, float] = {}
    for bars in choices:
        drawn = _drawn(padded[begin - 4 : begin] + bars + padded[begin + 7 : begin + 11], fit.blur, fit.spread)
        errors[bars] = float(np.mean((seen - drawn[3 * _PER_MODULE : 12 * _PER_MODULE]) ** 2))
    own = errors.pop(claimed[start : start + 7])
    return own - min(errors.values()) > _REFUTED * (fit.error + _NOISE)
