"""The live camera: outline, instruction, automatic capture, codes."""

from __future__ import annotations

from scanner.live.logic import CaptureLogic, Observation, Step, Timing
from scanner.live.outline import Outline
from scanner.live.scanner import LiveScanner
from scanner.live.types import CameraState, Capture, LivePreview, LiveState

__all__ = [
    "CameraState",
    "Capture",
    "CaptureLogic",
    "LivePreview",
    "LiveScanner",
    "LiveState",
    "Observation",
    "Outline",
    "Step",
    "Timing",
]
