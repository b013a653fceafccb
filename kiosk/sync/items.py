"""What has not arrived yet, item by item, in words a person understands: waiting, sent, or refused and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.sync.words import refusal_text, store_text
from kiosk.texts import Text, catalogue, text
from offline_cache.outbox import Delivery
from offline_cache.store import Store


@dataclass(frozen=True)
class Item:
    """``key``: event id or digest. ``sentence`` names no person: the number in this desk's log, the kind of act, the time."""

    key: str
    state: Delivery
    sentence: Text


def open_items(store: Store, limit: int = 100) -> list[Item]:
    """Everything that is not accepted, refused things first, then in the order in which it will be sent; at most ``limit``."""
    reasons = {item.key: item.reason for item in store.refused()}
    found: list[Item] = []
    acts = [event for key in reasons if (event := store.event(key)) is not None]
    acts += store.waiting_events(limit)
    for event in acts[:limit]:
        state = store.delivery(event.event_id) or Delivery.WAITING
        said = text(
            "delivery.event",
            number=event.seq,
            kind=event.kind,
            time=datetime.fromisoformat(event.at).strftime("%m-%d %H:%M"),
            state=state_text(state, reasons.get(event.event_id, "")),
        )
        found.append(Item(event.event_id, state, said))
    pictures = [key for key in reasons if store.event(key) is None]
    pictures += store.waiting_images(limit)
    for digest in pictures[: max(0, limit - len(found))]:
        state = Delivery.REFUSED if digest in reasons else Delivery.WAITING
        said = text("delivery.image", number=digest[:8], state=state_text(state, reasons.get(digest, "")))
        found.append(Item(digest, state, said))
    return found


def state_text(state: Delivery, reason: str = "") -> Text:
    """The state in words; a refusal with its reason."""
    if state is not Delivery.REFUSED:
        return text(f"delivery.{state.value}")
    known = f"store.problem.{reason}" in catalogue("zh_CN")
    return text("delivery.refused", why=store_text(reason) if known else refusal_text(reason))
