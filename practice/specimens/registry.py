"""All kinds that the practice world can draw. A new kind: a module with ``KINDS``, and its name here."""

from __future__ import annotations

from practice.specimens import (
    application_form,
    birth_certificate,
    cards,
    household_register,
    insurance_list,
    lease_voucher,
    letters_home,
    letters_people,
    marriage_certificate,
    property_title_new,
    property_title_old,
    residence_permit,
    resident_card,
    title_copy,
)
from practice.specimens.base import Kind

_MODULES = (
    application_form,
    household_register,
    resident_card,
    birth_certificate,
    property_title_old,
    property_title_new,
    lease_voucher,
    residence_permit,
    insurance_list,
    marriage_certificate,
    title_copy,
    cards,
    letters_home,
    letters_people,
)

KINDS: tuple[Kind, ...] = tuple(kind for module in _MODULES for kind in module.KINDS)


def kinds_of(material: str) -> tuple[Kind, ...]:
    """The pages that papers of this material can have; empty when the practice world cannot draw it."""
    return tuple(kind for kind in KINDS if kind.material == material)
