"""How the four sounds sound: ``python -m ui.sounds.making FOLDER`` writes them as WAV. No recording of anything is in them.

16-bit mono at 22 050 Hz, each shorter than half a second, with soft edges so that no loudspeaker clicks. They differ in
direction and number of tones, not only in pitch: up is good, down is not, two equal ones ask.
"""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import numpy as np

RATE = 22_050
_LOUDNESS = 0.32
_EDGE_S = 0.012
# (frequency in Hz, length in s) one after the other; 0 Hz is silence
TONES: dict[str, tuple[tuple[float, float], ...]] = {
    "captured": ((1175.0, 0.07),),
    "needs_you": ((659.3, 0.09), (0.0, 0.06), (659.3, 0.09)),
    "wrong": ((392.0, 0.13), (261.6, 0.2)),
    "done": ((523.3, 0.09), (659.3, 0.09), (784.0, 0.17)),
}


def samples(name: str) -> np.ndarray:
    """The sound as int16, shape (N,)."""
    return np.concatenate([_tone(frequency, length) for frequency, length in TONES[name]])


def _tone(frequency: float, length: float) -> np.ndarray:
    at = np.arange(round(RATE * length)) / RATE
    if frequency == 0:
        return np.zeros(at.size, np.int16)
    wave_form = np.sin(2 * np.pi * frequency * at) + 0.25 * np.sin(4 * np.pi * frequency * at)
    edges = np.clip(np.minimum(at, length - at) / _EDGE_S, 0, 1)
    return (wave_form / 1.25 * edges * _LOUDNESS * 32767).astype(np.int16)


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in TONES:
        with wave.open(str(folder / f"{name}.wav"), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(samples(name).tobytes())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
