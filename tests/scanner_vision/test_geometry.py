"""Geometry of quadrilaterals: algebra that must hold for every sheet in front of every lens."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from scanner.geometry import (
    area,
    as_quad,
    clockwise,
    is_convex,
    movement,
    overlap,
    quarter_turns,
    side_lengths,
    true_aspect,
    turned,
)
from scanner.rectify import NotAPage, page_matrix, page_size, rectify, turn, whole_frame
from scanner.types import Quad

FRAME = (1920, 1080)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Quad, float]:
    """A rectangle of known ratio photographed by a pinhole camera of a usual focal length: its corners and its ratio."""
    ratio = draw(st.floats(0.5, 2.0))
    tilt, roll, pan = draw(st.floats(-0.45, 0.45)), draw(st.floats(-3.1, 3.1)), draw(st.floats(-0.45, 0.45))
    flat = np.array([[-ratio, -1, 0], [ratio, -1, 0], [ratio, 1, 0], [-ratio, 1, 0]])
    rotation = _about(0, tilt) @ _about(1, pan) @ _about(2, roll)
    seen = flat @ rotation.T + np.array([draw(st.floats(-0.6, 0.6)), draw(st.floats(-0.4, 0.4)), 6.0])
    focal = 0.9 * max(FRAME)
    return (seen[:, :2] / seen[:, 2:] * focal + np.array(FRAME) / 2).astype(np.float32), ratio


def _about(axis: int, angle: float) -> np.ndarray:
    c, s = np.cos(angle), np.sin(angle)
    i, j = [k for k in range(3) if k != axis]
    matrix = np.eye(3)
    matrix[i, i] = matrix[j, j] = c
    matrix[i, j], matrix[j, i] = -s, s
    return matrix


@given(sheets(), st.integers(0, 3), st.booleans())
def test_order_of_the_given_points_does_not_matter(sheet: tuple[Quad, float], shift: int, mirrored: bool) -> None:
    quad, _ = sheet
    shuffled = np.roll(quad[::-1] if mirrored else quad, shift, axis=0)
    assert_allclose(clockwise(shuffled), clockwise(quad))
    assert is_convex(clockwise(shuffled))


@given(sheets())
def test_the_true_proportions_come_back_from_any_view(sheet: tuple[Quad, float]) -> None:
    quad, ratio = sheet
    assert true_aspect(quad, FRAME) == pytest.approx(ratio, rel=0.06)


@given(sheets(), st.sampled_from([0, 90, 180, 270]))
def test_turning_a_quad_four_quarters_brings_it_back(sheet: tuple[Quad, float], degrees: int) -> None:
    quad, _ = sheet
    assert_allclose(turned(turned(quad, degrees), 360 - degrees), quad)


@given(sheets(), st.floats(-60, 60), st.floats(-60, 60))
def test_a_shifted_sheet_has_moved_by_the_shift(sheet: tuple[Quad, float], dx: float, dy: float) -> None:
    quad, _ = sheet
    moved = (quad + np.array([dx, dy])).astype(np.float32)
    longest = max(np.linalg.norm(quad[0] - quad[2]), np.linalg.norm(quad[1] - quad[3]))
    assert movement(quad, moved) == pytest.approx(np.hypot(dx, dy) / longest, abs=1e-3)
    assert movement(quad, np.roll(quad, 1, axis=0)) == 0


@given(sheets())
def test_a_sheet_overlaps_itself_wholly_and_its_inner_half_partly(sheet: tuple[Quad, float]) -> None:
    quad, _ = sheet
    centre = quad.mean(axis=0)
    smaller = (centre + (quad - centre) * np.sqrt(0.5)).astype(np.float32)
    assert overlap(quad, quad) == pytest.approx(1, abs=1e-3)
    assert overlap(quad, smaller) == pytest.approx(0.5, abs=0.01)
    assert area(smaller) == pytest.approx(area(quad) / 2, rel=1e-3)


@given(sheets())
def test_page_and_frame_correspond_at_the_corners(sheet: tuple[Quad, float]) -> None:
    quad, ratio = sheet
    image = np.zeros((FRAME[1], FRAME[0], 3), np.uint8)
    width, height = page_size(image, quad)
    assert width / height == pytest.approx(ratio, rel=0.07)
    assert max(width, height) >= 0.97 * side_lengths(quad).max()
    corners = np.c_[quad, np.ones(4)] @ page_matrix(quad, (width, height)).T
    expected = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5
    assert_allclose(corners[:, :2] / corners[:, 2:], expected, atol=0.5)


def test_a_rectified_page_shows_what_lies_inside_the_corners() -> None:
    image = np.zeros((100, 200, 3), np.uint8)
    image[20:60, 30:130] = 200
    flat = rectify(image, as_quad([[30, 20], [130, 20], [130, 60], [30, 60]]), size_mm=(100, 40), px_per_mm=2)
    assert flat.shape == (80, 200, 3)
    assert flat[5:-5, 5:-5].min() == 200


def test_turning_a_picture_clockwise_brings_its_left_side_up() -> None:
    image = np.zeros((4, 6, 3), np.uint8)
    image[:, 0] = 9
    assert (turn(image, 90)[0] == 9).all()
    assert (turn(turn(image, 90), -90) == image).all()
    assert turn(image, 0) is image


def test_what_cannot_be_a_page_is_refused() -> None:
    image = np.zeros((100, 100, 3), np.uint8)
    with pytest.raises(NotAPage):
        rectify(image, as_quad([[0, 0], [10, 10], [0, 10], [10, 0]]))
    with pytest.raises(ValueError, match="four finite corners"):
        rectify(image, np.full((4, 2), np.nan, np.float32))
    with pytest.raises(ValueError, match="not a multiple"):
        quarter_turns(45)


def test_the_whole_frame_is_a_page_of_its_own_size() -> None:
    image = np.random.default_rng(1).integers(0, 255, (90, 160, 3), dtype=np.uint8)
    assert page_size(image, whole_frame(image)) == (160, 90)
