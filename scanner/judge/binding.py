"""Who is who: roles of an expected set bound to the slots of a page.

A page of a household register shows one member, a title several owners, and neither says "father" or "mother". Which
slot belongs to which role is decided by all of a role's values together, so that one wrong value does not move the
others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import permutations

ROLE_NAME = re.compile(r"^(?P<group>[\w.]+)\[(?P<role>\w+)\]\.(?P<attribute>[\w.]+)$")
UNLIKE = -15.0  # a value that is this far from what is printed is simply another value
OTHER = -6.0  # a role whose values are on average this far off is not the person on this page

# how well a value stands in a slot: attribute, slot, value → log-likelihood behind the free reading, ≤ 0
Likeness = Callable[[str, int, str], float]


def split_role(name: str) -> tuple[str, str, str] | None:
    """``members[father].id_no`` → (members, father, id_no); None for a plain field name."""
    found = ROLE_NAME.match(name)
    return (found["group"], found["role"], found["attribute"]) if found else None


def roles_of(values: Mapping[str, str], group: str) -> dict[str, dict[str, str]]:
    """The values of a set by role: {father: {name: …, id_no: …}, …}."""
    roles: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        parts = split_role(name)
        if parts and parts[0] == group:
            roles.setdefault(parts[1], {})[parts[2]] = value
    return roles


def bind_roles(roles: Mapping[str, Mapping[str, str]], slots: Sequence[int], likeness: Likeness) -> dict[str, int]:
    """Role → slot. Roles that are not on this page are left out."""
    if not roles or not slots:
        return {}
    total = {
        (role, slot): sum(max(likeness(attribute, slot, value), UNLIKE) for attribute, value in values.items())
        for role, values in roles.items()
        for slot in slots
    }
    names = list(roles)
    if len(names) == 1 and len(slots) == 1:
        return {names[0]: slots[0]}
    if len(names) <= len(slots):
        choices = [dict(zip(names, chosen, strict=True)) for chosen in permutations(slots, len(names))]
        return max(choices, key=lambda choice: sum(total[item] for item in choice.items()))
    choices = [dict(zip(chosen, slots, strict=True)) for chosen in permutations(names, len(slots))]
    best = max(choices, key=lambda choice: sum(total[item] for item in choice.items()))
    return {role: slot for role, slot in best.items() if total[role, slot] > OTHER * len(roles[role])}
