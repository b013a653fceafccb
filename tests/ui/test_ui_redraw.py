"""A new view redraws what differs and nothing else."""

from __future__ import annotations

from dataclasses import replace

from fake_desk import CANDIDATES, checklist, household
from pytestqt.qtbot import QtBot

from kiosk.desk.view import ItemState, RowVerdict
from ui.pictures import PictureCache
from ui.staff.candidates import CandidateModel
from ui.staff.checklist import ChecklistModel
from ui.staff.comparison_model import ComparisonModel
from ui.words import Words


def test_an_answered_field_touches_its_row_and_the_next_one(qtbot: QtBot) -> None:
    model = ComparisonModel(Words())
    rows = household().rows
    model.set_rows(rows, 2)
    changed: list[int] = []
    resets: list[None] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    model.modelReset.connect(lambda: resets.append(None))
    answered = replace(rows[2], verdict=RowVerdict.CONFIRMED, needs_person=False)
    model.set_rows((*rows[:2], answered, *rows[3:]), 3)
    assert changed == [2, 3]
    assert resets == []


def test_an_equal_view_touches_nothing(qtbot: QtBot) -> None:
    model = ComparisonModel(Words())
    model.set_rows(household().rows, 2)
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    model.set_rows(tuple(replace(row) for row in household().rows), 2)
    assert changed == []


def test_a_settled_material_touches_its_row(qtbot: QtBot) -> None:
    model = ChecklistModel(Words())
    model.set_items(checklist(), None)
    changed: list[int] = []
    resets: list[None] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    model.modelReset.connect(lambda: resets.append(None))
    model.set_items(checklist(A04=ItemState.VERIFIED), None)
    assert changed == [3]
    assert resets == []


def test_equal_candidates_keep_the_list(qtbot: QtBot) -> None:
    model = CandidateModel(Words())
    model.set_rows(CANDIDATES)
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.set_rows(tuple(replace(c) for c in CANDIDATES))
    assert resets == []


def test_a_picture_is_decoded_once_and_small(qtbot: QtBot) -> None:
    from PySide6.QtCore import QSize

    pictures = PictureCache()
    jpeg = household().page_jpeg
    first = pictures.get(jpeg, QSize(120, 90))
    assert pictures.get(jpeg, QSize(120, 90)) is first
    assert first.width() <= 120
    assert first.height() <= 90


def test_a_broken_picture_is_no_picture(qtbot: QtBot) -> None:
    from PySide6.QtCore import QSize

    assert PictureCache().get(b"no jpeg", QSize(120, 90)).isNull()
    assert PictureCache().get(b"", QSize(120, 90)).isNull()
