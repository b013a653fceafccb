"""Every pair of colours that is written on another can be read, in every colour set."""

from __future__ import annotations

import pytest

from ui.tokens import COLOUR_SETS, EDGES, PAIRS, Colours, Sizes, contrast


@pytest.mark.parametrize("colours", COLOUR_SETS, ids=lambda c: c.name)
def test_text_stands_out_from_its_ground_by_4_5(colours: Colours) -> None:
    weak = {
        (text, ground): round(contrast(getattr(colours, text), getattr(colours, ground)), 2)
        for text, ground in PAIRS
        if contrast(getattr(colours, text), getattr(colours, ground)) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("colours", COLOUR_SETS, ids=lambda c: c.name)
def test_borders_of_controls_stand_out_by_3(colours: Colours) -> None:
    weak = [p for p in EDGES if contrast(getattr(colours, p[0]), getattr(colours, p[1])) < 3]
    assert weak == []


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_controls_are_large_enough_for_a_finger_at_every_scale() -> None:
    assert all(Sizes().scaled(factor).touch >= 44 for factor in (1.0, 1.2, 1.5))
