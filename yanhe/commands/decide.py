"""``yanhe decide CASE.json``: what the service pack demands of a family, what it says of the papers shown, and what it decides.

Exit status: 0 when every case was evaluated (whatever the decision), 2 when a file, a case or a pack cannot be used.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.policy import (
    Answers,
    CaseFormatError,
    CaseInput,
    Evaluation,
    Pack,
    PackError,
    builtin_packs,
    evaluate,
    load_pack,
    to_expected_json,
)
from kiosk.texts import say

_MARKS = {"match": "✔", "mismatch": "✘", "ask": "?", "unreadable": "?", "not_applicable": "–"}


class Unusable(Exception):
    """Nothing can be decided; the message says why."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", type=Path, metavar="CASE.json", help="a family, or a file with a list of families")
    parser.add_argument("--family", metavar="ID", help="only this family of a file with several")
    parser.add_argument("--pack", type=Path, metavar="DIR", help="use this service pack instead of the case's own")
    parser.add_argument("--confirm-asks", action="store_true", help="answer every question with yes")
    parser.add_argument("--unfinished", action="store_true", help="the visit still goes on: nothing is missing yet")
    parser.add_argument("--json", action="store_true", help="one JSON object a family")


def run(args: argparse.Namespace) -> int:
    try:
        packs = _packs(args.pack)
        for name, data in cases_in(args.case, args.family):
            case = case_of(name, data)
            pack = packs.get(case.policy) or packs.get("")
            if pack is None:
                raise Unusable(f"{name}: no service pack {case.policy!r}; known: {', '.join(sorted(packs))}")
            evaluation = decide(pack, case, confirm_asks=args.confirm_asks, visit_over=not args.unfinished)
            if args.json:
                print(json.dumps({"case": name, **to_expected_json(pack, evaluation)}, ensure_ascii=False))
            else:
                print("\n".join(summary(name, pack, evaluation)))
    except Unusable as error:
        print(
            json.dumps({"error": str(error)}, ensure_ascii=False) if args.json else f"yanhe decide: {error}",
            file=_out(args),
        )
        return 2
    return 0


def _out(args: argparse.Namespace) -> Any:
    return sys.stdout if args.json else sys.stderr


def _packs(folder: Path | None) -> Mapping[str, Pack]:
    """The built-in packs, or the given one for every case."""
    try:
        return {"": load_pack(folder)} if folder else builtin_packs()
    except PackError as error:
        raise Unusable(str(error)) from error


def cases_in(path: Path, family: str | None) -> list[tuple[str, Any]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise Unusable(f"{path}: not JSON: it is no UTF-8 text") from error
    except OSError as error:
        raise Unusable(f"{path}: cannot be read: {error.strerror}") from error
    except json.JSONDecodeError as error:
        raise Unusable(f"{path}:{error.lineno}: not JSON: {error.msg}") from error
    families = data.get("families") if isinstance(data, dict) else data
    if not isinstance(families, list):
        families = [data]
    named = [(str(f.get("id", path.stem)) if isinstance(f, dict) else path.stem, f) for f in families]
    chosen = [(name, f) for name, f in named if family in (None, name)]
    if not families:
        raise Unusable(f"{path}: there is no family in it")
    if not chosen:
        raise Unusable(f"{path}: no family {family!r}; there are {', '.join(name for name, _ in named)}")
    return chosen


def case_of(name: str, data: Any) -> CaseInput:
    try:
        return CaseInput.from_json(data)
    except CaseFormatError as error:
        raise Unusable(f"{name}: {error}") from error


def decide(pack: Pack, case: CaseInput, *, confirm_asks: bool, visit_over: bool = True) -> Evaluation:
    """The evaluation; with ``confirm_asks`` after every question, and every one that follows from it, was answered with yes."""
    answers = Answers()
    evaluation = evaluate(pack, case, answers, visit_over=visit_over)
    while confirm_asks:
        fresh = {q.id: True for q in evaluation.questions if q.id not in answers.questions}
        if not fresh:
            break
        answers = Answers(questions={**answers.questions, **fresh})
        evaluation = evaluate(pack, case, answers, visit_over=visit_over)
    return evaluation


def summary(name: str, pack: Pack, evaluation: Evaluation) -> list[str]:
    """The evaluation for people, in Chinese."""
    lines = [f"{name} · {say(pack.title.text())} · {pack.id} {pack.version}"]
    for decision in evaluation.decisions:
        index = decision.application
        lines.append(f"  申请 {index + 1}: {decision.decision} {decision.category or ''}".rstrip())
        lines += [
            f"    {m.state.value:18} {m.material} {say(m.name)} — {say(m.why)}"
            for m in evaluation.materials
            if m.application == index
        ]
        lines += [
            f"    {_MARKS[v.settled]} {v.doc_id} {say(v.label)}: {say(v.why)}"
            for v in evaluation.field_verdicts
            if v.application == index and v.settled != "match"
        ]
        lines += [
            f"    {_MARKS[c.settled]} {c.code} {say(c.why)}" for c in evaluation.cross_checks if c.application == index
        ]
        for reason in decision.reasons:
            curable = "可在补验日补正" if reason.curable else "本年度不能补正"
            lines.append(f"    → {reason.code} {say(reason.text)}: {reason.about}（{curable}）")
        lines += [f"    … {say(line)}" for line in decision.outstanding]
    return lines
