"""The card and what is measured on it: the right answer where the truth is known, and each trouble told as itself."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from kiosk.doctor.report import Finding, Health
from kiosk.paper.output import picture
from kiosk.readiness.card_sheet import sheet_page
from kiosk.readiness.judge import judge, judge_line, limits
from kiosk.texts import LANGUAGES, catalogue, say
from practice.camera.card import CardPaper
from practice.camera.stills import render_still
from scanner.calibration import CARD, Measured, find_card, measure
from scanner.types import Image


@pytest.fixture(scope="module")
def photograph(qapp: object) -> Image:
    return render_still(CardPaper(), seed=2, severity="good")[0]


def measured(frame: Image) -> Measured:
    matrix = find_card(frame)
    assert matrix is not None
    return measure(frame, matrix)


def health(findings: list[Finding]) -> dict[str, Health]:
    return {finding.subject: finding.health for finding in findings}


def test_a_good_camera_passes_in_everything(photograph: Image) -> None:
    assert set(health(judge(measured(photograph))).values()) == {Health.OK}


@pytest.mark.parametrize("seed", range(4))
def test_scale_and_corners_are_those_of_the_scene(qapp: object, seed: int) -> None:
    frame, corners = render_still(CardPaper(), seed=seed, severity="medium")
    found = measured(frame)
    assert np.abs(found.corners - corners).max() < 1.0
    truth = np.sqrt(cv2.contourArea(corners) / (CARD.size[0] * CARD.size[1]))
    assert found.px_per_mm == pytest.approx(truth, rel=0.03)


def test_a_softer_lens_gives_a_wider_edge(photograph: Image) -> None:
    widths = [measured(_blurred(photograph, sigma)).edge_mm for sigma in (0.0, 1.0, 2.0, 3.0)]
    assert None not in widths
    assert widths == sorted(widths, key=lambda width: width or 0.0)
    # the rise from a tenth to nine tenths of a Gaussian is 2.56 sigma
    expected = 2.56 * 3.0 / measured(photograph).px_per_mm
    assert widths[-1] == pytest.approx(expected, rel=0.2)


def _blurred(frame: Image, sigma: float) -> Image:
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), sigma), np.uint8) if sigma else frame


def _dimmed(frame: Image, factor: float) -> Image:
    return np.clip(frame * factor, 0, 255).astype(np.uint8)


def _lit_from_one_side(frame: Image) -> Image:
    shade = np.linspace(0.35, 1.0, frame.shape[1])[None, :, None]
    return np.clip(frame * shade, 0, 255).astype(np.uint8)


def _reflection(frame: Image) -> Image:
    ys, xs = np.mgrid[: frame.shape[0], : frame.shape[1]]
    spot = np.exp(-((((xs - 960) / 230) ** 2 + ((ys - 540) / 150) ** 2) ** 2)) * 255
    return np.clip(frame + spot[..., None], 0, 255).astype(np.uint8)


def _without_code(frame: Image) -> Image:
    covered = frame.copy()
    matrix = find_card(frame)
    assert matrix is not None
    x, y, w, h = CARD.code
    box = np.array([[[x, y], [x + w / 2, y], [x + w / 2, y + h], [x, y + h]]], np.float32)
    cv2.fillConvexPoly(covered, np.round(cv2.perspectiveTransform(box, matrix)[0]).astype(np.int32), (190, 190, 190))
    return covered


@pytest.mark.parametrize(
    ("spoil", "subject"),
    [
        (lambda frame: _blurred(frame, 2.2), "sharpness"),
        (lambda frame: _dimmed(frame, 0.4), "light"),
        (_lit_from_one_side, "evenness"),
        (_reflection, "glare"),
        (_without_code, "code"),
        (lambda frame: cv2.resize(frame, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA), "scale"),
    ],
)
def test_each_trouble_is_told_as_itself(photograph: Image, spoil, subject: str) -> None:
    found = health(judge(measured(spoil(photograph))))
    assert found[subject] is not Health.OK


def test_a_camera_that_looks_from_the_side_is_told(photograph: Image) -> None:
    found = replace(measured(photograph), taper=0.7)
    assert health(judge(found))["tilt"] is Health.WARN


def test_one_mark_may_be_under_a_thumb_and_two_may_not(photograph: Image) -> None:
    matrix = find_card(photograph)
    assert matrix is not None
    covered = photograph.copy()
    for number, there in ((0, True), (1, False)):
        x, y, w, h = CARD.marks[number]
        centre = cv2.perspectiveTransform(np.array([[[x + w / 2, y + h / 2]]], np.float32), matrix)[0, 0]
        cv2.circle(covered, (int(centre[0]), int(centre[1])), 70, (120, 150, 200), -1)
        assert (find_card(covered) is not None) is there


def test_an_empty_desk_has_no_card(qapp: object) -> None:
    assert find_card(np.full((720, 1280, 3), 140, np.uint8)) is None


def test_the_printed_sheet_measures_right_at_its_own_size(qapp: object) -> None:
    """The drawing and the measuring agree on what stands where."""
    image = picture(sheet_page(), 10 * 25.4)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    found = measured(np.ascontiguousarray(rows[:, : image.width(), :3]))
    assert found.px_per_mm == pytest.approx(10.0, rel=0.005)
    assert found.code


def test_the_line_is_judged_by_how_much_of_it_was_read() -> None:
    assert judge_line(1.0).health is Health.OK
    assert judge_line(0.8).health is Health.WARN
    assert judge_line(0.2).health is Health.FAIL


def test_every_limit_is_strict_enough_to_warn_before_it_fails() -> None:
    for name, bound in limits().items():
        if isinstance(bound, dict) and "warn" in bound:
            least = name not in ("edge_mm", "corner_edge_mm", "glare_share")
            assert (bound["warn"] > bound["fail"]) is least, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_sentence(photograph: Image, language: str) -> None:
    found = measured(photograph)
    worst = replace(found, px_per_mm=1, taper=0.1, edge_mm=9.0, corner_edge_mm=9.0, white=10, evenness=0.1)
    for finding in [*judge(found), *judge(worst), *judge(replace(found, edge_mm=None)), judge_line(0.5)]:
        assert finding.sentence.key in catalogue(language)
        assert "{" not in say(finding.sentence, language)
