"""The command line: one table of commands, each in its own module, imported only when called."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from kiosk.settings import SettingsProblem
from yanhe.private_memory import no_core_dumps

# name → (module, one line of help)
COMMANDS = {
    "desk": ("yanhe.commands.desk", "the desk app (also when no command is given)"),
    "demo": ("yanhe.commands.demo", "everything on this machine with nothing to set up"),
    "read": ("yanhe.commands.read", "what the scanner sees in images; verdicts for expected values"),
    "pack": ("yanhe.commands.pack", "check, explain, compare, sign and verify service packs"),
    "decide": ("yanhe.commands.decide", "what the service pack demands and decides, with reasons"),
    "verify-receipt": ("yanhe.commands.verify_receipt", "is this receipt or slip ours, and what does it say"),
    "tally": ("yanhe.commands.tally", "the day's numbers from the log, checked against each other"),
    "doctor": ("yanhe.commands.doctor", "self-test of camera, recognition, printers, store, clock, network, disk"),
    "export": ("yanhe.commands.exchange", "what waits for the platform, encrypted, into a folder (a USB stick)"),
    "import": ("yanhe.commands.exchange", "the platform's answers and news from a folder (a USB stick)"),
    "about": ("yanhe.commands.about", "which program this is, and the licences of its parts"),
    "retire": ("yanhe.commands.retire", "the season is over: this machine stops being a desk and forgets its families"),
    "enrol": ("yanhe.commands.enrol", "make this machine a desk of a school, with a one-time code"),
}


def main(argv: Sequence[str] | None = None) -> int:
    no_core_dumps()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help")):
        arguments.insert(0, "desk")
    parser = argparse.ArgumentParser(prog="yanhe", description="验核台: check originals against online applications")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, help_line) in COMMANDS.items():
        sub = commands.add_parser(name, help=help_line)
        if arguments[0] == name:
            importlib.import_module(module).configure(sub)
    namespace = parser.parse_args(arguments)
    try:
        return importlib.import_module(COMMANDS[namespace.command][0]).run(namespace)
    except SettingsProblem as problem:
        print(f"yanhe: {problem}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
