"""``yanhe-central audit …`` and ``import-events``: is the log whole, and acts that come on a stick."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from central.audit import future_dated, receipt_head, verify
from central.image_retention import retire
from central.packs import newest_packs
from central.parcels import take_folder
from central.platform import Platform
from kiosk.policy import builtin_packs

DEFAULT_DAYS = 30  # for applications whose pack the platform does not have


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

    old = commands.add_parser(
        "retire-images", parents=[common], help="delete pictures whose time is over; run it every day"
    )
    old.add_argument("--days", type=int, metavar="N", help="instead of each pack's image_retention_days")
    old.set_defaults(run=_retire_images)

    parcels = commands.add_parser(
        "import-events",
        parents=[common],
        help="take desks' parcels from a folder (a USB stick) and write the answers beside them",
    )
    parcels.add_argument("folder", type=Path, metavar="DIR")
    parcels.set_defaults(run=_import_events)


def _retire_images(platform: Platform, options: argparse.Namespace) -> int:
    with platform.database.writing() as session:
        issued = {pack.id: pack.image_retention_days for pack in newest_packs(session)}
        days = {**{name: pack.image_retention_days for name, pack in builtin_packs().items()}, **issued}

        def keep_days(pack: str) -> int:
            return options.days if options.days is not None else days.get(pack, DEFAULT_DAYS)

        gone = retire(session, platform.images, datetime.now(UTC), keep_days)
    print(f"{gone} pictures deleted")
    return 0


def _verify(platform: Platform, options: argparse.Namespace) -> int:
    number, _, digest = (options.head or "").partition(":")
    if options.head and not (number.isdigit() and digest):
        print("yanhe-central: --head is NUMBER:HASH as `audit head` prints it", file=sys.stderr)
        return 2
    with platform.database.reading() as session:
        faults = verify(session, (int(number), digest) if options.head else None)
        newest, _ = receipt_head(session)
        ahead = [(event.desk_id, event.seq) for event in future_dated(session)]
    for fault in faults:
        print(fault)
    for desk_id, seq in ahead:
        print(f"note: dated more than a day ahead  {desk_id}  {seq}")
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
