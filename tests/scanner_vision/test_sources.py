"""Frame sources: files that play like cameras, and cameras that fail."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from scanner.sources import (
    FolderSource,
    Presence,
    SourceError,
    VideoSource,
    WebcamSource,
    list_cameras,
    open_source,
    register_source,
)
from scanner.types import Image


class Clock:
    """Time that passes only when somebody sleeps or says so."""

    def __init__(self) -> None:
        self.now = 10.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def _video(path: Path, frames: int = 10) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for number in range(frames):
        writer.write(np.full((48, 64, 3), 20 * number, np.uint8))
    writer.release()
    return path


def test_a_video_plays_at_its_own_speed_and_ends(tmp_path: Path) -> None:
    clock = Clock()
    source = VideoSource(_video(tmp_path / "desk.avi"), clock=clock, sleep=clock.sleep)
    source.open()
    frames = [source.read() for _ in range(10)]
    assert [frame.index for frame in frames if frame] == list(range(10))
    assert clock.now == pytest.approx(10.9)
    with pytest.raises(EOFError):
        source.read()
    source.close()
    source.close()


def test_a_slow_reader_gets_the_newest_frame_of_a_video(tmp_path: Path) -> None:
    clock = Clock()
    source = VideoSource(_video(tmp_path / "desk.avi"), clock=clock, sleep=clock.sleep)
    source.open()
    source.read()
    clock.now += 0.5
    late = source.read()
    assert late is not None
    assert late.image.mean() == pytest.approx(100, abs=6)
    source.close()


def test_a_looping_video_begins_again(tmp_path: Path) -> None:
    clock = Clock()
    source = VideoSource(_video(tmp_path / "desk.avi", 3), loop=True, clock=clock, sleep=clock.sleep)
    source.open()
    frames = [frame for frame in (source.read() for _ in range(12)) if frame]
    assert len(frames) >= 9
    assert [frame.index for frame in frames] == list(range(len(frames)))
    source.close()


def test_a_folder_shows_each_picture_for_a_while_and_skips_what_is_none(tmp_path: Path) -> None:
    for number in (1, 2):
        cv2.imwrite(str(tmp_path / f"{number}.png"), np.full((8, 8, 3), 100 * number, np.uint8))
    (tmp_path / "3.jpg").write_text("no picture")
    (tmp_path / "notes.txt").write_text("no picture either")
    clock = Clock()
    source = FolderSource(tmp_path, hold_s=0.2, clock=clock, sleep=clock.sleep)
    source.open()
    shown: list[int] = []
    with pytest.raises(EOFError):
        while (frame := source.read()) is not None:
            shown.append(int(frame.image[0, 0, 0]))
    assert shown == [100] * 3 + [200] * 3
    source.close()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: VideoSource(folder / "none.avi"), "absent"),
        (lambda folder: VideoSource(folder / "text.avi"), "unreadable"),
        (lambda folder: FolderSource(folder / "none"), "absent"),
        (lambda folder: FolderSource(folder), "unreadable"),
    ],
)
def test_what_cannot_be_opened_says_why(
    tmp_path: Path, make: Callable[[Path], VideoSource | FolderSource], code: str
) -> None:
    (tmp_path / "text.avi").write_text("no video")
    with pytest.raises(SourceError) as refused:
        make(tmp_path).open()
    assert refused.value.code == code


class FakeDevice:
    """A driver that gives ``pictures`` one by one when asked to, and then behaves as ``after`` says."""

    def __init__(self, pictures: list[Image], after: str = "wait") -> None:
        self.pictures = list(pictures)
        self.after = after
        self.released = threading.Event()
        self.drained = threading.Event()
        self.stop = threading.Event()

    def isOpened(self) -> bool:
        return self.after != "absent"

    def read(self) -> tuple[bool, Image]:
        if self.pictures:
            return True, self.pictures.pop(0)
        self.drained.set()
        if self.after == "wait":
            self.stop.wait(5)
        return False, np.zeros((0, 0, 3), np.uint8)

    def release(self) -> None:
        self.released.set()


def _noise(seed: int) -> Image:
    return np.random.default_rng(seed).integers(0, 255, (48, 64, 3), dtype=np.uint8)


def _webcam(device: FakeDevice, clock: Clock, there: Presence = Presence.UNKNOWN) -> WebcamSource:
    return WebcamSource(0, connect=lambda index, size: device, there=lambda _: there, clock=clock)


def test_a_webcam_gives_the_newest_frame_and_no_frame_twice() -> None:
    device = FakeDevice([_noise(k) for k in range(5)])
    source = _webcam(device, Clock())
    source.open()
    assert device.drained.wait(5)
    frame = source.read(0.01)
    assert frame is not None
    assert (frame.image == _noise(4)).all()
    assert source.read(0.01) is None
    device.stop.set()
    source.close()
    assert device.released.is_set()


@pytest.mark.parametrize(
    ("there", "code"), [(Presence.GONE, "lost"), (Presence.THERE, "stuck"), (Presence.UNKNOWN, "lost")]
)
def test_a_driver_that_returns_nothing_is_lost_or_stuck_as_the_system_says(there: Presence, code: str) -> None:
    now = Presence.THERE
    source = WebcamSource(0, connect=lambda *_: FakeDevice([], after="fail"), there=lambda _: now, clock=Clock())
    source.open()
    now = there
    with pytest.raises(SourceError, match=code):
        source.read(5)
    source.close()


@pytest.mark.parametrize(
    ("there", "code"),
    [
        (Presence.GONE, "absent"),
        (Presence.UNKNOWN, "absent"),
        (Presence.FORBIDDEN, "forbidden"),
        (Presence.THERE, "busy"),
    ],
)
def test_a_webcam_that_cannot_be_opened_says_why(there: Presence, code: str) -> None:
    with pytest.raises(SourceError) as refused:
        _webcam(FakeDevice([], after="absent"), Clock(), there).open()
    assert refused.value.code == code


def test_a_driver_that_never_answers_blocks_for_its_limit_alone_and_is_not_asked_twice() -> None:
    answers, asked = threading.Event(), []

    def connect(index: int, size: tuple[int, int]) -> FakeDevice:
        asked.append(index)
        answers.wait(20)
        return FakeDevice([])

    source = WebcamSource(0, connect=connect, there=lambda _: Presence.THERE, open_limit_s=0.05, patience_s=0.05)
    for _ in range(2):
        with pytest.raises(SourceError) as refused:
            source.open()
        assert refused.value.code == "stuck"
    assert asked == [0]
    answers.set()
    source.close()


def test_the_systems_list_names_cameras_and_leaves_out_their_second_nodes(tmp_path: Path) -> None:
    for number, index, name in ((0, 0, "HD Webcam"), (1, 1, "HD Webcam"), (10, 0, "Document Camera")):
        node = tmp_path / f"video{number}"
        node.mkdir()
        (node / "index").write_text(f"{index}\n")
        (node / "name").write_text(f"{name}\n")
    assert [(c.spec, c.name) for c in list_cameras(tmp_path)] == [
        ("webcam:0", "HD Webcam"),
        ("webcam:10", "Document Camera"),
    ]
    assert list_cameras(tmp_path / "none") == ()


def test_sources_are_named_by_a_spec_and_others_can_join(tmp_path: Path) -> None:
    assert isinstance(open_source("webcam:1"), WebcamSource)
    assert isinstance(open_source(f"video:{tmp_path / 'a.mp4'}"), VideoSource)
    assert isinstance(open_source(f"folder:{tmp_path}"), FolderSource)
    register_source("test-pictures", lambda rest: FolderSource(Path(rest)))
    assert isinstance(open_source(f"test-pictures:{tmp_path}"), FolderSource)
    for wrong in ("webcam", "webcam:front", "tv:1", ""):
        with pytest.raises(ValueError, match="webcam"):
            open_source(wrong)
