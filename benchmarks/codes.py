"""Codes on photographs nobody here made: peers' own suites and a printed form near the break point (shared test data, barcode).

Every picture becomes a 1280 x 720 frame. Three methods: zbar alone, zxing-cpp alone with all symbologies (L0), and what the desk does (L0 + L1):
the live schedule shown the same picture for two rounds of its looks, with only what the gate accepts counted. CPU milliseconds are one
thread's, for one frame. Matching of texts is the shared scorer's.
"""

from __future__ import annotations

import importlib.util
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import cv2
import numpy as np

from scanner.barcodes import CodeGate, Decoder, DecoderMissing, LiveDecoder, PyzbarDecoder, ZxingDecoder
from scanner.types import Barcode, Image

SHARED = Path(__file__).parent.parent.parent / "shared"
DATA = SHARED / "testdata" / "barcode"
SCORER = SHARED / "tools" / "bench_decoders.py"
FRAME = "720p"
FRAME_S = 0.11  # between two looks of the live schedule

# one picture → the codes that count, and the CPU milliseconds of each frame
Method = Callable[[Image], tuple[Sequence[Barcode], list[float]]]


@dataclass
class Tally:
    """One method. ``read`` and ``wrong`` by symbology; ``wrong["negative"]``: on pictures without a code; ``ms`` by whether there is one."""

    read: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    ms: dict[tuple[str, bool], list[float]] = field(default_factory=lambda: defaultdict(list))


def run() -> str:
    if not DATA.exists() or not SCORER.exists():
        return "The shared photographs are not beside this checkout; nothing measured."
    scorer = _scorer()
    methods = _methods()
    tallies = {name: Tally() for name in methods}
    codes: Counter[str] = Counter()
    generated: Counter[str] = Counter()
    for item, frame, to_frame in _pictures(scorer):
        wanted = [c["format"] for c in item["codes"] if not c.get("extra")]
        codes.update(wanted)
        generated.update(f for f in wanted if item["set"].startswith("gen-"))
        for name, method in methods.items():
            found, ms = method(frame)
            results = [(c.format, c.text, c.raw, list(c.corners)) for c in found]
            hits, wrong, _ = scorer.judge(item, results, to_frame)
            tally = tallies[name]
            for hit in hits:
                if not item["codes"][hit].get("extra"):
                    tally.read[item["codes"][hit]["format"]] += 1
                    if item["set"].startswith("gen-"):
                        tally.read["gen-" + item["codes"][hit]["format"]] += 1
            tally.wrong["negative" if item["negative"] else item["symbology"]] += len(wrong)
            tally.ms[item["symbology"], True].extend(() if item["negative"] else ms)
            tally.ms["", False].extend(ms if item["negative"] else ())
    return _table(tallies, codes, generated)


def _table(tallies: dict[str, Tally], codes: Counter[str], generated: Counter[str]) -> str:
    rows = [
        "| symbology | codes | method | read | % | wrong texts | CPU ms a frame, median / p95 |",
        "|---|---|---|---|---|---|---|",
    ]
    for symbology, count in sorted(codes.items(), key=lambda pair: -pair[1]):
        for name, tally in tallies.items():
            read = tally.read[symbology]
            rows.append(
                f"| {symbology} | {count} | {name} | {read} | {100 * read / count:.1f} | {tally.wrong[symbology]} "
                f"| {_times(tally.ms[symbology, True])} |"
            )
    for symbology, count in sorted(generated.items()):
        for name, tally in tallies.items():
            read = tally.read["gen-" + symbology]
            rows.append(f"| {symbology}, gen-* only | {count} | {name} | {read} | {100 * read / count:.1f} | | |")
    for name, tally in tallies.items():
        rows.append(
            f"| frames without a code | 0 | {name} | | | {tally.wrong['negative']} | {_times(tally.ms['', False])} |"
        )
    return (
        "Data: testdata/barcode, all sets; gen-* is a printed form with one code near the break point, counted in the rows above it too. "
        "60 of the QR codes are one photograph's, under a pixel a module in this frame.\n\n" + "\n".join(rows)
    )


def _times(ms: list[float]) -> str:
    return f"{np.median(ms):.1f} / {np.percentile(ms, 95):.1f}" if ms else ""


def _methods() -> dict[str, Method]:
    methods: dict[str, Method] = {}
    with suppress(DecoderMissing):  # the others are measured all the same
        methods["zbar alone"] = _alone(PyzbarDecoder())
    methods["zxing alone (L0)"] = _alone(ZxingDecoder())
    methods["desk (L0 + L1)"] = _desk
    return methods


def _alone(decoder: Decoder) -> Method:
    def method(frame: Image) -> tuple[Sequence[Barcode], list[float]]:
        codes, ms = _timed(decoder, frame)
        return codes, [ms]

    return method


def _desk(frame: Image) -> tuple[Sequence[Barcode], list[float]]:
    decoder, gate = LiveDecoder(), CodeGate()
    accepted: list[Barcode] = []
    times: list[float] = []
    for number in range(2 * decoder.turns):
        codes, ms = _timed(decoder, frame)
        accepted += gate.news(codes, number * FRAME_S)
        times.append(ms)
    return accepted, times


def _timed(decoder: Decoder, frame: Image) -> tuple[tuple[Barcode, ...], float]:
    began = time.process_time()
    codes = decoder.decode(frame)
    return codes, (time.process_time() - began) * 1000


def _pictures(scorer: ModuleType) -> Iterator[tuple[dict[str, Any], Image, tuple[float, float, float]]]:
    """Each entry of the ground truth with its frame in colour, as cameras give it, and the scale and offset that took it there."""
    cv2.setNumThreads(1)
    for item in json.loads((DATA / "ground_truth.json").read_text(encoding="utf-8"))["images"]:
        grey = cv2.imread(str(DATA / item["file"]), cv2.IMREAD_GRAYSCALE)
        if grey is not None:
            frame, to_frame = scorer.make_frame(grey, FRAME, item["negative"])
            yield item, cv2.cvtColor(frame, cv2.COLOR_GRAY2BGR).astype(np.uint8), to_frame


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_decoders", SCORER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
