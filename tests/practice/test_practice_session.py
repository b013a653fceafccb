"""What the training bar does with the simulated table."""

from __future__ import annotations

import pytest

from practice.camera.desk import ARRIVES_S, PracticeDesk
from practice.world import families, papers
from yanhe.person import careful_eye
from yanhe.practice_session import PracticeSession


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_paper_laid_again_does_not_lie_at_the_very_same_place() -> None:
    clock = Clock()
    table = PracticeDesk(clock=clock)
    session = PracticeSession(table)
    poses = []
    for _ in range(2):
        session.lay("F01-D01-front")
        clock.now += ARRIVES_S + 0.1
        poses.append(table.view().pose)
    assert poses[0] != poses[1]


def test_tall_pages_are_turned_to_fill_the_picture() -> None:
    clock = Clock()
    table = PracticeDesk(clock=clock)
    form = next(p for p in papers("F01") if p.material == "G01")
    PracticeSession(table).lay(form.id)
    clock.now += ARRIVES_S + 0.1
    assert round(table.view().pose.angle) % 180 == 90


@pytest.mark.parametrize("family_id", [f.id for f in families()])
def test_no_two_papers_of_a_family_have_the_same_name_in_the_bar(family_id: str) -> None:
    titles = [paper.title for paper in PracticeSession(PracticeDesk()).papers(family_id)]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(
    ("family_id", "doc_id", "field", "declared", "agrees"),
    [
        ("F06", "C02:owner", "location", "南山区桃源街道虚构西路21号例林居5栋1502", False),
        ("F11", "A10:mother", "name_latin", "LV LIYUAN", True),  # ü is printed YU since 2012
        ("F13", "A08:mother", "name_zh", "于试兰", True),  # the family's outcome names it the same person
    ],
)
def test_the_simulated_clerk_answers_as_the_district_expects(
    family_id: str, doc_id: str, field: str, declared: str, agrees: bool
) -> None:
    assert careful_eye(family_id, lambda *_: False)(doc_id, field, declared) is agrees
