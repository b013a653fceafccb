"""Made-up families whose every fact agrees, over all categories: for tests that look for exceptions, and for benchmarks.

The same seed gives the same families. Every person, number and address is fictitious: resident numbers carry province-level codes, which
nobody has, and all other numbers use ranges that are not in use. What a family brings follows from the handbook's material list, not
from the service packs, so that the packs can be held against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from practice.generated_papers import Writer
from practice.generated_people import Household, household

PACKS = ("NS2014", "NS2024")
HUKOU = ("SZ_IN", "SZ_OUT", "SZ_NONE", "HK", "MO", "TW", "FOREIGN", "OVERSEAS_CN")
HOUSING = (
    "OWN_TITLE", "OWN_TITLE_MORTGAGED", "OWN_CONTRACT", "POLICY_OWN", "JOINT_FUND", "SELF_BUILT", "ANCESTRAL", "MILITARY",
    "PUBLIC_RENTAL", "LEASE_RED", "LEASE_BLUE", "LEASE_REG", "DORM", "GRANDPARENT",
)  # fmt: skip
PRIVILEGES = ("TALENT", "RETURNEE", "MILITARY", "POLICE_FIRE", "MARTYR")
FAMILIES = ("together", "divorced", "remarried", "guardian")
# How often each comes to a desk, roughly; the rest of the categories share what is left.
_COMMON_HUKOU = (40, 22, 26, 4, 1, 2, 2, 3)
_COMMON_HOUSING = (40, 3, 5, 2, 1, 3, 1, 1, 4, 22, 3, 10, 2, 3)


@dataclass(frozen=True)
class Plan:
    """What kind of family: everything the material list depends on.

    ``family`` is one of FAMILIES; ``waived``: departments confirm what they can and the originals stay at home; ``city_parent``: one
    parent is registered in Shenzhen though the child is not; ``one_booklet``: the grandparents stand in the same booklet;
    ``early_lease``: the lease was first registered before 2013; ``styles``: papers write things in other allowed ways.
    """

    pack: str = "NS2024"
    hukou: str = "SZ_IN"
    housing: str = "OWN_TITLE"
    family: str = "together"
    privilege: str = ""
    collective: bool = False
    waived: bool = False
    city_parent: bool = False
    one_booklet: bool = False
    early_lease: bool = False
    business: bool = False
    twins: bool = False
    styles: bool = False

    @property
    def year(self) -> int:
        return int(self.pack[2:])

    @property
    def possible(self) -> Plan:
        """The same without what cannot be together (the insured month rule, a booklet for a family without one …)."""
        mainland = self.hukou in ("SZ_IN", "SZ_OUT", "SZ_NONE")
        together = self.family if mainland else "together"
        return replace(
            self,
            family=together,
            collective=self.collective and mainland and self.family == "together",
            city_parent=self.city_parent and self.hukou == "SZ_NONE" and together == "together",
            one_booklet=self.one_booklet and self.housing == "GRANDPARENT" and self.hukou in ("SZ_IN", "SZ_OUT"),
            early_lease=self.early_lease and self.housing == "LEASE_RED" and self.year == 2014,
            business=self.business and self.year == 2014 and self.housing != "DORM",
            twins=self.twins and mainland and self.family == "together",
        )


def plan(random: Random) -> Plan:
    """A plan as they come to a desk: common categories often, rare ones now and then."""
    return Plan(
        pack=random.choice(PACKS),
        hukou=random.choices(HUKOU, _COMMON_HUKOU)[0],
        housing=random.choices(HOUSING, _COMMON_HOUSING)[0],
        family=random.choices(FAMILIES, (88, 6, 4, 2))[0],
        privilege=random.choices(("", *PRIVILEGES), (90, 3, 2, 3, 1, 1))[0],
        collective=random.random() < 0.04,
        waived=random.random() < 0.6,
        city_parent=random.random() < 0.15,
        one_booklet=random.random() < 0.5,
        early_lease=random.random() < 0.3,
        business=random.random() < 0.2,
        twins=random.random() < 0.02,
    ).possible


def family(wanted: Plan, random: Random, number: int = 0) -> dict[str, Any]:
    """One family in the shape of families.json, without ``expected``: what it declared, what departments said, what it brings."""
    wanted = wanted.possible
    people: Household = household(wanted, random, number)
    writer = Writer(wanted, people, random, number)
    return {
        "id": people.family_id,
        "policy": wanted.pack,
        "desk": {"date": people.visit_on, "kind": "verify"},
        "applications": writer.applications(),
        "department_results": writer.department_results(),
        "documents": writer.documents(),
    }


def families(count: int, seed: int = 0) -> Iterator[dict[str, Any]]:
    """``count`` families one after the other; nothing is kept."""
    random = Random(seed)
    for number in range(count):
        yield family(plan(random), random, number)


def troubled(data: dict[str, Any], random: Random) -> dict[str, Any]:
    """The family as it may come: one in seven leaves a paper at home, one in twenty has a paper that has expired."""
    chance = random.random()
    if chance < 0.14:
        data["documents"].pop(random.randrange(len(data["documents"])))
    elif chance < 0.19:
        random.choice(data["documents"])["fields"]["valid_to"] = "2013-01-01"
    return data
