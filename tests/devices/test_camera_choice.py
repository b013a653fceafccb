"""Choosing a camera: what each shows, one looked through at a time, the choice kept."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from kiosk.settings import Settings
from scanner.sources import CameraName, SourceError
from scanner.types import Frame
from yanhe.camera import camera_spec
from yanhe.camera_choice import CameraRound
from yanhe.devices import remember_camera

PATIENCE_S = 20.0


class Still:
    """A camera that shows one brightness, or is in use."""

    open_now = 0
    most_open = 0

    def __init__(self, brightness: int, trouble: str = "") -> None:
        self.brightness = brightness
        self.trouble = trouble
        self.name = f"still {brightness}"
        self._open = False

    def open(self) -> None:
        if self.trouble:
            raise SourceError(self.trouble)
        self._open = True
        Still.open_now += 1
        Still.most_open = max(Still.most_open, Still.open_now)

    def read(self, timeout_s: float = 1.0) -> Frame | None:
        return Frame(np.full((48, 64, 3), self.brightness, np.uint8), 0.0, 1)

    def close(self) -> None:
        Still.open_now -= self._open
        self._open = False


@pytest.fixture
def cameras() -> dict[str, Still]:
    return {"webcam:0": Still(10), "webcam:1": Still(20), "webcam:2": Still(30, "busy"), "webcam:3": Still(40)}


@pytest.fixture
def rounds(cameras: dict[str, Still]):
    chosen: list[Still] = []
    saved: list[str] = []
    made = CameraRound(
        "webcam:0",
        chosen.append,  # type: ignore[arg-type]
        saved.append,
        names=lambda: [CameraName(spec, still.name) for spec, still in cameras.items()],
        source=lambda spec: cameras[spec],
    )
    made.chosen_for_test, made.saved_for_test = chosen, saved  # type: ignore[attr-defined]
    yield made
    made.stop()


def test_every_other_camera_shows_its_picture_or_why_not_one_at_a_time(
    rounds: CameraRound, cameras: dict[str, Still]
) -> None:
    Still.most_open = 0
    rounds.look(True)
    waited = threading.Event()
    for _ in range(int(PATIENCE_S / 0.05)):
        if all(rounds.glimpse(spec) is not None for spec in ("webcam:1", "webcam:2", "webcam:3")):
            break
        waited.wait(0.05)
    one, busy, three = (rounds.glimpse(f"webcam:{number}") for number in (1, 2, 3))
    assert one is not None and one.image is not None and one.image.mean() == 20
    assert busy is not None and busy.image is None and busy.trouble == "busy"
    assert three is not None and three.image is not None
    assert rounds.glimpse("webcam:0") is None  # the one in use is the live scanner's
    assert Still.most_open == 1
    rounds.look(False)
    assert rounds.glimpse("webcam:1") is None


def test_a_choice_switches_the_camera_and_is_kept(rounds: CameraRound, cameras: dict[str, Still]) -> None:
    rounds.choose("webcam:3")
    assert rounds.chosen_for_test == [cameras["webcam:3"]]  # type: ignore[attr-defined]
    assert rounds.saved_for_test == ["webcam:3"]  # type: ignore[attr-defined]
    assert [choice.spec for choice in rounds.choices() if choice.chosen] == ["webcam:3"]
    rounds.choose("webcam:3")
    assert len(rounds.saved_for_test) == 1  # type: ignore[attr-defined]


def test_the_chosen_camera_is_listed_also_when_the_system_does_not_name_it(
    rounds: CameraRound, cameras: dict[str, Still]
) -> None:
    del cameras["webcam:1"], cameras["webcam:2"], cameras["webcam:3"]
    assert not rounds.several()
    cameras["video:desk.mp4"] = Still(50)
    rounds.choose("video:desk.mp4")
    del cameras["webcam:0"]
    assert [choice.spec for choice in rounds.choices()] == ["video:desk.mp4"]


def test_the_choice_is_written_to_the_settings_and_what_only_the_environment_said_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Settings(home=tmp_path, school="X01").save()
    monkeypatch.setenv("YANHE_LANGUAGE", "en")
    remember_camera(Settings.load(tmp_path), "webcam:2")
    kept = Settings.load(tmp_path, environment={})
    assert (kept.camera, kept.school, kept.language) == ("webcam:2", "X01", "zh_CN")


@pytest.mark.parametrize(
    ("written", "spec"),
    [("0", "webcam:0"), ("/dev/video2", "webcam:2"), ("webcam:1", "webcam:1"), ("folder:x", "folder:x")],
)
def test_a_camera_has_one_name_however_it_is_written(written: str, spec: str) -> None:
    assert camera_spec(written) == spec
