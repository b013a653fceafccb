"""PP-OCRv6 small through onnxruntime, with the models that ship inside the rapidocr wheel.

The sessions are used directly: the package's own pipeline keeps only the best string of a line, and the judge needs
what the network believed about every other one. Nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from scanner.imaging import as_image
from scanner.text.base import LineReading, ReadCharacter, StepProbabilities
from scanner.text.crops import cut
from scanner.text.detection import boxes_of_map
from scanner.text.folding import fold_character
from scanner.text.models import DETECTOR, DIRECTION, READER, model_folder
from scanner.types import Image, Quad

DETECTION_SIDE = (960, 1280)  # the page's longer side is brought between these before lines are looked for
LINE_HEIGHT = 48  # the recogniser's input height
NARROWEST = 160  # narrower crops are filled up with grey: the network was trained on long lines
WIDEST = 2400
KEEP_ABOVE = 1e-5  # characters that stay below at every step are not kept …
EVERY_MARK = (
    73  # of the 18 710 classes, one in so many is a mark: twice as many as the network's last layer has numbers
)
LEAST_MARK = 1e-36
KEEP_MOST = 600  # … and of an unreadable line, where everything is possible, only the likeliest


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # line widths vary without end: an arena would only grow
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class RapidRecogniser:
    """The default recogniser; about 0.15 s for the lines of an ID card's worth of pixels, 10 to 40 ms a line read."""

    name = "rapidocr"

    def __init__(self, *, threads: int = 2) -> None:
        folder = model_folder()
        self._detector = _session(folder / DETECTOR, threads)
        self._reader = _session(folder / READER, threads)
        self._direction = _session(folder / DIRECTION, threads)
        characters = self._reader.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._alphabet = ["", *characters, " "]  # index 0 is the CTC blank
        folded = [fold_character(c) for c in self._alphabet]
        self._names = sorted(set(folded) - {""})
        index = {character: i for i, character in enumerate(self._names)}
        self.dictionary = frozenset(self._names)
        self._target = np.array([index.get(character, -1) for character in folded])
        self._signs = _signs_of(folded)

    def detect_lines(self, image: Image, *, side: tuple[int, int] | None = None) -> list[Quad]:
        height, width = image.shape[:2]
        longer = max(height, width)
        scale = float(np.clip(longer, *(side or DETECTION_SIDE))) / longer
        size = (max(32, round(width * scale / 32) * 32), max(32, round(height * scale / 32) * 32))
        resized = cv2.resize(image, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        (output,) = self._detector.run(None, {"x": _as_input(as_image(resized))})
        ratio = np.array([width / size[0], height / size[1]], np.float32)
        return [box * ratio for box in boxes_of_map(np.asarray(output)[0, 0])]

    def upright_votes(self, crops: Sequence[Image]) -> float:
        if not crops:
            return 0.5
        batch = np.concatenate([_as_input(_fit(crop, 192, 192)) for crop in crops])
        (output,) = self._direction.run(None, {"x": batch})
        return float(np.asarray(output)[:, 0].mean())

    def recognise(self, crops: Sequence[Image]) -> list[LineReading]:
        return [self._read(crop) for crop in crops]

    def _read(self, crop: Image) -> LineReading:
        fitted = _fit(crop, NARROWEST, WIDEST)
        (output,) = self._reader.run(None, {"x": _as_input(fitted)})
        raw = np.asarray(output)[0]
        own_width = min(max(1, round(crop.shape[1] * LINE_HEIGHT / crop.shape[0])), WIDEST)
        steps = min(len(raw), max(1, round(own_width * len(raw) / fitted.shape[1])))
        probabilities = self._fold(raw[:steps])
        characters = tuple(self._as_printed(c, raw[c.step]) for c in greedy(probabilities))
        return LineReading(characters, steps, probabilities)

    def _as_printed(self, read: ReadCharacter, raw: NDArray[np.float32]) -> ReadCharacter:
        """With the likeliest of the signs that fold to this character."""
        if (signs := self._signs.get(read.character)) is None:
            return read
        sign = self._alphabet[signs[int(raw[signs].argmax())]]
        return replace(read, printed=sign) if sign != read.character else read

    def _fold(self, raw: NDArray[np.float32]) -> StepProbabilities:
        """(T, alphabet) → the columns worth keeping, with codes of one printed sign added up."""
        highest = raw.max(axis=0)
        kept = np.flatnonzero(highest > KEEP_ABOVE)
        if len(kept) > KEEP_MOST:
            kept = np.sort(kept[np.argpartition(highest[kept], -KEEP_MOST)[-KEEP_MOST:]])
            kept = np.union1d(kept, [0])  # the blank is always needed
        targets = self._target[kept]
        blank = raw[:, kept[targets < 0]].sum(axis=1)
        used, position = np.unique(targets[targets >= 0], return_inverse=True)
        columns = np.zeros((len(raw), len(used)), np.float32)
        np.add.at(columns.T, position, raw[:, kept[targets >= 0]].T)
        return StepProbabilities(blank, columns, tuple(self._names[i] for i in used), marks=_marks(raw))


def _marks(raw: NDArray[np.float32]) -> NDArray[np.float32]:
    marks = np.log(np.maximum(raw[:, ::EVERY_MARK], LEAST_MARK))
    return marks - marks.mean(axis=1, keepdims=True)


def _signs_of(folded: Sequence[str]) -> dict[str, NDArray[np.int_]]:
    """Folded character → the classes it stands for, where it stands for more than one."""
    classes: dict[str, list[int]] = {}
    for index, character in enumerate(folded):
        classes.setdefault(character, []).append(index)
    return {character: np.array(found) for character, found in classes.items() if character and len(found) > 1}


def greedy(probabilities: StepProbabilities) -> tuple[ReadCharacter, ...]:
    """The best character at each step, repeats and blanks taken out."""
    if not probabilities.characters:
        return ()
    best = probabilities.columns.argmax(axis=1)
    share = probabilities.columns[np.arange(probabilities.steps), best]
    found: list[ReadCharacter] = []
    previous = -1
    for step in range(probabilities.steps):
        current = int(best[step]) if share[step] > probabilities.blank[step] else -1
        if current >= 0:
            read = ReadCharacter(probabilities.characters[current], step, float(share[step]))
            if current != previous:
                found.append(read)
            elif read.probability > found[-1].probability:
                found[-1] = read
        previous = current
    return tuple(found)


def _fit(crop: Image, narrowest: int, widest: int) -> Image:
    """A crop at the recogniser's height; a short one is filled up at its right end with the mean grey of the network."""
    height, width = crop.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    line = crop if height == LINE_HEIGHT else cut(crop, corners, LINE_HEIGHT)
    if line.shape[1] > widest:
        line = as_image(cv2.resize(line, (widest, LINE_HEIGHT), interpolation=cv2.INTER_AREA))
    missing = narrowest - line.shape[1]
    if missing > 0:
        line = as_image(cv2.copyMakeBorder(line, 0, 0, 0, missing, cv2.BORDER_CONSTANT, value=(127, 127, 127)))
    return line


def _as_input(image: Image) -> NDArray[np.float32]:
    """BGR picture → (1, 3, H, W), values -1..1."""
    planes = np.ascontiguousarray(image.transpose(2, 0, 1), np.float32)
    planes *= 1 / 127.5
    planes -= 1.0
    return planes[None]
