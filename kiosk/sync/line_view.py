"""The line to the platform as people see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from kiosk.desk.devices import device_view
from kiosk.desk.view import DeviceView, Light
from kiosk.sync.steady import Link
from kiosk.sync.words import refusal_text, store_text
from kiosk.texts import Text, text


class Line(Protocol):
    """What is told of it: kiosk.sync.worker.SyncState."""

    @property
    def link(self) -> Link: ...
    @property
    def problem(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def status(self) -> int: ...
    @property
    def refused(self) -> int: ...
    @property
    def waiting(self) -> int: ...
    @property
    def failures(self) -> int: ...
    @property
    def next_try(self) -> datetime | None: ...
    @property
    def last_contact(self) -> datetime | None: ...


_LIGHTS = {
    Link.STARTING: Light.BUSY,
    Link.SYNCING: Light.BUSY,
    Link.ONLINE: Light.OK,
    Link.OFFLINE: Light.WARN,  # the desk works without the network: a warning, not a fault
    Link.UNSTABLE: Light.WARN,
    Link.REJECTED: Light.BAD,
    Link.BROKEN: Light.BAD,
}
_GRAVE = ("certificate", "stranger")  # somebody else answers: not a matter of waiting


def line_device(line: Line) -> DeviceView:
    state, light = line.link.value, _LIGHTS[line.link]
    if line.link is Link.OFFLINE:
        state = line.why or "no_line"
        light = Light.BAD if state in _GRAVE else light
    elif light is Light.OK and line.refused:
        state, light = "refused", Light.WARN
    return device_view(
        "network",
        light,
        state,
        actions=("retry",),
        facts=list(_facts(line)),
        number=line.refused,
        status=line.status,
        problem=store_text(line.problem) if line.link is Link.BROKEN else refusal_text(line.problem),
    )


def _facts(line: Line) -> Iterator[Text]:
    if line.failures and line.link is not Link.ONLINE:
        if line.next_try is None:
            yield text("devices.network.retries_now", number=line.failures)
        else:
            yield text("devices.network.retries", number=line.failures, time=f"{line.next_try:%H:%M:%S}")
    if line.last_contact is not None:
        yield text("devices.network.contact", time=f"{line.last_contact:%H:%M:%S}")
    yield text("devices.network.waiting", number=line.waiting)
