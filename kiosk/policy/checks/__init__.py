"""Cross-checks by code. A pack lists which of them it uses, in which order and with which reason codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kiosk.policy.checks import departments, documents, family, housing, identity, residence
from kiosk.policy.checks.base import CheckCase, Finding

# A check gives one finding, one for each paper it looks at, or None when there is nothing to check (yet).
CHECKS: Mapping[str, Callable[[CheckCase], Finding | Iterable[Finding] | None]] = {
    "X-AGE": identity.age,
    "X-CHILD-ID-BIRTH": identity.child_id_birth,
    "X-BIRTHCERT-PARENTS": identity.birth_certificate_parents,
    "X-HUKOU-RELATION": identity.household_relation,
    "X-FORMER-NAME": identity.former_name,
    "X-SURNAME": identity.surname,
    "X-SIBLING-MIX": identity.sibling_mix,
    "X-PERMIT-LIFETIME-NO": documents.permit_lifetime_number,
    "X-MRZ": documents.machine_zone,
    "X-CHECKDIGIT": documents.check_digits,
    "X-DOC-VALID": documents.valid_on_desk_day,
    "X-NAME-LATIN": documents.latin_name,
    "X-SEAL": documents.seals,
    "X-KINSHIP": family.kinship,
    "X-NOTARY-OFFICE": family.notary_office,
    "X-CUSTODY": family.custody,
    "X-MARRIAGE-CHAIN": family.marriage_chain,
    "X-FP-MOTHER": family.family_planning_mother,
    "X-ADDR-HUKOU-HOUSING": housing.household_is_the_flat,
    "X-TITLE-HOLDER": housing.title_holder,
    "X-SHARE": housing.share,
    "X-TITLE-USAGE": housing.usage,
    "X-HANDOVER": housing.handover,
    "X-LEASE-SINCE": housing.lease_since,
    "X-LEASE-UNTIL": housing.lease_until,
    "X-LEASE-FEE": housing.lease_fee,
    "X-HOUSELOCK": housing.house_lock,
    "X-RP-ACTIVE": residence.permit_active,
    "X-SI-MONTHS": residence.insured_months,
    "X-BL-OPERATOR": residence.business_operator,
    "X-MILITARY-LEVEL": residence.military_level,
    "X-DEPARTMENT": departments.contradicts,
}


def findings_of(code: str, case: CheckCase) -> list[Finding]:
    """Everything the check finds. Raises KeyError for an unknown code; packs are checked against CHECKS when they are loaded."""
    found = CHECKS[code](case)
    if found is None:
        return []
    return [found] if isinstance(found, Finding) else list(found)
