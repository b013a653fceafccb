"""What the live camera does not do: look where nothing changed, take a hand for a sheet, or one page for another."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from desk_pictures import LEVEL, TURNED, desk, laid, page

from scanner.geometry import as_quad
from scanner.live import Capture
from scanner.live.change import Recheck, differs, thumbnail
from scanner.live.empty_desk import EmptyDesk
from scanner.live.known import KnownSheet
from scanner.live.outline import Outline, Seen
from scanner.live.signature import same_sheet, signature
from scanner.locate import Tracker
from scanner.locate.locator import Located
from scanner.types import Frame, Image

cv2.setNumThreads(1)
_DESK = desk(1)
_SHEET = laid(_DESK, page(1), LEVEL)


def noisy(image: Image, seed: int, sigma: float = 4.0) -> Image:
    noise = np.random.default_rng(seed).normal(0, sigma, (*image.shape[:2], 1))
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def with_arm(image: Image) -> Image:
    picture = image.copy()
    cv2.line(picture, (700, 330), (1400, 600), (128, 152, 196), 110, cv2.LINE_AA)
    return picture


class Counting(Tracker):
    """Finds the drawn sheet wherever it is asked, and counts how often."""

    def __init__(self, found: Located | None) -> None:
        super().__init__()
        self.found = found
        self.looks = 0

    def update(self, image: Image, at_s: float) -> Located | None:
        self.looks += 1
        return self.found


def shown(outline: Outline, picture: Image, seconds: float, since_s: float = 0.0, calm: bool = False) -> None:
    for k in range(round(seconds * 30)):
        outline.look(Frame(noisy(picture, k % 5), since_s + k / 30, k), calm)


@pytest.mark.parametrize(
    ("found", "calm", "most"), [(Located(as_quad(LEVEL), 0.9), False, 6), (Located(as_quad(LEVEL), 0.9), True, 3), (None, False, 3)]
)  # fmt: skip
def test_a_scene_that_does_not_change_is_hardly_looked_at(found: Located | None, calm: bool, most: int) -> None:
    tracker = Counting(found)
    shown(Outline(tracker), _SHEET, 1.0, calm=calm)
    assert 1 <= tracker.looks <= most


def test_a_sheet_that_moves_is_followed_in_every_frame() -> None:
    tracker = Counting(Located(as_quad(LEVEL), 0.9))
    outline = Outline(tracker)
    pictures = [laid(_DESK, page(1), np.array(LEVEL, np.float32) + [6 * k, 0]) for k in range(8)]
    for k, picture in enumerate(pictures):
        assert outline.look(Frame(noisy(picture, k), k / 30, k)).looked
    assert tracker.looks == len(pictures)


def test_a_sheet_that_comes_to_rest_is_looked_at_once_more_at_once() -> None:
    tracker = Counting(Located(as_quad(LEVEL), 0.9))
    outline = Outline(tracker)
    for k in range(4):
        outline.look(Frame(laid(_DESK, page(1), np.array(LEVEL, np.float32) + [6 * k, 0]), k / 30, k))
    rests = laid(_DESK, page(1), np.array(LEVEL, np.float32) + [18, 0])
    moving = tracker.looks
    for k in range(4, 8):
        outline.look(Frame(noisy(rests, k), k / 30, k))
    assert tracker.looks == moving + 1


def test_hands_over_an_empty_desk_do_not_make_it_search_every_frame() -> None:
    tracker = Counting(None)
    outline = Outline(tracker)
    for k in range(30):
        moved = np.roll(with_arm(_DESK), 20 * k, axis=1)
        outline.look(Frame(moved, k / 30, k))
    assert tracker.looks <= 16


@pytest.mark.parametrize("sigma", [1.0, 4.0, 8.0])
def test_sensor_noise_is_no_change_and_a_millimetre_is_one(sigma: float) -> None:
    before = thumbnail(noisy(_SHEET, 1, sigma))
    moved = laid(_DESK, page(1), np.array(LEVEL, np.float32) + [3, 0])
    assert not differs(before, thumbnail(noisy(_SHEET, 2, sigma)))
    assert differs(before, thumbnail(noisy(moved, 2, sigma)))
    assert differs(before, thumbnail(_SHEET[:600]))


def test_what_changed_is_looked_at_soon_and_what_did_not_is_not() -> None:
    recheck = Recheck(soon_s=0.1, late_s=1.0, linger_s=0.3)
    assert recheck.due(0.0)
    assert not recheck.due(0.5)
    recheck.see(0.5, changed=True)
    assert recheck.due(0.5)
    assert not recheck.due(0.55)
    assert recheck.due(0.7)  # it lingers
    assert not recheck.due(1.0)
    assert recheck.due(1.8)
    recheck.forget()
    assert recheck.due(1.81)


def test_what_somebody_waits_for_is_looked_at_soon_though_nothing_changed() -> None:
    recheck = Recheck(soon_s=0.1, late_s=1.0)
    assert recheck.due(0.0)
    assert not recheck.due(0.05, urgent=True)
    assert not recheck.due(0.15)
    assert recheck.due(0.15, urgent=True)


def test_an_arm_over_a_page_makes_no_other_page() -> None:
    taken = signature(_SHEET, as_quad(LEVEL))
    assert same_sheet(taken, signature(noisy(with_arm(_SHEET), 3), as_quad(LEVEL)))


def test_a_page_that_differs_by_a_name_alone_is_another_one() -> None:
    other = page(1)
    cv2.rectangle(other, (300, 250), (420, 275), (238, 238, 238), -1)
    cv2.putText(other, "NAME 42", (300, 272), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (30, 30, 30), 2, cv2.LINE_AA)
    taken = signature(_SHEET, as_quad(LEVEL))
    assert same_sheet(taken, signature(noisy(laid(desk(3), page(1), TURNED), 2, 2.0), as_quad(TURNED)))
    assert not same_sheet(taken, signature(noisy(laid(_DESK, other, LEVEL), 2, 2.0), as_quad(LEVEL)))


def test_a_desk_is_bare_when_it_shows_and_not_behind_an_arm_or_beside_a_sheet_pushed_away() -> None:
    known = EmptyDesk()
    assert known.is_bare(thumbnail(_DESK)) is None
    known.learn(thumbnail(_DESK))
    known.taken(thumbnail(_SHEET), as_quad(LEVEL), _SHEET.shape[1])
    aside = laid(_DESK, page(1), np.array(LEVEL, np.float32) + [520, 120])
    assert known.is_bare(thumbnail(noisy(_DESK, 2))) is True
    assert known.is_bare(thumbnail((_DESK * 0.85).astype(np.uint8))) is True  # the camera measures light anew
    assert known.is_bare(thumbnail(noisy(_SHEET, 2))) is False
    assert known.is_bare(thumbnail(with_arm(_SHEET))) is False
    assert known.is_bare(thumbnail(aside)) is False


def test_a_sheet_like_its_desk_says_nothing_of_it() -> None:
    known = EmptyDesk()
    white = np.full((720, 1280, 3), 236, np.uint8)
    known.learn(thumbnail(white))
    known.taken(thumbnail(white), as_quad(LEVEL), 1280)
    assert known.is_bare(thumbnail(white)) is None


def compared(known: KnownSheet, picture: Image, at_s: float) -> bool:
    """Half a second in which nothing moves: is it another sheet at its end?"""
    new = False
    for k in range(15):
        frame = Frame(picture, at_s + k / 30, k)
        known.see(frame, Seen(as_quad(LEVEL), thumbnail(picture), changed=k == 0, looked=True), empty=False)
        new = known.is_new(frame, as_quad(LEVEL))
    return new


def test_another_page_is_another_sheet_and_a_single_smeared_frame_is_none() -> None:
    known = KnownSheet()
    assert not compared_after_capture(known)
    smeared = Frame(laid(_DESK, page(2), LEVEL), 3.0, 0)  # for this one frame it might be another page
    known.see(smeared, Seen(as_quad(LEVEL), thumbnail(_SHEET), changed=False, looked=True), empty=False)
    assert not known.is_new(smeared, as_quad(LEVEL))
    assert not compared(known, _SHEET, 3.1)
    assert compared(known, laid(_DESK, page(2), LEVEL), 5.0)


def compared_after_capture(known: KnownSheet) -> bool:
    frame = Frame(_SHEET, 0.0, 0)
    known.see(frame, Seen(as_quad(LEVEL), thumbnail(_SHEET), changed=True, looked=True), empty=False)
    known.taken(frame, Capture((_SHEET,), as_quad(LEVEL), by_hand=False))
    return compared(known, _SHEET, 0.5)
