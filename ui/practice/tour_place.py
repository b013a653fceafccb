"""Puts the guided tour into the staff window: the strip below the training bar, and which part of the window each step is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.practice.tour import Step, Tour
from ui.practice.tour_strip import TourStrip
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.staff.window import MainWindow


def add_tour(window: MainWindow, theme: Theme, tour: Tour | None) -> None:
    """The strip, at its place and listening; nothing without a ``tour``. The window must have a training bar with a desk behind it."""
    if tour is None:
        return

    def where(step: Step) -> QWidget | None:
        bar, decisions = window.practice_bar, window.decision_bar
        return {
            Step.FIND: bar.present,
            Step.LAY: bar.papers,
            Step.STOPS: bar.papers,
            Step.DIFFERS: window.case_page.comparison.card,
            Step.UNDO: decisions.undo,
            Step.HOLD: decisions.suspend,
            Step.RESUME: bar.present,
            Step.REST: bar.play,
            Step.QUESTION: window.case_page.comparison.questions,
            Step.DECIDE: decisions.outcomes["RETURN"],
            Step.NEXT: decisions.next_family,
        }[step]

    strip = TourStrip(theme, tour, where)
    frame = window.centralWidget().layout()
    assert isinstance(frame, QBoxLayout)
    frame.insertWidget(frame.indexOf(window.practice_bar) + 1, strip)
    bar = window.practice_bar
    bar.tour.show()
    bar.tour.clicked.connect(strip.toggle)
    strip.family_wanted.connect(bar.choose)
    window.view_shown.connect(strip.see)
