"""``yanhe-central``: run the platform, bring applications in, let desks in, read results."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from central import log_cli, people_cli, serving
from central.enrolment import new_code
from central.importing import ImportProblem, import_records, records_in
from central.packs import VersionTaken, issue
from central.platform import Platform
from central.problems import ApiProblem
from central.results import all_results
from central.serving import ServeProblem
from central.staff import StaffProblem
from kiosk.policy import PackError

DATA_VARIABLE = "YANHE_CENTRAL_DATA"
DATABASE_VARIABLE = "YANHE_CENTRAL_DATABASE"


def main(argv: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    folder: Path = options.data
    platform = Platform.open(folder, os.environ.get(DATABASE_VARIABLE))
    try:
        return options.run(platform, options)
    except (ImportProblem, StaffProblem, PackError, VersionTaken, ServeProblem, OSError, json.JSONDecodeError) as error:
        print(f"yanhe-central: {error}", file=sys.stderr)
        return 1
    except ApiProblem as problem:
        print(f"yanhe-central: {problem.code}", file=sys.stderr)
        return 1
    finally:
        platform.database.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yanhe-central", description="验核台: the central platform")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data",
        type=Path,
        default=Path(os.environ.get(DATA_VARIABLE) or Path.home() / ".local" / "share" / "yanhe-central"),
        metavar="DIR",
        help=f"where the platform keeps its data (default: ${DATA_VARIABLE} or ~/.local/share/yanhe-central)",
    )

    serving.add_command(commands, common)

    imports = commands.add_parser("import", parents=[common], help="bring applications in")
    imports.add_argument("file", type=Path, help="JSON: a list of ApplicationRecord, or a families.json")
    imports.add_argument("--district", default="", help="name of the district, for schools seen for the first time")
    imports.set_defaults(run=_import)

    code = commands.add_parser("enrol-code", parents=[common], help="print a one-time code that makes a machine a desk")
    code.add_argument("--school", required=True, metavar="CODE")
    code.add_argument("--desk-name", default="", metavar="NAME")
    code.set_defaults(run=_enrol_code)

    pack = commands.add_parser("pack", parents=[common], help="issue a service pack: all desks get it, signed")
    pack.add_argument("folder", type=Path, metavar="DIR")
    pack.set_defaults(run=_pack)

    people_cli.add_commands(commands, common)
    log_cli.add_commands(commands, common)

    results = commands.add_parser("results", parents=[common], help="what was decided")
    results.add_argument("--json", action="store_true", help="one object a line")
    results.set_defaults(run=_results)
    return parser


def _import(platform: Platform, options: argparse.Namespace) -> int:
    records = records_in(json.loads(options.file.read_text(encoding="utf-8")))
    with platform.database.writing() as session:
        counts = import_records(session, records, options.district)
    print(f"new {counts.new}, changed {counts.changed}, unchanged {counts.unchanged}")
    return 0


def _pack(platform: Platform, options: argparse.Namespace) -> int:
    with platform.database.writing() as session:
        pack = issue(session, options.folder, platform.key)
    print(f"issued {pack.id} {pack.version}")
    return 0


def _enrol_code(platform: Platform, options: argparse.Namespace) -> int:
    with platform.database.writing() as session:
        print(new_code(session, options.school, options.desk_name))
    return 0


def _results(platform: Platform, options: argparse.Namespace) -> int:
    with platform.database.reading() as session:
        results = all_results(session)
    for result in results:
        if options.json:
            print(result.model_dump_json())
        else:
            standing = result.standing
            outcome = f"{standing.decision} {standing.paper_no} {standing.at}" if standing else "open"
            mark = "  CONFLICT" if result.conflicting else "  SETTLED" if result.settlement else ""
            print(f"{result.application_no}  {outcome}{mark}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
