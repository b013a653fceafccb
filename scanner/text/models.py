"""Where the models of the default recogniser lie, known without loading anything of it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from scanner.text.base import RecogniserUnavailable

DETECTOR = "PP-OCRv6_det_small.onnx"
READER = "PP-OCRv6_rec_small.onnx"
DIRECTION = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"


def model_folder() -> Path:
    """Where the rapidocr wheel keeps its models. Raises RecogniserUnavailable."""
    spec = find_spec("rapidocr")
    folder = Path(spec.submodule_search_locations[0]) / "models" if spec and spec.submodule_search_locations else None
    if folder is None or not (folder / READER).is_file():
        raise RecogniserUnavailable("the models of rapidocr 3.10.0 are not installed")
    return folder
