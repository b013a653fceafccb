"""``yanhe-central audit …`` and ``import-events``: is the log whole, and acts that come on a stick."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from central.audit import receipt_head, verify
from central.parcels import take_folder
from central.platform import Platform


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """``commands``: the sub-parsers of yanhe-central; each command's function becomes its default ``run(platform, options)``."""
    audit = commands.add_parser("audit", help="the log: is anything altered, missing or reordered")
    kinds = audit.add_subparsers(required=True, metavar="WHAT")
    check = kinds.add_parser(
        "verify", parents=[common], help="follow every chain; exit status 1 when anything is wrong"
    )
    check.add_argument(
        "--head", metavar="NUMBER:HASH", help="a head written down earlier, which must still be in the chain"
    )
    check.set_defaults(run=_verify)
    head = kinds.add_parser(
        "head", parents=[common], help="the newest receipt, to be written down outside the platform"
    )
    head.set_defaults(run=_head)

    parcels = commands.add_parser(
        "import-events",
        parents=[common],
        help="take desks' parcels from a folder (a USB stick) and write the answers beside them",
    )
    parcels.add_argument("folder", type=Path, metavar="DIR")
    parcels.set_defaults(run=_import_events)


def _verify(platform: Platform, options: argparse.Namespace) -> int:
    number, _, digest = (options.head or "").partition(":")
    if options.head and not (number.isdigit() and digest):
        print("yanhe-central: --head is NUMBER:HASH as `audit head` prints it", file=sys.stderr)
        return 2
    with platform.database.reading() as session:
        faults = verify(session, (int(number), digest) if options.head else None)
        newest, _ = receipt_head(session)
    for fault in faults:
        print(fault)
    print(f"{newest} events, {len(faults)} faults")
    return 1 if faults else 0


def _head(platform: Platform, options: argparse.Namespace) -> int:
    with platform.database.reading() as session:
        number, digest = receipt_head(session)
    print(f"{number}:{digest}")
    return 0


def _import_events(platform: Platform, options: argparse.Namespace) -> int:
    taken = take_folder(platform, options.folder)
    for one in taken:
        if one.problem:
            print(f"{one.path.name}: {one.problem}", file=sys.stderr)
            continue
        print(
            f"{one.path.name}: {one.desk_id}, accepted {one.accepted}, known {one.duplicates}, refused {one.refused},"
            f" pictures {one.images}; answer: {one.answer.name if one.answer else '-'}"
        )
    if not taken:
        print("no parcels of desks here", file=sys.stderr)
    return 1 if not taken or any(one.problem for one in taken) else 0
