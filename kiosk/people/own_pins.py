"""PINs that people changed at this desk and the platform has not dealt with yet. Kept as text in the store's settings, written with the act.

An own PIN holds here at once, also without a network and over a restart, until the platform's record of the person names its act among those it
has dealt with: from then on the record's verifier holds, which may be another desk's. A newer reset by the administrator ends it at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from kiosk.people.roster import Person, Roster

OWN_PINS = "people.own_pins"  # the setting


@dataclass(frozen=True)
class OwnPin:
    """``reset``: the administrator's reset under which it was made; ``event_id``: the act that tells the platform."""

    verifier: str
    reset: int
    event_id: str

    def holds_for(self, person: Person) -> bool:
        return self.reset == person.reset and self.event_id not in person.heard


def own_pins_of(kept: str | None) -> dict[str, OwnPin]:
    """By staff number; none for None or empty."""
    return {number: OwnPin(**body) for number, body in json.loads(kept or "{}").items()}


def text_of(own: Mapping[str, OwnPin]) -> str:
    return json.dumps({number: asdict(pin) for number, pin in own.items()}, sort_keys=True)


def with_own_pins(roster: Roster, own: Mapping[str, OwnPin]) -> Roster:
    """The roster as it holds at this desk."""
    return replace(
        roster, persons={number: _with(person, own.get(number)) for number, person in roster.persons.items()}
    )


def still_needed(roster: Roster, own: Mapping[str, OwnPin]) -> dict[str, OwnPin]:
    """Without those that the platform has dealt with or the administrator has ended."""
    return {no: pin for no, pin in own.items() if (person := roster.get(no)) is not None and pin.holds_for(person)}


def _with(person: Person, own: OwnPin | None) -> Person:
    return replace(person, verifier=own.verifier) if own is not None and own.holds_for(person) else person
