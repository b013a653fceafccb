"""What is said aloud of a device, and when; since when it is as it is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kiosk.desk.devices import DeviceWatch, device_view
from kiosk.desk.view import DeviceView, Light
from kiosk.texts import LANGUAGES, catalogue, say

START = datetime.fromisoformat("2026-04-19T09:00:00+08:00")
FINE = device_view("camera", Light.OK, "live")
OPENING = device_view("camera", Light.BUSY, "opening")
LOST = device_view("camera", Light.BAD, "lost")


class Watched:
    def __init__(self) -> None:
        self.watch = DeviceWatch()
        self.now = START

    def see(self, view: DeviceView, seconds: float = 0.0, device: str = "camera") -> list[tuple[str, str]]:
        """The device is so for ``seconds``, looked at twice a second; what was said meanwhile."""
        for _ in range(max(1, round(seconds * 2))):
            self.shown = self.watch.see({device: view}, self.now)[device]
            self.now += timedelta(seconds=0.5)
        return [(level, say(sentence)) for level, sentence in self.watch.news()]


def test_a_trouble_is_said_once_with_what_to_do_and_what_is_safe_and_so_is_its_end() -> None:
    watched = Watched()
    assert watched.see(FINE, 5) == []
    ((level, said),) = watched.see(LOST, 60)
    assert level == "error"
    assert said == "摄像头断开了。请把插头重新插好，会自己接上。已核的内容都在。"
    assert watched.see(OPENING, 3) == []
    assert watched.see(FINE, 5) == [("info", "摄像头好了，可以继续。")]


def test_what_heals_at_once_is_not_worth_a_word() -> None:
    watched = Watched()
    watched.see(FINE, 5)
    assert watched.see(LOST, 1) == []
    assert watched.see(FINE, 5) == []


def test_a_trouble_that_becomes_another_is_said_again() -> None:
    watched = Watched()
    watched.see(LOST, 5)
    ((_, said),) = watched.see(device_view("camera", Light.BAD, "busy"), 5)
    assert "占用" in said


def test_since_is_the_beginning_of_the_state_and_survives_new_details() -> None:
    watched = Watched()
    watched.see(FINE, 5)
    began = watched.now
    watched.see(device_view("disk", Light.WARN, "little", free="4.9", least="1.0"), 3, "disk")
    watched.see(device_view("disk", Light.WARN, "little", free="4.8", least="1.0"), 3, "disk")
    assert watched.shown.since == began


def test_a_clock_that_is_set_back_does_not_silence_anything() -> None:
    watched = Watched()
    watched.see(FINE, 5)
    watched.see(LOST)
    watched.now -= timedelta(hours=5)
    assert len(watched.see(LOST, 3)) == 1


def test_going_on_without_a_camera_is_no_recovery() -> None:
    watched = Watched()
    watched.see(LOST, 5)
    assert watched.see(device_view("camera", Light.OFF, "off"), 5) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trouble_has_all_three_sentences(language: str) -> None:
    words = catalogue(language)
    states = {key.rsplit(".", 1)[0] for key in words if key.startswith("devices.") and key.endswith(".what")}
    assert len(states) > 30
    for state in states:
        assert {f"{state}.{part}" for part in ("name", "do", "safe")} <= words.keys(), state
