"""The rules for a whole district's year: families decided one after the other, as ``yanhe decide`` does with a file of them.

Every size runs in a process of its own, so that its peak memory is its own. Time is processor time of one thread, from the family's
JSON object to the answer's JSON text; making the families is not counted.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from random import Random

from kiosk.policy import Answers, CaseInput, builtin_packs, evaluate, to_expected_json
from practice.generated import families, troubled

SIZES = (1_500, 15_000, 150_000)
SEED = 2014


def run() -> str:
    rows = [json.loads(subprocess.run(_command(size), check=True, capture_output=True).stdout) for size in SIZES]
    lines = [
        f"| {row['families']:,} | {row['applications']:,} | {row['seconds']:.1f} | {row['ms']:.2f} | {row['mb']:.0f} | {row['said']} |"
        for row in rows
    ]
    head = "| families | applications | processor s | ms a family | peak MB | decisions |\n|---|---|---|---|---|---|"
    return "\n".join([f"Generated families of all categories, seed {SEED}, one thread.", "", head, *lines])


def _command(size: int) -> list[str]:
    return [sys.executable, "-m", "benchmarks.decisions", str(size)]


def decide(size: int) -> dict[str, object]:
    """Streams ``size`` families through the engine; nothing of an earlier one is kept."""
    packs, chance = builtin_packs(), Random(SEED)
    said: Counter[str] = Counter()
    spent, applications = 0.0, 0
    for data in families(size, SEED):
        data = troubled(data, chance)
        began = time.process_time()
        pack = packs[data["policy"]]
        evaluation = evaluate(pack, CaseInput.from_json(data), Answers(), visit_over=True)
        json.dumps(to_expected_json(pack, evaluation), ensure_ascii=False)
        spent += time.process_time() - began
        said.update(d.decision for d in evaluation.decisions)
        applications += len(evaluation.decisions)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = ", ".join(f"{kind} {count:,}" for kind, count in sorted(said.items()))
    return {
        "families": size, "applications": applications, "seconds": spent, "ms": spent / size * 1000, "mb": peak, "said": words,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(decide(int(sys.argv[1]))))
