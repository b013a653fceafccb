"""``yanhe verify-receipt IMAGE|TEXT``: is this receipt or slip ours, what does it say, and what does that not prove.

Exit status: 0 every code is valid, 1 something is not, 2 there was nothing usable to look at.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from kiosk.paper.build import KINDS, printed_day
from kiosk.paper.code import CodeFields, Verified, verify
from kiosk.paper.reading import UnusableFile, codes_in_file
from kiosk.paper.signing import KeyringError, load_keyring
from kiosk.settings import home
from kiosk.texts import Text, say, text

VALID, NOT_VALID, UNUSABLE = 0, 1, 2
KEYS_FILE = "trusted-keys.json"
_OURS = "YHR"
_DECISIONS = {kind: decision for decision, kind in KINDS.items()}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "inputs", nargs="+", metavar="IMAGE|TEXT", help="picture or PDF of the paper, or the text of its code"
    )
    parser.add_argument(
        "--keys", type=Path, metavar="FILE", help=f"public keys of the desks (default: {KEYS_FILE} of this desk)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: argparse.Namespace) -> int:
    path = args.keys or home() / KEYS_FILE
    try:
        keys = load_keyring(path)
    except KeyringError as error:
        _say_unusable(str(path), text("paper.verify.unusable.no_keys", detail=str(error)), as_json=args.json)
        return UNUSABLE
    worst = VALID
    for given in args.inputs:
        try:
            codes = _codes(given)
        except UnusableFile as error:
            _say_unusable(given, text(f"paper.verify.unusable.{error.why}"), as_json=args.json)
            worst = UNUSABLE
            continue
        for code in codes:
            answer = verify(code, keys)
            _say_answer(given, answer, as_json=args.json)
            worst = max(worst, VALID if answer.ok else NOT_VALID)
    return worst


def _codes(given: str) -> tuple[str, ...]:
    """The codes to judge: the text itself, or what a file shows — ours if there are any, else whatever was found."""
    given = given.strip()
    if given.startswith(_OURS):
        return (given,)
    if not _names_a_file(given):
        return (given,) if given else _nothing()
    found = codes_in_file(Path(given))
    return tuple(code for code in found if code.startswith(_OURS)) or found or _nothing()


def _names_a_file(given: str) -> bool:
    if Path(given).suffix or Path(given).parent != Path():
        return True
    try:
        return Path(given).exists()
    except (OSError, ValueError):  # too long or impossible as a name
        return False


def _nothing() -> tuple[str, ...]:
    raise UnusableFile("no_code")


def _say_answer(given: str, answer: Verified, *, as_json: bool) -> None:
    if as_json:
        known = _known(answer.fields) if answer.fields else {}
        _print_json({"input": given, "ok": answer.ok, "why": answer.why.key, "text": say(answer.why), **known})
        return
    print(("✔ " if answer.ok else "✘ ") + say(answer.why))
    if answer.fields and answer.ok:
        for label, value in _lines(answer.fields):
            print(f"  {label}：{value}")
        print(say(text("paper.verify.compare")))
        print(say(text("paper.verify.not_proved")))


def _lines(fields: CodeFields) -> list[tuple[str, str]]:
    return [
        (say(text("paper.verify.label.kind")), say(text(f"paper.kind.{fields.kind}"))),
        (say(text("paper.label.paper_no")), fields.paper_no),
        (say(text("paper.label.application_no")), fields.application_no),
        (say(text("paper.verify.label.decision")), say(text(f"paper.verify.decision.{fields.kind}"))),
        (say(text("paper.verify.label.date")), printed_day(fields.date.isoformat(), weekday=True)),
        (say(text("paper.verify.label.desk")), fields.desk_id),
    ]


def _known(fields: CodeFields) -> dict[str, Any]:
    return {
        "kind": str(fields.kind),
        "practice": fields.practice,
        "decision": _DECISIONS[fields.kind],
        "paper_no": fields.paper_no,
        "application_no": fields.application_no,
        "date": fields.date.isoformat(),
        "desk_id": fields.desk_id,
        "digest": fields.digest,
    }


def _say_unusable(given: str, why: Text, *, as_json: bool) -> None:
    if as_json:
        _print_json({"input": given, "error": why.key.rsplit(".", 1)[-1], "text": say(why)})
    else:
        print(f"? {given}：{say(why)}")


def _print_json(answer: dict[str, Any]) -> None:
    print(json.dumps(answer, ensure_ascii=False))
