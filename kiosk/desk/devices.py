"""How a device is told to people: a short name for the light, and of a trouble what happened, what to do and what is safe.

The sentences are ``devices.<device>.<state>.{name,what,do,safe}`` in resources/texts; a state that is no trouble has a name only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from kiosk.desk.view import DeviceView, Light
from kiosk.texts import Text, catalogue, text

Level: TypeAlias = Literal["info", "warn", "error"]
_TROUBLED = (Light.WARN, Light.BAD)

# How long a trouble lasts before people are told aloud (the light says it at once): what heals by itself within this time is not worth
# taking a person's eyes off a family. A printer is looked at every few seconds and told of when a paper is due anyway.
_ALOUD_AFTER = {
    "camera": timedelta(seconds=1.5),
    "printer": timedelta(seconds=4),
    "network": timedelta(0),  # the line has a grace of its own (kiosk.sync.steady)
    "reader": timedelta(0),
    "disk": timedelta(0),
    "clock": timedelta(0),
}


def device_view(
    device: str, light: Light, state: str, *, actions: Sequence[str] = (), facts: Sequence[Text] = (), **params: Any
) -> DeviceView:
    """The view of ``device`` in ``state``; ``params`` fill the sentences. ``facts``: further lines for the status page."""
    return DeviceView(
        light,
        text(f"devices.{device}.{state}.name", **params),
        state=state,
        what=_sentence(device, state, "what", params),
        do=_sentence(device, state, "do", params),
        safe=_sentence(device, state, "safe", params),
        actions=tuple(actions),
        facts=tuple(facts),
    )


def _sentence(device: str, state: str, part: str, params: Mapping[str, Any]) -> Text | None:
    key = f"devices.{device}.{state}.{part}"
    return text(key, **params) if key in catalogue("zh_CN") else None


@dataclass
class _Watched:
    state: str
    since: datetime
    told: bool = False  # that trouble was said aloud, and its end is to be said too


class DeviceWatch:
    """Sees every device again and again; knows since when each is as it is, and what is worth saying aloud."""

    def __init__(self) -> None:
        self._watched: dict[str, _Watched] = {}
        self._news: list[tuple[Level, Text]] = []

    def see(self, devices: Mapping[str, DeviceView], now: datetime) -> dict[str, DeviceView]:
        """The same views with ``since``. Wall-clock time: it is shown to people."""
        return {device: self._see(device, view, now) for device, view in devices.items()}

    def news(self) -> list[tuple[Level, Text]]:
        """What happened since the last call, oldest first."""
        news, self._news = self._news, []
        return news

    def _see(self, device: str, view: DeviceView, now: datetime) -> DeviceView:
        state = view.state or view.text.key
        known = self._watched.get(device)
        if known is None or known.state != state:
            was_told = known is not None and known.told
            # on the way back through "opening" or "warming up" the end of the trouble is still to be said
            known = self._watched[device] = _Watched(state, now, told=was_told and view.light is Light.BUSY)
            if was_told and view.light is Light.OK:
                self._news.append(("info", text("devices.back", device=text(f"devices.name.{device}"))))
        lasted = abs(now - known.since)  # a clock that was set back must not hold a message back for hours
        if view.light in _TROUBLED and not known.told and lasted >= _ALOUD_AFTER.get(device, timedelta(0)):
            known.told = True
            if view.what is not None:
                self._news.append((_level(device, view.light), spoken(view)))
        return replace(view, since=known.since)


def _level(device: str, light: Light) -> Level:
    if light is Light.BAD:
        return "error"
    return (
        "info" if device == "network" else "warn"
    )  # without a line the desk works as before: nothing to do, nothing to dismiss


def spoken(view: DeviceView) -> Text:
    """One message: what happened, what to do, what is safe."""
    assert view.what is not None
    return text("devices.notice", what=view.what, do=view.do or "", safe=view.safe or "")
