"""``yanhe pack explain`` and ``yanhe pack diff``: packs against cases."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kiosk.policy import load_pack
from kiosk.policy.case_input import CaseInput
from kiosk.policy.explain import MaterialExplained, explain
from kiosk.policy.pack import Pack
from kiosk.policy.pack_diff import ApplicationDiff, DiffSummary, compare_evaluations
from kiosk.texts import Text, say, text
from yanhe.commands.decide import Unusable, case_of, cases_in, decide


def run_explain(args: argparse.Namespace) -> int:
    pack = load_pack(args.folder)
    for name, data in cases_in(args.case, args.family):
        materials = [m for m in explain(pack, case_of(name, data)) if m.needed or args.all]
        if args.json:
            found = [_explained_data(m, args.language) for m in materials]
            pack_data = {"id": pack.id, "version": pack.version}
            print(json.dumps({"case": name, "pack": pack_data, "materials": found}, ensure_ascii=False))
        else:
            print(f"{name} · {say(pack.title.text(), args.language)} · {pack.id} {pack.version}")
            for material in materials:
                for line in _explained_lines(pack, material):
                    print(say(line, args.language) if isinstance(line, Text) else line)
    return 0


def _explained_data(material: MaterialExplained, language: str) -> dict[str, Any]:
    return {
        "application": material.application,
        "material": material.material,
        "name": say(material.name, language),
        "needed": material.needed,
        "occasions": [
            {
                "when": o.when,
                "holds": o.holds,
                "rule": o.rule,
                "why": say(o.why, language),
                "facts": [
                    {"name": f.name, "label": say(f.label, language), "value": f.value, "words": say(f.words, language)}
                    for f in o.facts
                ],
            }
            for o in material.tried
        ],
        "holders": list(material.holders),
        "one_is_enough": material.one_is_enough,
        "state": material.state,
        "departments": [asdict(answer) for answer in material.answers],
        "waived_by": asdict(material.waived_by) if material.waived_by else None,
        "waivable": not material.not_waivable,
    }


def _explained_lines(pack: Pack, material: MaterialExplained) -> Iterator[Text]:
    known = {"material": material.material, "name": material.name, "number": material.application + 1}
    if material.needed:
        yield text("pack.explain.needed", **known, why=material.tried[-1].why)
    elif material.tried and material.tried[-1].holds:
        yield text("pack.explain.nobody", **known)
    else:
        yield text("pack.explain.not_needed", **known)
    for occasion in material.tried if not material.needed else material.tried[-1:]:
        holds = text("pack.value.yes" if occasion.holds else "pack.value.no")
        yield text("pack.explain.rule", rule=occasion.rule, when=occasion.when, holds=holds)
        for fact in occasion.facts:
            yield text("pack.explain.fact", label=fact.label, name=fact.name, words=fact.words)
    if not material.needed:
        return
    if len(material.holders) > 1:
        key = "pack.explain.one_of" if material.one_is_enough else "pack.explain.each_of"
        who = pack.role_name(material.holders[0])
        for role in material.holders[1:]:
            who = text("pack.value.and", first=who, second=pack.role_name(role))
        yield text(key, who=who)
    waiver = material.waived_by
    if waiver is not None:
        yield text("pack.explain.waived", department=waiver.department, date=waiver.date, detail=waiver.detail)
        return
    for answer in material.answers:
        result = text(f"pack.answer.{answer.result}") if answer.result in _RESULTS else answer.result
        yield text("pack.explain.answer", department=answer.department, date=answer.date, result=result)
    if material.answers:
        yield text("pack.explain.not_waivable" if material.not_waivable else "pack.explain.not_waived")


_RESULTS = ("matched", "conflict", "not_found", "unavailable", "locked", "same_family")


def run_diff(args: argparse.Namespace) -> int:
    before, after = load_pack(args.before), load_pack(args.after)
    summary, skipped = DiffSummary(), 0
    for name, data in _stored_cases(args.cases):
        case = case_of(name, data)
        if case.policy != before.id:
            skipped += 1
            continue
        for diff in _compared(before, after, case, args.confirm_asks):
            summary.add(diff)
            if args.json:
                print(json.dumps({"case": name, "same": diff.same, **asdict(diff)}, ensure_ascii=False))
            elif not diff.same:
                _say_lines(name, diff, args.language)
    if args.json:
        print(json.dumps({"summary": {**vars(summary), "of_other_packs": skipped}}, ensure_ascii=False))
    else:
        _say_summary(before, after, summary, skipped, args.language)
    return 0


def _compared(before: Pack, after: Pack, case: CaseInput, confirm: bool) -> tuple[ApplicationDiff, ...]:
    one, other = (decide(pack, case, confirm_asks=confirm) for pack in (before, after))
    return compare_evaluations(one, other)


def _stored_cases(path: Path) -> Iterator[tuple[str, Any]]:
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise Unusable(f"{path}: there is no case in it")
    for file in files:
        yield from cases_in(file, None)


def _say_lines(name: str, diff: ApplicationDiff, language: str) -> None:
    print(say(text("pack.diff.case", name=name, number=diff.application + 1), language))
    lines: list[Text] = []
    for change, key in ((diff.decision, "decision"), (diff.category, "category")):
        if change:
            lines.append(text(f"pack.diff.{key}", before=change[1], after=change[2]))
    for key in ("materials_added", "materials_dropped", "reasons_added", "reasons_dropped"):
        lines += [text(f"pack.diff.{key}", what=what) for what in getattr(diff, key)]
    for key in ("materials_changed", "fields", "checks"):
        for what, old, new in getattr(diff, key):
            nothing = text("pack.value.nothing")
            lines.append(text(f"pack.diff.{key}", what=what, before=old or nothing, after=new or nothing))
    for line in lines:
        print("  " + say(line, language))


def _say_summary(before: Pack, after: Pack, summary: DiffSummary, skipped: int, language: str) -> None:
    versions = {"before": f"{before.id} {before.version}", "after": f"{after.id} {after.version}"}
    lines = [text("pack.diff.summary", **versions, count=summary.applications, changed=summary.changed)]
    parts: tuple[tuple[str, Counter[str]], ...] = (
        ("decisions", summary.decisions),
        ("materials_added", summary.materials_added),
        ("materials_dropped", summary.materials_dropped),
        ("reasons_added", summary.reasons_added),
        ("reasons_dropped", summary.reasons_dropped),
    )
    for key, counted in parts:
        lines += [text(f"pack.diff.total.{key}", what=what, count=count) for what, count in counted.most_common()]
    if skipped:
        lines.append(text("pack.diff.skipped", count=skipped))
    for line in lines:
        print(say(line, language))
