"""The applications, departments' answers and originals of a made-up family: every fact on every paper agrees with the declaration."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING, Any

from kiosk.matching.forms import printed_forms
from practice.generated_homes import Home, home_of, home_papers
from practice.generated_people import Household, Person

if TYPE_CHECKING:
    from practice.generated import Plan

_CITY = {"SZ_IN", "SZ_OUT"}
_PRIVILEGE_PAPERS = {"TALENT": "F01", "RETURNEE": "F02", "MILITARY": "F03", "POLICE_FIRE": "F04", "MARTYR": "F05"}
_VALID = {2014: ("2009-01-01", "2029-01-01"), 2024: ("2016-01-01", "2036-01-01")}


class Writer:
    """Writes down one family. The draws of chance happen in the constructor and in the order of the methods of practice.generated."""

    def __init__(self, plan: Plan, people: Household, random: Random, number: int) -> None:
        self._plan, self._people, self._random = plan, people, random
        self._serial = f"{random.randrange(10**5):05}"
        self._home: Home = home_of(plan, people, random, self._serial)
        self._number = number
        self._documents: list[dict[str, Any]] = []

    # what the family declared

    def applications(self) -> list[dict[str, Any]]:
        return [self._application(i) for i in range(len(self._people.children))]

    def _application(self, index: int) -> dict[str, Any]:
        plan, people = self._plan, self._people
        child = {**people.children[index].declared(), "role": None}
        del child["role"], child["hukou"]
        found: dict[str, Any] = {
            "application_no": f"{plan.pack}X01{self._number:07}{index}",
            "school": {"code": "X01", "name": "南山区虚构小学"},
            "hukou_category": plan.hukou,
            "child": child,
            "guardians": [g.declared() for g in people.guardians],
            "household": {
                "type": "集体户" if plan.collective else "家庭户" if self._booklet else "无大陆户籍",
                "head": self._head.name if self._booklet else "",
                "address": people.address if self._booklet else "",
            },
            "housing": self._home.declared,
            "birth_cert_no": people.birth_certificates[index],
        }
        if people.absent:
            found["other_parents"] = [{**p.declared(), "has_custody": False} for p in people.absent]
        if plan.family in ("divorced", "remarried"):
            found["custody"] = {"to": "mother", "since": "2012-05-06" if plan.year == 2014 else "2020-05-06"}
        if plan.family == "remarried":
            found["remarried"] = {"cert_no": f"J440305-{plan.year - 2}-99{self._serial[:4]}"}
        if plan.family == "together" and plan.year == 2024:
            found["marriage"] = {"cert_no": f"J440305-2014-99{self._serial[:4]}"}
        if plan.year == 2014:
            found["family_planning"] = {"fp_no": f"虚构计生字2013-99{self._serial}"}
        if plan.privilege:
            material = _PRIVILEGE_PAPERS[plan.privilege]
            number = f"虚构证字第99{self._serial}号"
            found["privilege"] = [
                {"kind": plan.privilege, "material": material, "holder": people.guardians[0].role, "no": number}
            ]
        found |= self._work()
        return found

    def _work(self) -> dict[str, Any]:
        if not (self._insured or self._licensed):
            return {}
        role = self._people.guardians[0].role
        if self._licensed:
            return {"business": {"role": role, "reg_no": "440305600990151", "name": "深圳市虚构百货店"}}
        return {"social_insurance": {"role": role, "si_no": f"6999{self._serial}"}}

    @property
    def _head(self) -> Person:
        return self._people.grandparent if self._plan.one_booklet else self._people.guardians[0]

    @property
    def _booklet(self) -> bool:
        return self._plan.hukou in ("SZ_IN", "SZ_OUT", "SZ_NONE", "HK", "MO")

    @property
    def _from_elsewhere(self) -> list[Person]:
        return [g for g in self._people.guardians if g.hukou == "NON_SZ"]

    @property
    def _permit_needed(self) -> bool:
        if self._plan.hukou != "SZ_NONE" or not self._from_elsewhere:
            return False
        return self._plan.year == 2014 or not self._plan.city_parent

    @property
    def _works_here(self) -> bool:
        return (self._plan.hukou == "SZ_NONE" and not self._plan.city_parent) or self._plan.housing == "DORM"

    @property
    def _licensed(self) -> bool:
        return self._works_here and self._plan.business

    @property
    def _insured(self) -> bool:
        return self._works_here and not self._plan.business

    # what the departments said

    def department_results(self) -> list[dict[str, Any]]:
        about = ["E01"] if self._plan.year == 2014 and self._mainland_child else []
        if self._plan.waived:
            about += self._home.waivable
            about += ["A12"] if self._permit_needed else []
            about += ["D02"] if self._insured and self._plan.hukou == "SZ_NONE" else []
            about += ["B01"] if self._plan.year == 2024 and self._plan.family in ("together", "remarried") else []
        answers = [{"application": "shared", "about": a, "result": "matched", "detail": ""} for a in about]
        if self._plan.twins:
            answers.append({"application": "shared", "about": "HOUSELOCK", "result": "same_family", "detail": ""})
        return answers

    @property
    def _mainland_child(self) -> bool:
        return self._plan.hukou in ("SZ_IN", "SZ_OUT", "SZ_NONE")

    def _confirmed(self, material: str) -> bool:
        return self._plan.waived and any(material == r["about"] for r in self.department_results())

    # what it brings

    def documents(self) -> list[dict[str, Any]]:
        self._identity()
        for index in range(len(self._people.children)):
            self._child(index)
        self._relations()
        if not self._plan.waived or not self._home.waivable:
            for material, holder, fields, seals in home_papers(self._plan, self._people, self._home, self._serial):
                self._paper(material, holder, fields, seals)
        elif self._home.beside:
            for material, holder, fields, seals in self._home.beside:
                self._paper(material, holder, fields, seals)
        self._residence()
        self._privilege()
        return self._documents

    def _paper(
        self,
        material: str,
        holder: str,
        fields: Mapping[str, Any],
        seals: list[str] | None = None,
        about: Any = "shared",
    ) -> None:
        document: dict[str, Any] = {
            "doc_id": f"{self._people.family_id}-D{len(self._documents) + 1:02}",
            "application": about,
            "material": material,
            "holder": holder,
            "fields": dict(fields),
        }
        if seals is not None:
            document["seals"] = seals
        self._documents.append(document)

    def _styled(self, field_class: str, value: str) -> str:
        """The value as a paper may print it."""
        if not self._plan.styles or not value:
            return value
        return self._random.choice(printed_forms(field_class, value))

    def _identity(self) -> None:
        first, last = _VALID[self._plan.year]
        if self._booklet:
            self._paper("A01", "household", self._register(), ["户口专用章(红,圆)", "户口登记章(红)"])
        if self._plan.collective:
            self._paper("A13", "household", {}, ["单位集体户专用章(红)"])
        shown = self._people.guardians if self._plan.year == 2024 else self._people.guardians[:1]
        for guardian in shown:
            fields = {
                "name": guardian.name,
                "sex": guardian.sex,
                "birth_date": guardian.birth_date,
                "id_no": guardian.id_no,
            }
            if guardian.id_type == "FPR":
                self._paper("A11", guardian.role, {"card_no": guardian.id_no, "name_latin": guardian.latin})
            elif guardian.id_type == "PASSPORT":
                passport = {"passport_no": guardian.id_no, "name_zh": guardian.name, "name_latin": guardian.latin}
                self._paper("A10", guardian.role, {**passport, "valid_to": last})
            else:
                self._paper("A03", guardian.role, {**fields, "valid_from": first, "valid_to": last})

    def _register(self) -> dict[str, Any]:
        people = self._people
        members = [*([people.grandparent] if self._plan.one_booklet else []), *people.guardians]
        members += people.children if self._mainland_child else []
        kind = "集体户" if self._plan.collective else "家庭户"
        return {
            "household_type": kind,
            "head_name": self._styled("name", self._head.name),
            "address": self._styled("address", people.address),
            "members": [self._member(m) for m in members],
        }

    def _member(self, person: Person) -> dict[str, str]:
        child = person.role.startswith("child")
        relation = "户主" if person is self._head else "妻" if not child else "子" if person.sex == "男" else "女"
        if child and self._plan.one_booklet:
            relation = "孙子" if person.sex == "男" else "孙女"
        if child and self._plan.family == "guardian":
            relation = "其他"
        return {
            "role": person.role,
            "name": self._styled("name", person.name),
            "relation_to_head": relation,
            "sex": person.sex,
            "birth_date": self._styled("date", person.birth_date),
            "id_no": person.id_no,
        }

    def _child(self, index: int) -> None:
        child, plan = self._people.children[index], self._plan
        last = _VALID[plan.year][1]
        mother, father = self._people.parents
        self._paper(
            "A04", "child",
            {
                "cert_no": self._people.birth_certificates[index], "child_name": self._styled("name", child.name),
                "sex": child.sex, "born_at_date": self._styled("date", child.birth_date),
                "mother_name": mother.name, "mother_id": mother.id_no, "father_name": father.name, "father_id": father.id_no,
            }, ["出生医学证明专用章(红,圆)"], index,
        )  # fmt: skip
        named = {"name_zh": child.name, "birth_date": self._styled("date", child.birth_date)}
        if plan.hukou in ("HK", "MO"):
            self._paper("A05", "child", {"permit_no": child.id_no[:9], **named, "valid_to": last}, None, index)
            self._paper("A06", "child", {"hkid": child.more["hkid"], **named}, None, index)
            parents = [p.name for p in self._people.guardians]
            parents += [self._people.grandparent.name] if plan.housing == "GRANDPARENT" else []
            self._paper("B03", "child", _kinship(child, parents), None, index)
        elif plan.hukou == "TW":
            self._paper("A08", "child", {"permit_no": child.id_no, **named, "valid_to": last}, None, index)
        elif plan.hukou in ("FOREIGN", "OVERSEAS_CN"):
            fields = {"passport_no": child.id_no, "name_zh": child.name, "name_latin": child.latin, "valid_to": last}
            self._paper("A10", "child", fields, None, index)
        if plan.hukou == "OVERSEAS_CN":
            self._paper("A14", "child", {"sealed": True}, None, index)
        if plan.hukou == "FOREIGN" and not any(d["material"] == "A11" for d in self._documents):
            father = self._people.role("father")
            self._paper("A11", "father", {"card_no": father.id_no, "name_latin": father.latin})
        if plan.housing == "GRANDPARENT" and not plan.one_booklet and plan.hukou not in ("HK", "MO"):
            relatives = [self._people.grandparent.name, *(g.name for g in self._people.guardians[:1])]
            self._paper("B03", "child", _kinship(child, relatives), None, index)

    def _relations(self) -> None:
        plan, people = self._plan, self._people
        child = people.children[0]
        if plan.family in ("divorced", "remarried"):
            fields = {"custody_to": people.role("mother").name, "child_name": child.name}
            self._paper("B02", "mother", {**fields, "dated": "2012-05-06" if plan.year == 2014 else "2020-05-06"})
        if plan.family == "guardian":
            self._paper("B04", "child", {"sealed": True})
        couple = plan.family == "remarried" or (plan.family == "together" and plan.year == 2024)
        if couple and not self._confirmed("B01"):
            one, other = people.guardians
            year = plan.year - 2 if plan.family == "remarried" else 2014
            self._paper(
                "B01", one.role,
                {
                    "cert_no": self._styled("cert", f"J440305-{year}-99{self._serial[:4]}"),
                    "spouse_a": {"name": one.name, "id_no": one.id_no}, "spouse_b": {"name": other.name, "id_no": other.id_no},
                },
            )  # fmt: skip

    def _residence(self) -> None:
        if self._permit_needed and not self._confirmed("A12"):
            holders = self._from_elsewhere if self._plan.year == 2014 else self._from_elsewhere[:1]
            for holder in holders:
                fields = {"name": holder.name, "id_no": holder.id_no, "function_status": "active"}
                self._paper("A12", holder.role, fields)
        person = self._people.guardians[0]
        if self._licensed:
            fields = {
                "name": "深圳市虚构百货店",
                "reg_no": "440305600990151",
                "operator": person.name,
                "valid_to": "2030-01-01",
            }
            self._paper("D03", person.role, fields)
        if self._insured and not self._confirmed("D02"):
            self._paper("D02", person.role, self._payments(person))
        if self._plan.housing == "DORM":
            self._paper("D05", "lessee", {"sealed": True})

    def _payments(self, person: Person) -> dict[str, Any]:
        year, month = (2014, 3) if self._plan.year == 2014 else (2024, 4)
        months = [divmod(year * 12 + month - 1 - back, 12) for back in reversed(range(14))]
        rows = [{"ym": f"{y}-{m + 1:02}", "pension": True, "medical": True, "back_paid": False} for y, m in months]
        fields = {"name": person.name, "id_no": person.id_no, "si_no": f"6999{self._serial}", "months": rows}
        return {**fields, "printed_on": f"{year}-{month + 1:02}-10", "verify_code_valid_months": 3}

    def _privilege(self) -> None:
        if self._plan.privilege:
            material, holder = _PRIVILEGE_PAPERS[self._plan.privilege], self._people.guardians[0]
            fields: dict[str, Any] = {"cert_no": f"虚构证字第99{self._serial}号", "name": holder.name, "sealed": True}
            if material == "F03":
                fields = {"issuing_level": "师级", "sealed": True}
            self._paper(material, holder.role, fields)


def _kinship(child: Person, relatives: list[str]) -> dict[str, Any]:
    return {"notary_office": "广东省深圳市虚构公证处", "child_name": child.name, "parents": relatives}
