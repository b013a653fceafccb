"""What a small network of our own sees: how likely each place is sheet, and how likely a sheet's side.

``training/`` holds the program that made it and says on what: composed scenes only. The network says where to look and whether there is a
sheet at all; the sides themselves are fitted on the frame (``refine``), which is finer than its map.
"""

from __future__ import annotations

import ctypes
import logging
import sys
import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import cv2
import numpy as np

from scanner.imaging import as_image
from scanner.locate.evidence import Floats, as_floats
from scanner.types import Image

_log = logging.getLogger(__name__)

_LONGEST = 256  # pixels of the picture that the network is shown; as in training
_STEP = 16
_MODEL = "sheets.onnx"
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # malloc.h
_KEPT_BYTES = 32 << 20


@dataclass(frozen=True, eq=False)
class Maps:
    """Probabilities 0..1, float32, (h, w), of one frame. ``across``, ``down``: pixels of the map for one pixel of the picture shown."""

    sheet: Floats
    outline: Floats
    across: float
    down: float

    def to_map(self, points: np.ndarray) -> np.ndarray:
        """Points (..., 2) of the picture in pixels of the maps."""
        return (points + 0.5) * (self.across, self.down) - 0.5

    def from_map(self, points: np.ndarray) -> np.ndarray:
        return (points + 0.5) / (self.across, self.down) - 0.5


def look(picture: Image) -> Maps | None:
    """The maps of a BGR picture; None for a sliver of a picture, and where the network cannot be had (then lines and patches must do)."""
    session = _session()
    height, width = picture.shape[:2]
    scale = _LONGEST / max(height, width)
    size = (_rounded(width * scale), _rounded(height * scale))
    if session is None or min(height, width) < 2 * _STEP:
        return None
    shown = as_image(cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR))
    (maps,) = session.run(None, {"picture": shown[None]})
    sheet, outline = as_floats(maps[0, :2])  # the third, what covers a sheet, is learnt but not sure enough to be used
    return Maps(sheet, outline, sheet.shape[1] / width, sheet.shape[0] / height)


def _rounded(length: float) -> int:
    return max(_STEP * 4, round(length / _STEP) * _STEP)


_loading = threading.Lock()


def _session() -> Any:
    with _loading:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Any:
    """The session, loaded when the first frame comes: windows open sooner without it. None, said once in the log, when it cannot be had."""
    try:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # a preview frame every 33 ms leaves the other core to the reader
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        _keep_freed_memory()
        model = (files("resources") / "models" / _MODEL).read_bytes()
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception:  # whatever ails the library: sheets are found without it, only less surely
        _log.exception("the network that finds sheets cannot be loaded")
        return None


def _keep_freed_memory() -> None:
    """Where glibc gives out memory: let it keep 32 MB of what is freed. Once the network was loaded it would give the maps of every frame back to
    the system and fetch them anew, 3 000 pages a frame, which costs more than the network."""
    if sys.platform != "linux":
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return
    for option in (_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD):
        mallopt(option, _KEPT_BYTES)
