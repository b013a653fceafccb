"""The comparators by name, as service packs name them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.matching.addresses import compare_addresses
from kiosk.matching.business_numbers import compare_business_numbers
from kiosk.matching.certificates import compare_certificates
from kiosk.matching.dates import compare_dates
from kiosk.matching.latin import compare_latin_names
from kiosk.matching.names import compare_names
from kiosk.matching.personal_numbers import compare_ids
from kiosk.matching.quantities import compare_months, compare_numbers, compare_shares, compare_texts
from kiosk.matching.result import Comparison

# A comparator takes (declared, printed, from_reader=…); "name", "address" and "latin_name" know more about the person, see compare().
_PLAIN: Mapping[str, Callable[..., Comparison]] = {
    "id": compare_ids,
    "certificate": compare_certificates,
    "business_number": compare_business_numbers,
    "number": compare_numbers,
    "address": compare_addresses,
    "date": compare_dates,
    "share": compare_shares,
    "months": compare_months,
    "text": compare_texts,
}
COMPARATORS = frozenset(_PLAIN) | {"name", "latin_name"}

# The comparator of a field class when the pack names none.
BY_FIELD_CLASS: Mapping[str, str] = {
    "id": "id",
    "cert": "certificate",
    "name": "name",
    "address": "address",
    "date": "date",
    "other": "text",
}


def compare(
    comparator: str,
    declared: str,
    printed: str,
    *,
    number_agrees: bool = False,
    han: str = "",
    from_reader: bool = False,
) -> Comparison:
    """Compares by the named comparator. ``number_agrees`` and ``han`` (the name in characters) serve names (the first also addresses).

    Raises KeyError for an unknown comparator; packs are checked against COMPARATORS when they are loaded.
    """
    if comparator == "name":
        return compare_names(declared, printed, number_agrees=number_agrees, from_reader=from_reader)
    if comparator == "address":
        return compare_addresses(declared, printed, number_agrees=number_agrees, from_reader=from_reader)
    if comparator == "latin_name":
        return compare_latin_names(declared, printed, han=han)
    return _PLAIN[comparator](declared, printed, from_reader=from_reader)
