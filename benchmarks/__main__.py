"""`script/bench [NAME …]`: run benchmarks, print their tables, and put them into docs/benchmarks.md with the machine and the day."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import re
import sys
from datetime import date
from pathlib import Path

DOCUMENT = Path(__file__).parent.parent / "docs" / "benchmarks.md"
# name → what it measures; each is a module of this package with `run() -> str` (Markdown)
BENCHMARKS = {
    "decisions": "the rules: families decided in one run, time and memory",
    "calibration": "margins of declared and altered values on practice papers, for the thresholds",
    "capture": "sheets found in photographs (shared test data) and made-up scenes: overlap, false answers, time",
    "codes": "codes on photographs of peers' suites: read rate, wrong texts, CPU by symbology and method (shared test data)",
    "desk": "one family at the desk: machine time, waiting time, keys, stalls of the window",
    "family_screen": "the family's screen over a whole run: texts and recorded frames searched for other families' and unmasked data",
    "fuzz": "broken pictures through the reader's path and the live camera's: crashes, hangs, memory",
    "live": "the live preview: age of what is drawn, cost of the outline, CPU, captures, codes",
    "people": "PINs: the cost of checking one, and how many an attacker gets tried in a day",
    "person": "a scripted person at the real app on a virtual screen, by keys and mouse alone: keys, waiting, stalls, start",
    "reading": "papers of the practice world read against the record",
    "soak": "memory of the reader's process over thousands of captures",
    "specimens": "photographed specimens: straight-through rate, false matches, kinds, corners (shared test data)",
    "text": "text in photographs beside rapidocr and Tesseract as they come (shared test data)",
    "rare_names": "names with rare and easily confused characters: what the judge decides by reading alone",
    "reliability": "desk and platform killed at random moments, a bad line, a first pull of 50 000 applications",
    "store": "lookup, durable append, first pull",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=", ".join(f"{n}: {what}" for n, what in BENCHMARKS.items())
    )
    parser.add_argument("--print-only", action="store_true", help="leave docs/benchmarks.md as it is")
    parser.add_argument(
        "--with",
        action="append",
        default=[],
        dest="lengths",
        metavar="KEY=NUMBER",
        help="another length for one benchmark (its run())",
    )
    options = parser.parse_args()
    lengths = {key: int(number) for key, _, number in (given.partition("=") for given in options.lengths)}
    unknown = set(options.names) - BENCHMARKS.keys()
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    for name in options.names or BENCHMARKS:
        print(f"▸ {name}: {BENCHMARKS[name]}", file=sys.stderr)
        table = importlib.import_module(f"benchmarks.{name}").run(**lengths)
        print(table)
        if not options.print_only:
            _put(name, table)
    return 0


def _put(name: str, table: str) -> None:
    """Replace the section between its marks, or add it at the end."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    section = f"{begin}\n## {name}: {BENCHMARKS[name]}\n\n{_where()}\n\n{table.strip()}\n{end}"
    old = DOCUMENT.read_text(encoding="utf-8")
    pattern = re.compile(re.escape(begin) + r".*?" + re.escape(end), re.S)
    new = pattern.sub(lambda _: section, old) if pattern.search(old) else f"{old.rstrip()}\n\n{section}\n"
    DOCUMENT.write_text(new, encoding="utf-8")


def _where() -> str:
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return (
        f"{date.today().isoformat()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores ({model or 'unknown'}), "
        f"Python {platform.python_version()}, load before the end {load:.1f}."
    )


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    sys.exit(main())
