"""Text in photographs that nobody here made (shared test data): our own reading of a whole picture beside two engines as they come.

Each engine runs in a process of its own, one thread, one picture after the other in the same order, so CPU times and the
peak of memory compare. A string is found when it stands in the picture's text after NFKC, without blanks, dashes and quotes
unified, in capitals, lines joined in the engine's order. Character accuracy: 1 − edits from the string to the most similar
piece of the text, by length, over all strings.

    python -m benchmarks.text ENGINE        one engine, JSON on the output (used by run())
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from scanner.types import Image

DATA = Path(__file__).parent.parent.parent / "shared" / "testdata" / "ocr"
PATIENCE_S = 1800
TESSERACT_MODE = 11
ENGINES = {
    "ours": "this program (whole picture)",
    "rapidocr": "rapidocr 3.10.0, its own pipeline",
    "tesseract": "Tesseract 5 chi_sim+eng, page mode 11 (the best)",
}
GROUPS = {  # name of a column → tags of the pictures that count for it
    "traditional": ("traditional",),
    "vertical": ("vertical", "rot90glyph"),
    "turned": ("rot90", "rot180"),
    "seal, curved": ("seal", "curved"),
    "small print": ("small_text",),
    "photographs": ("photo",),
    "single lines": ("line",),
}
_NUMBER = re.compile(r"(?=.*\d.*\d.*\d.*\d)[0-9A-Z*\-]{8,}")
_VARIANTS = str.maketrans(
    {**dict.fromkeys("‐‑‒–—―−─", "-"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’`", "'")}
)


def run() -> str:
    if not DATA.exists():
        return "The shared photographs are not beside this checkout; nothing measured."
    columns = ["all", "ID and certificate numbers", "MRZ", *GROUPS]
    rows: list[str] = []
    asked: dict[str, int] = dict.fromkeys(columns, 0)
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
    for engine, label in ENGINES.items():
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.text", engine],
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            env=one_thread,
        )
        if done.returncode:
            rows.append(f"| {label} | not to be had here: {done.stderr.strip().splitlines()[-1]} |")
            continue
        result = json.loads(done.stdout.splitlines()[-1])
        shares = " | ".join(f"{100 * result['found'][c] / max(1, result['asked'][c]):.1f}" for c in columns)
        rows.append(
            f"| {label} | {shares} | {result['accuracy']:.3f} | {result['cpu_s']:.2f} | {result['peak_mb']:.0f} |"
        )
        asked = result["asked"]
    heads = " | ".join(f"{c} ({asked[c]})" for c in columns)
    note = (
        "45 photographs, 266 strings (`testdata/ocr`, development set: the program was improved with it in view). "
        "Share of strings found, %; in brackets how many there are."
    )
    bar = "|---" * (len(columns) + 4) + "|"
    return f"{note}\n\n| engine | {heads} | character accuracy | CPU s a picture | peak MB |\n{bar}\n" + "\n".join(rows)


def measure(engine: str) -> dict[str, Any]:
    """What one engine finds in every picture, in this process."""
    pictures = json.loads((DATA / "ground_truth.json").read_text(encoding="utf-8"))["images"]
    read = _engine(engine)
    found: dict[str, int] = defaultdict(int)
    asked: dict[str, int] = defaultdict(int)
    edits = letters = 0
    cpu_s = 0.0
    for entry in pictures:
        image = cv2.imread(str(DATA / entry["file"]))
        if image is None:
            raise FileNotFoundError(entry["file"])
        began = _cpu_s()
        texts = read(image.astype(np.uint8, copy=False))
        cpu_s += _cpu_s() - began
        page = normal("".join(texts))
        for string in map(normal, entry["strings"]):
            distance = edits_to_nearest(string, page)
            edits, letters = edits + distance, letters + len(string)
            for column in _columns(string, entry["tags"]):
                asked[column] += 1
                found[column] += distance == 0
    return {
        "found": {**dict.fromkeys(asked, 0), **found},
        "asked": asked,
        "accuracy": 1 - edits / letters,
        "cpu_s": cpu_s / len(pictures),
        "peak_mb": _peak_mb(),
    }


def _columns(string: str, tags: Sequence[str]) -> list[str]:
    kinds = ["all"]
    if "<" in string:
        kinds.append("MRZ")
    elif _NUMBER.fullmatch(string):
        kinds.append("ID and certificate numbers")
    return kinds + [name for name, wanted in GROUPS.items() if set(wanted) & set(tags)]


def normal(text: str) -> str:
    """NFKC, no blanks, one kind of dash and quote, capitals (the comparison of the data's own description)."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper().translate(_VARIANTS))
    return re.sub(r"\s", "", folded)


def edits_to_nearest(string: str, text: str) -> int:
    """Least number of insertions, deletions and exchanges that turn ``string`` into some piece of ``text`` (Sellers 1980)."""
    if string in text:
        return 0
    costs = list(range(len(string) + 1))
    best = costs[-1]
    for character in text:
        previous, costs[0] = costs[0], 0
        for i, wanted in enumerate(string, 1):
            previous, costs[i] = costs[i], min(costs[i] + 1, costs[i - 1] + 1, previous + (wanted != character))
        best = min(best, costs[-1])
    return best


def _engine(name: str) -> Callable[[Image], Sequence[str]]:
    return {"ours": _ours, "rapidocr": _rapidocr, "tesseract": _tesseract}[name]()


def _ours() -> Callable[[Image], Sequence[str]]:
    from scanner.lines import text_lines
    from scanner.mrz import find_zone
    from scanner.text import create_recogniser
    from scanner.text.whole import read_page

    recogniser = create_recogniser(threads=1)

    def read(image: Image) -> list[str]:
        lines = read_page(image, recogniser)
        return [line.text for line in text_lines(lines, find_zone(lines))]

    return read


def _rapidocr() -> Callable[[Image], Sequence[str]]:
    from rapidocr import RapidOCR

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    engine = RapidOCR(params={"Global.text_score": 0.0, "Global.log_level": "error", **threads})

    def read(image: Image) -> Sequence[str]:
        return list(getattr(engine(image), "txts", None) or ())

    return read


def _tesseract() -> Callable[[Image], Sequence[str]]:
    """As much text as possible in no order: the best of the page modes on these pictures."""
    import pytesseract

    def read(image: Image) -> Sequence[str]:
        return [pytesseract.image_to_string(image[:, :, ::-1], lang="chi_sim+eng", config=f"--psm {TESSERACT_MODE}")]

    return read


def _cpu_s() -> float:
    """CPU seconds of this process and of the programs it called."""
    import resource

    return sum(
        use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _peak_mb() -> float:
    import resource

    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
