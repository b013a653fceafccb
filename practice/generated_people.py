"""The persons of a made-up family, with names, numbers and a home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from kiosk.matching import check_digits

if TYPE_CHECKING:
    from practice.generated import Plan

_SURNAMES = ("陈", "林", "何", "高", "梁", "孟", "罗", "沈", "吴", "周", "叶", "朱", "欧阳", "司徒")
_GIVEN = "试例样拟远禾山宁海怡沐舒嘉原晴川根梅辉蓉坤博妍"
_UIGHUR = ("阿力木江", "古丽例尔", "热依例拉", "买买提", "艾例提")
_DISTRICTS = ("粤海街道", "沙河街道", "西丽街道", "蛇口街道", "桃源街道", "南头街道")
_ROADS = ("虚构路", "虚构二路", "五一路", "虚构东街", "样本大道", "虚构科苑路")
_ESTATES = ("样例花园", "例苑", "一方花园", "样本海岸", "例林居")
_LETTERS = {2007: "H", 2008: "I", 2017: "R", 2018: "S"}


@dataclass
class Person:
    """``papers``: which identity paper the person has. ``sex`` 男 | 女."""

    role: str
    name: str
    sex: str
    birth_date: str
    id_no: str
    hukou: str
    id_type: str = "RIC"
    latin: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    def declared(self) -> dict[str, Any]:
        found = {
            "role": self.role, "name": self.name, "sex": self.sex, "birth_date": self.birth_date, "id_type": self.id_type,
            "id_no": self.id_no, "hukou": self.hukou, **self.more,
        }  # fmt: skip
        return {**found, "name_latin": self.latin} if self.latin else found


@dataclass
class Household:
    """``children`` one, or twins. ``guardians`` who apply; ``absent`` the birth parent of a divorced or remarried family."""

    family_id: str
    visit_on: str
    children: list[Person]
    guardians: list[Person]
    absent: list[Person]
    grandparent: Person
    address: str
    flat: str
    birth_certificates: list[str]

    def role(self, role: str) -> Person:
        return next(p for p in (*self.guardians, *self.absent) if p.role == role)

    @property
    def parents(self) -> tuple[Person, Person]:
        """Mother and father as the birth certificate has them."""
        everybody = [*self.guardians, *self.absent]
        mother = next(p for p in everybody if p.role in ("mother", "birth_mother"))
        return mother, next(p for p in everybody if p.role in ("father", "birth_father"))


def household(plan: Plan, random: Random, number: int) -> Household:
    entry = plan.year
    surname = random.choice(_SURNAMES)
    area = (
        "44" if plan.hukou in ("SZ_IN", "SZ_OUT") or plan.housing == "SELF_BUILT" else random.choice(("36", "43", "44"))
    )
    child_day = _day(random, entry - 6 - random.choice((0, 1)), cut=f"{entry - 6}-08-31", after=f"{entry - 7}-09-01")
    child_sex = random.choice("男女")
    letter = _LETTERS[int(child_day[:4])]
    sets = {"father": "男", "mother": "女", "stepfather": "男", "guardian": "女", "birth_father": "男"}
    wanted, away = _roles(plan)
    people = {
        role: _person(plan, random, role, sets.get(role, "女"), area, _day(random, random.randint(1975, 1990)))
        for role in (*wanted, *away)
    }
    if plan.city_parent:
        people["mother"].hukou = "SZ_IN"
    children: list[Person] = []
    for index in range(2 if plan.twins else 1):
        role = "child" if not plan.twins else f"child_{'ab'[index]}"
        child = _person(plan, random, role, child_sex, area, child_day, child=True)
        while any(child.id_no == other.id_no for other in children):  # twins share a birthday, never a number
            child = _person(plan, random, role, child_sex, area, child_day, child=True)
        child.name = surname + "".join(random.sample(_GIVEN, random.choice((1, 2, 2))))
        children.append(child)
    if "father" in people:
        people["father"].name = surname + "".join(random.sample(_GIVEN, 2))
    flat = _flat(random)
    return Household(
        family_id=f"G{number:06}",
        visit_on="2014-04-19" if entry == 2014 else "2024-05-18",
        children=children,
        guardians=[people[r] for r in wanted],
        absent=[people[r] for r in away],
        grandparent=_person(plan, random, "grandfather", "男", "44", _day(random, 1950)),
        address=_household_address(plan, random, flat),
        flat=flat,
        birth_certificates=[f"{letter}{area}99{random.randrange(10**5):05}" for _ in children],
    )


def _roles(plan: Plan) -> tuple[list[str], list[str]]:
    return {
        "together": (["father", "mother"], []),
        "divorced": (["mother"], ["birth_father"]),
        "remarried": (["mother", "stepfather"], ["birth_father"]),
        "guardian": (["guardian"], ["birth_father", "birth_mother"]),
    }[plan.family]


def _day(random: Random, year: int, cut: str = "", after: str = "") -> str:
    while True:
        day = f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        if (not cut or day <= cut) and (not after or day >= after):
            return day
        year = int(cut[:4]) - (random.random() < 0.4)


def _person(plan: Plan, random: Random, role: str, sex: str, area: str, born: str, *, child: bool = False) -> Person:
    person = Person(role, _name(random), sex, born, resident_number(random, area, born, sex), _hukou(plan))
    if role == "grandfather":
        person.hukou = "SZ_IN"
    elif plan.hukou in ("HK", "MO") and child:
        _hong_kong(plan, random, person)
    elif plan.hukou == "TW":
        person.id_type, person.id_no, person.hukou = "TW_PERMIT", f"99{random.randrange(10**6):06}", "TW"
    elif plan.hukou == "FOREIGN" or (plan.hukou == "OVERSEAS_CN" and child):
        letter = "E" if plan.hukou == "OVERSEAS_CN" else "X"
        person.id_type, person.id_no = "PASSPORT", f"{letter}Z99{random.randrange(10**5):05}"
        person.hukou, person.latin = plan.hukou, random.choice(("SMITH ALEX", "LYU LIYUAN", "CHAN TSZ LAI"))
        if role == "father":
            person.id_type, person.id_no = "FPR", _permanent_resident(random, born)
    return person


def _hukou(plan: Plan) -> str:
    return {"SZ_NONE": "NON_SZ", "HK": "SZ_IN", "MO": "SZ_IN", "OVERSEAS_CN": "SZ_IN"}.get(plan.hukou, plan.hukou)


def _hong_kong(plan: Plan, random: Random, person: Person) -> None:
    letter = "H" if plan.hukou == "HK" else "M"
    person.id_type, person.hukou = f"{plan.hukou}_PERMIT", plan.hukou
    person.id_no = f"{letter}99{random.randrange(10**6):06}" + random.choice(("", "00", "01"))
    body = f"QQ99{random.randrange(10**4):04}"
    card = f"{body}({check_digits.hong_kong_id(body)})"
    if plan.hukou == "MO":
        card = (
            f"1999{random.randrange(1000):03}({random.randrange(10)})"  # how its check digit is made is not published
        )
    person.more = {"hkid": card, "name_en": "CHAN TSZ LAI"}


def _permanent_resident(random: Random, born: str) -> str:
    body = f"944840{born.replace('-', '')}{random.randrange(1000):03}"
    return body + check_digits.resident_id(body)


def resident_number(random: Random, area: str, born: str, sex: str) -> str:
    """A resident number of nobody (province-level code) with birth date, sex and check character."""
    sequence = random.randrange(0, 998, 2) + (sex == "男")
    body = f"{area}0000{born.replace('-', '')}{sequence:03}"
    return body + check_digits.resident_id(body)


def _name(random: Random) -> str:
    if random.random() < 0.05:
        return "·".join(random.sample(_UIGHUR, 2))
    return random.choice(_SURNAMES) + "".join(random.sample(_GIVEN, random.choice((1, 2, 2))))


def _flat(random: Random) -> str:
    unit = random.choice(("", f"{random.randint(1, 4)}单元"))
    return (
        f"南山区{random.choice(_DISTRICTS)}{random.choice(_ROADS)}{random.randint(1, 200)}号{random.choice(_ESTATES)}"
        f"{random.choice(('1', '2', '3', '12', 'A'))}栋{unit}{random.randint(1, 33)}{random.randint(1, 8):02}"
    )


def _household_address(plan: Plan, random: Random, flat: str) -> str:
    if plan.hukou == "SZ_IN" and random.random() < 0.5:
        return flat
    if plan.hukou == "SZ_NONE":
        return f"江西省虚构市样本区例子路{random.randint(1, 99)}号"
    return f"福田区虚拟街道样本二路{random.randint(1, 99)}号{random.randint(1, 9)}栋{random.randint(1, 20)}03"
