"""``yanhe-central staff …``, ``desks``, ``revoke-desk``, ``restore-desk``, ``refusals``: who may work, and which machines may."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

from central.own_pins import WORDS, changes_listed
from central.platform import Platform
from central.refusals import refusals
from central.revocation import listed as desks_listed
from central.revocation import restore, revoke
from central.staff import StaffLine, StaffProblem, lines_in, listed, person, put, roles_in, set_active, set_pin
from kiosk.people.pins import Argon2Pins, new_pin


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """``commands``: the sub-parsers of yanhe-central; each command's function becomes its default ``run(platform, options)``."""
    _add_staff(commands.add_parser("staff", help="the staff of the schools: roles and PINs"), common)

    desks = commands.add_parser("desks", parents=[common], help="the enrolled desks, and which are revoked")
    desks.set_defaults(run=_desks)

    away = commands.add_parser("revoke-desk", parents=[common], help="refuse a desk from now on: lost, stolen, retired")
    away.add_argument("desk", metavar="DESK", help="its id, like X01-7Q2K (`desks` lists them)")
    away.add_argument("--why", default="", metavar="TEXT", help="kept for the record, shown nowhere else")
    away.set_defaults(run=_revoke)

    back = commands.add_parser("restore-desk", parents=[common], help="let a revoked desk work again")
    back.add_argument("desk", metavar="DESK")
    back.set_defaults(run=_restore)

    refused = commands.add_parser("refusals", parents=[common], help="what desks asked for and were not given")
    refused.add_argument("--limit", type=int, default=100, metavar="N")
    refused.set_defaults(run=_refusals)


def _add_staff(staff: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    verbs = staff.add_subparsers(required=True, metavar="WHAT")
    of_school = argparse.ArgumentParser(add_help=False, parents=[common])
    of_school.add_argument("--school", required=True, metavar="CODE")
    one = argparse.ArgumentParser(add_help=False, parents=[of_school])
    one.add_argument("--number", required=True, metavar="NUMBER")

    imports = verbs.add_parser("import", parents=[common], help="CSV with school, staff_no, name, roles, active")
    imports.add_argument("file", type=Path)
    imports.add_argument("--school", default="", metavar="CODE", help="where the file has no such column")
    imports.set_defaults(run=_import)

    add = verbs.add_parser("add", parents=[one], help="one person; again to change name or roles")
    add.add_argument("--name", required=True)
    add.add_argument("--roles", required=True, help="verifier, supervisor, it; several with commas")
    add.set_defaults(run=_add)

    pin = verbs.add_parser("set-pin", parents=[one], help="ask for a PIN (or read it from standard input)")
    pin.add_argument("--new", action="store_true", help="draw one and print it, this once")
    pin.set_defaults(run=_set_pin)

    first = verbs.add_parser(
        "first-pins", parents=[of_school], help="draw a PIN for everybody who has none; print once"
    )
    first.set_defaults(run=_first_pins)

    own = verbs.add_parser(
        "pin-changes", parents=[of_school], help="PINs that people changed at a desk, and which hold"
    )
    own.set_defaults(run=_pin_changes)

    for word, active in (("disable", False), ("enable", True)):
        verb = verbs.add_parser(word, parents=[one], help="from the next contact of each desk on")
        verb.set_defaults(run=lambda platform, options, active=active: _active(platform, options, active))

    lists = verbs.add_parser("list", parents=[common], help="number, name, roles, whether a PIN is set")
    lists.add_argument("--school", default="", metavar="CODE")
    lists.set_defaults(run=_list)


def _import(platform: Platform, options: argparse.Namespace) -> int:
    lines = lines_in(options.file.read_bytes(), options.school)
    with platform.database.writing() as session:
        counts = put(session, lines)
    print(f"new {counts.new}, changed {counts.changed}, unchanged {counts.unchanged}")
    return 0


def _add(platform: Platform, options: argparse.Namespace) -> int:
    number = options.number.strip().upper()
    with platform.database.writing() as session:
        put(session, [StaffLine(options.school, number, options.name.strip(), roles_in(options.roles), True)])
    return 0


def _set_pin(platform: Platform, options: argparse.Namespace) -> int:
    drawn = new_pin(options.number) if options.new else ""
    pin = drawn or _asked()
    with platform.database.writing() as session:
        set_pin(session, options.school, options.number, pin, Argon2Pins())
    if drawn:
        print(drawn)
    return 0


def _asked() -> str:
    """Twice at a terminal, because nobody sees what is typed; once from a pipe."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    pin = getpass.getpass("PIN: ")
    if getpass.getpass("PIN, again: ") != pin:
        raise StaffProblem("the two are not the same")
    return pin


def _first_pins(platform: Platform, options: argparse.Namespace) -> int:
    with platform.database.reading() as session:
        numbers = [row.staff_no for row in listed(session, options.school) if row.active and not row.verifier]
    pins = Argon2Pins()
    for number in numbers:
        pin = new_pin(number)
        with platform.database.writing() as session:
            set_pin(session, options.school, number, pin, pins)
            name = person(session, options.school, number).name
        print(f"{number}\t{name}\t{pin}", flush=True)
    return 0


def _pin_changes(platform: Platform, options: argparse.Namespace) -> int:
    with platform.database.reading() as session:
        for event, why in changes_listed(session, options.school):
            at = event.received_at.astimezone().isoformat(timespec="seconds")
            print(f"{at}  {event.desk_id}  {event.actor}  {WORDS[why]}")
    return 0


def _active(platform: Platform, options: argparse.Namespace, active: bool) -> int:
    with platform.database.writing() as session:
        set_active(session, options.school, options.number, active)
    return 0


def _list(platform: Platform, options: argparse.Namespace) -> int:
    with platform.database.reading() as session:
        for row in listed(session, options.school):
            marks = ("" if row.active else "  disabled") + ("" if row.verifier else "  no PIN")
            print(f"{row.school_code}  {row.staff_no}  {row.name}  {row.roles}{marks}")
    return 0


def _desks(platform: Platform, options: argparse.Namespace) -> int:
    with platform.database.reading() as session:
        for desk in desks_listed(session):
            seen = desk.last_seen_at.astimezone().isoformat(timespec="minutes")
            gone = desk.revoked_at.astimezone().isoformat(timespec="minutes") if desk.revoked_at else ""
            revoked = f"  REVOKED {gone} {desk.revoked_why}".rstrip() if gone else ""
            print(f"{desk.desk_id}  {desk.name}  last seen {seen}{revoked}")
    return 0


def _revoke(platform: Platform, options: argparse.Namespace) -> int:
    with platform.database.writing() as session:
        desk = revoke(session, options.desk, options.why)
        print(f"revoked {desk.desk_id}")
    return 0


def _restore(platform: Platform, options: argparse.Namespace) -> int:
    with platform.database.writing() as session:
        print(f"restored {restore(session, options.desk).desk_id}")
    return 0


def _refusals(platform: Platform, options: argparse.Namespace) -> int:
    with platform.database.reading() as session:
        for row in refusals(session, options.limit):
            print(f"{row.at.astimezone().isoformat(timespec='seconds')}  {row.desk_id}  {row.what}  {row.target}")
    return 0
