"""``yanhe about``: which program this is, and under which licences its parts stand."""

from __future__ import annotations

import argparse
from importlib import metadata

from yanhe.licences import bundled, shipped


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--licences", action="store_true", help="every package it needs, with version and licence")


def run(options: argparse.Namespace) -> int:
    print(f"验核台 Yanhe {metadata.version('yanhe')}  Apache-2.0")
    if options.licences:
        for component in shipped():
            print(f"{component.name:34} {component.version:14} {component.licence}")
        for component in bundled():
            print(f"{component.name:34} {'':14} {component.licence}  ({component.note})")
    return 0
