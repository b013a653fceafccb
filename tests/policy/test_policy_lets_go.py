"""A desk decides all day and a district all year: nothing of a decided family may stay behind."""

from __future__ import annotations

import gc
import weakref

from kiosk.policy import Answers, CaseInput, builtin_packs, evaluate
from practice.generated import families


def test_a_decided_family_is_forgotten() -> None:
    kept: list[weakref.ref[CaseInput]] = []
    for data in families(6, 7):
        case = CaseInput.from_json(data)
        evaluate(builtin_packs()[data["policy"]], case, Answers(), visit_over=True)
        kept.append(weakref.ref(case))
        del case
    gc.collect()
    assert [reference() for reference in kept] == [None] * 6
