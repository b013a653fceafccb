"""Strategies for whole families, and the ways in which one printed value may be altered."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import strategies as st

from kiosk.policy import Answers, Evaluation, FieldVerdict
from practice.generated import FAMILIES, HOUSING, HUKOU, PACKS, PRIVILEGES, Plan, family

plans = st.builds(
    lambda **kinds: Plan(**kinds).possible,
    pack=st.sampled_from(PACKS),
    hukou=st.sampled_from(HUKOU),
    housing=st.sampled_from(HOUSING),
    family=st.sampled_from(("together", *FAMILIES)),
    privilege=st.sampled_from(("", "", *PRIVILEGES)),
    collective=st.booleans(),
    waived=st.booleans(),
    city_parent=st.booleans(),
    one_booklet=st.booleans(),
    early_lease=st.booleans(),
    business=st.booleans(),
    twins=st.booleans(),
    styles=st.booleans(),
)


@st.composite
def families(draw: st.DrawFn) -> dict[str, Any]:
    """A whole family of some category whose every fact agrees."""
    return family(draw(plans), Random(draw(st.integers(0, 10**6))))


def put(fields: dict[str, Any], name: str, value: str) -> None:
    """Writes a printed value by its dotted name (members[child].id_no)."""
    head, _, rest = name.partition(".")
    key, _, role = head.rstrip("]").partition("[")
    if role:
        put(next(item for item in fields[key] if item["role"] == role), rest, value)
    elif rest:
        put(fields[key], rest, value)
    else:
        fields[key] = value


def altered(data: dict[str, Any], verdict: FieldVerdict, value: str) -> dict[str, Any]:
    """A copy of the family with one printed value replaced."""
    copied = json.loads(json.dumps(data))
    put(next(d for d in copied["documents"] if d["doc_id"] == verdict.doc_id)["fields"], verdict.field, value)
    return copied


def alteration(draw: Callable[[st.SearchStrategy[Any]], Any], verdict: FieldVerdict) -> str:
    """The printed value with one character another one: another digit, or for names and words another character."""
    printed = verdict.printed
    digits = [i for i, c in enumerate(printed) if c in "0123456789"]
    if verdict.field_class != "name" and digits:
        # what a permit's issue count says does not matter; only the lifetime number is printed here
        place = draw(st.sampled_from(digits))
        return printed[:place] + draw(st.sampled_from("0123456789".replace(printed[place], ""))) + printed[place + 1 :]
    place = draw(st.integers(0, len(printed) - 1))
    other = draw(st.sampled_from([c for c in "鹏骏翔睿QVXZ7" if c != printed[place]]))
    return printed[:place] + other + printed[place + 1 :]


def everybody_received(evaluation: Evaluation) -> bool:
    return all(d.decision == "RECEIPT" for d in evaluation.decisions)


NOBODY_ASKED = Answers()
