"""A short form of the fuzzing: whatever comes as a file or as a frame, the desk goes on."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.fuzz import fuzz_live, fuzz_reading, small_pages
from benchmarks.mutations import seeds
from practice.specimens.fonts import FontMissingError
from scanner.codec import LARGEST_DECLARED, declared_size, from_bytes
from scanner.imaging import LARGEST_PIXELS, as_bgr
from scanner.types import Image

sys.path.append(str(Path(__file__).parents[1] / "scanner_text"))
import fake_readers

_CASES = 150
_SEED = 20140419
_REFUSED = {"not_a_picture", "too_small", "too_large"}


@pytest.fixture(scope="module")
def pages() -> list[Image]:
    try:
        return small_pages()
    except FontMissingError as missing:
        pytest.skip(str(missing))


def test_broken_files_are_read_or_refused_and_never_cost_the_reader(pages: list[Image]) -> None:
    outcome = fuzz_reading(_CASES, _SEED, pages, fake_readers.FakeReader)
    assert outcome.said.keys() <= _REFUSED | {"read"}
    assert outcome.said.total() == _CASES
    assert outcome.said["read"] > 20
    assert outcome.said["not_a_picture"] > 20
    assert outcome.restarts == 0


def test_a_camera_that_sends_rubbish_goes_on_to_its_end(pages: list[Image]) -> None:
    outcome = fuzz_live(_CASES, _SEED, pages)
    assert outcome.said["frames"] == _CASES
    assert outcome.said["hangs"] == 0


def test_sound_files_of_every_kind_are_pictures_of_bytes(pages: list[Image]) -> None:
    for data in seeds(pages[:1]):
        image = from_bytes(data)
        assert image is not None
        assert image.dtype == np.uint8
        assert image.shape[2] == 3
        assert (image.shape[1], image.shape[0]) == declared_size(data)


def test_a_small_file_that_claims_to_be_huge_is_refused_by_its_header(pages: list[Image]) -> None:
    data = bytearray(cv2.imencode(".bmp", pages[0])[1].tobytes())
    data[18:26] = (40_000).to_bytes(4, "little") + (30_000).to_bytes(4, "little")
    size = declared_size(bytes(data))
    assert size is not None
    assert size[0] * size[1] >= LARGEST_DECLARED
    assert from_bytes(bytes(data)) is None


@pytest.mark.parametrize(
    ("pixels", "value"),
    [
        (np.full((5, 6), 40, np.uint8), 40),
        (np.full((5, 6, 1), 40, np.uint8), 40),
        (np.full((5, 6, 4), 40, np.uint8), 40),
        (np.full((5, 6, 3), 40 << 8, np.uint16), 40),
        (np.full((5, 6, 3), -7, np.int32), 0),
        (np.full((5, 6, 3), 0.5), 127),
        (np.full((5, 6, 3), np.nan), 0),
        (np.ones((5, 6), np.bool_), 255),
    ],
)
def test_odd_pixels_become_bytes(pixels: np.ndarray, value: int) -> None:
    image = as_bgr(pixels)
    assert image is not None
    assert image.shape == (5, 6, 3)
    assert image.dtype == np.uint8
    assert (image == value).all()


@pytest.mark.parametrize("shape", [(0, 4, 3), (4,), (4, 4, 2), (4, 4, 3, 1), (40_000, 4, 3)])
def test_what_has_no_shape_of_a_picture_is_none(shape: tuple[int, ...]) -> None:
    assert as_bgr(np.zeros(shape, np.uint8)) is None
    assert as_bgr("picture") is None


def test_a_picture_larger_than_any_camera_gives_is_made_smaller() -> None:
    image = as_bgr(np.zeros((5200, 5200, 3), np.uint8))
    assert image is not None
    assert image.shape[0] * image.shape[1] <= LARGEST_PIXELS
