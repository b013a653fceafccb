"""Seals are found once a page and travel with it when it is turned."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from scanner.imaging import as_image
from scanner.text.seals import find_seals


def sealed_page():
    page = np.full((600, 900, 3), 240, np.uint8)
    cv2.ellipse(page, (640, 220), (90, 70), 0, 0, 360, (60, 40, 200), 8)
    cv2.putText(page, "*", (610, 250), cv2.FONT_HERSHEY_SIMPLEX, 3, (60, 40, 200), 8)
    return as_image(page)


@pytest.mark.parametrize("quarters", range(4))
def test_a_turned_page_has_its_seal_where_it_would_be_found(quarters: int) -> None:
    page = sealed_page()
    (seal,) = find_seals(page)
    (found,) = find_seals(as_image(np.ascontiguousarray(np.rot90(page, quarters))))
    turned = seal.turned(quarters, page.shape)
    assert turned.centre == pytest.approx(found.centre, abs=3)
    assert turned.box() == pytest.approx(found.box(), abs=4)
