"""``yanhe decide CASE.json``: what the service pack demands of a family, what it says of the papers shown, and what it decides.

A .jsonl file has one family a line and may be of any length. Exit status: 0 when every case was evaluated (whatever the decision), 2
when a file, a case or a pack cannot be used; the other cases are decided all the same.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
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
    period_of,
    to_expected_json,
    unknown_words,
)
from kiosk.policy.expressions import ExpressionError
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
    """Every family that can be used is decided; one that cannot is said in its place, and the exit status tells."""
    failed = False
    try:
        packs = _packs(args.pack)
        for name, data in cases_in(args.case, args.family):
            try:
                answer = _answer(args, packs, name, data)
            except Unusable as error:
                failed = True
                _refuse(args, str(error), case=name)
            else:
                print(answer)
    except Unusable as error:
        failed = True
        _refuse(args, str(error))
    return 2 if failed else 0


def _answer(args: argparse.Namespace, packs: Mapping[str, Pack], name: str, data: Any) -> str:
    case = case_of(f"{args.case}: {name}", data)
    pack = packs.get(case.policy) or packs.get("")
    if pack is None:
        raise Unusable(
            f"{args.case}: {name}: policy: there is no service pack {case.policy!r}; known: {', '.join(sorted(packs))}"
        )
    unknown = [f"applications[{i}].{u}" for i in range(len(case.applications)) for u in unknown_words(pack, case, i)]
    if unknown:
        raise Unusable("\n".join(f"{args.case}: {name}: {line}" for line in unknown))
    try:
        evaluation = decide(pack, case, confirm_asks=args.confirm_asks, visit_over=not args.unfinished)
    except ExpressionError as error:
        raise Unusable(f"{args.case}: {name}: the pack {pack.id} cannot judge it: {error}") from error
    warnings = _warnings(pack, case)
    if args.json:
        period = period_of(pack.calendar, case.desk_date)
        found = {"case": name, **to_expected_json(pack, evaluation)}
        found["period"] = {"day": period.day, "is": period.kind, "supplement_days_left": list(period.days_left)}
        return json.dumps({**found, "warnings": warnings}, ensure_ascii=False)
    return "\n".join([*summary(name, pack, evaluation), *(f"  ! {line}" for line in warnings)])


def _refuse(args: argparse.Namespace, message: str, **more: str) -> None:
    if args.json:
        print(json.dumps({**more, "error": message}, ensure_ascii=False))
    else:
        print(f"yanhe decide: {message}", file=sys.stderr)


def _warnings(pack: Pack, case: CaseInput) -> list[str]:
    """What was in the case and did not count."""
    found = [
        f"documents: {d.doc_id}: {d.material} is no material of {pack.id}; it was not compared"
        for d in case.documents
        if d.material not in pack.materials
    ]
    if period_of(pack.calendar, case.desk_date).kind in ("early", "between", "over"):
        found.append(f"desk.date: {case.desk_date} is no day of verification in {pack.id}")
    return found


def _packs(folder: Path | None) -> Mapping[str, Pack]:
    """The built-in packs, or the given one for every case."""
    try:
        return {"": load_pack(folder)} if folder else builtin_packs()
    except PackError as error:
        raise Unusable(str(error)) from error


def cases_in(path: Path, family: str | None) -> Iterator[tuple[str, Any]]:
    """(name, family) one after the other; a .jsonl file is read line by line, however long it is."""
    found: list[str] = []
    for name, data in _lines(path) if path.suffix in (".jsonl", ".ndjson") else _whole(path):
        if family in (None, name):
            yield name, data
        elif len(found) < 20:
            found.append(name)
        if family == name:
            return
    if family is not None:
        raise Unusable(f"{path}: no family {family!r}; there are {', '.join(found)}")


def _lines(path: Path) -> Iterator[tuple[str, Any]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    try:
                        data = json.loads(line)
                    except json.JSONDecodeError as error:
                        raise Unusable(f"{path}:{number}: not JSON: {error.msg}") from error
                    yield _name(data, f"line {number}"), data
    except UnicodeDecodeError as error:
        raise Unusable(f"{path}: not JSON: it is no UTF-8 text") from error
    except OSError as error:
        raise Unusable(f"{path}: cannot be read: {error.strerror}") from error


def _whole(path: Path) -> Iterator[tuple[str, Any]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise Unusable(f"{path}: not JSON: it is no UTF-8 text") from error
    except OSError as error:
        raise Unusable(f"{path}: cannot be read: {error.strerror}") from error
    except json.JSONDecodeError as error:
        raise Unusable(f"{path}:{error.lineno}: not JSON: {error.msg}") from error
    except RecursionError as error:
        raise Unusable(f"{path}: not a family: it is nested too deeply") from error
    families = data.get("families") if isinstance(data, dict) else data
    if not isinstance(families, list):
        families = [data]
    if not families:
        raise Unusable(f"{path}: there is no family in it")
    for family in families:
        yield _name(family, path.stem), family


def _name(data: Any, otherwise: str) -> str:
    return str(data.get("id", otherwise)) if isinstance(data, dict) else otherwise


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
