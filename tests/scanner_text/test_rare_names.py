"""What is known of characters that are read for others; the judge's use of it is measured by benchmarks/rare_names.py."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.name_pictures import PrintedName, picture
from benchmarks.rare_names import verdict
from practice.specimens.fonts import FontMissingError, printable
from scanner.judge.confusables import inseparable_from, least_certainty
from scanner.judge.looks import Looks, known_looks
from scanner.text import Recogniser, RecogniserUnavailable, create_recogniser
from scanner.types import Verdict


@pytest.mark.parametrize(("reading", "printed"), [("淼", "㵘"), ("頔", "𬱖"), ("硝", "𬒔"), ("蘧", "䕖"), ("昇", "升")])
def test_a_character_and_what_is_read_for_it_are_inseparable_both_ways(reading: str, printed: str) -> None:
    assert printed in inseparable_from(reading)
    assert reading in inseparable_from(printed)


def test_a_reading_that_was_sure_of_the_wrong_character_is_never_sure_enough() -> None:
    assert least_certainty("硝") > 1


@pytest.mark.parametrize("character", "伟芳敏静丽强磊洋勇艳杰娟涛超华亮建博佳宁涵")
def test_everyday_characters_of_names_are_not_held_against_anybody(character: str) -> None:
    assert least_certainty(character) < 1


# --- how the print looks -----------------------------------------------------------------------------------------------------


TWO_TWINS = "𫍲㛐"


def looks(certainty: float = 1.0) -> Looks:
    """One reading with two twins that were read as it with ``certainty``, in a space of two directions that are the first two marks."""
    means = np.array([[0, 0], [10, 0], [0, 6]], np.float32)
    certainties = np.full(2, certainty, np.float32)
    return Looks(np.eye(3, 2, dtype=np.float32), {"溲": means}, {"溲": TWO_TWINS}, {"溲": certainties})


@pytest.mark.parametrize(
    ("marks", "away", "leads"),
    [((0, 0, 9), 0, (5, 3)), ((5, 0, 0), 5, (0, 3)), ((10, 0, 0), 10, (-5, 3)), ((0, 4, 0), 4, (5, -1))],
)
def test_a_print_leads_a_twin_by_its_distance_from_the_middle_between_them(
    marks: tuple[int, ...], away: float, leads: tuple[float, float]
) -> None:
    view = looks().view("溲", np.array(marks, np.float32), 0.99)
    assert view is not None
    assert view.away == pytest.approx(away)
    assert view.leads == pytest.approx(leads)


def test_a_print_read_far_more_surely_than_a_twin_ever_was_is_less_likely_that_twins() -> None:
    marks = np.array((5, 0, 0), np.float32)
    sure, unsure = looks(0.6).view("溲", marks, 0.99), looks(0.6).view("溲", marks, 0.8)
    assert sure is not None
    assert unsure is not None
    assert sure.leads.min() > unsure.leads.min()


def test_nothing_is_said_of_an_unknown_character_or_by_another_recognisers_marks() -> None:
    assert looks().view("伟", np.zeros(3, np.float32), 0.99) is None
    assert looks().view("溲", np.zeros(4, np.float32), 0.99) is None


def test_every_known_twin_belongs_to_a_reading_and_has_a_look() -> None:
    known = known_looks()
    for reading, means in known.means.items():
        assert means.shape == (1 + len(known.twins[reading]), known.to_look.shape[1])
        assert len(known.certainties[reading]) == len(known.twins[reading])
        assert reading not in known.twins[reading]


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    try:
        return create_recogniser(threads=1)
    except RecogniserUnavailable as missing:
        pytest.skip(str(missing))


def judged(printed: str, record: str, face: str, recogniser: Recogniser) -> Verdict:
    """A declared name against another one's print of 28 pixels a character."""
    try:
        if not printable(printed):
            pytest.skip("no font has these characters")
        (reading,) = recogniser.recognise([picture(PrintedName(printed, "", (), face, 28, 7))])
    except FontMissingError as missing:
        pytest.skip(str(missing))
    return verdict(record, reading, recogniser)


TWINS = [
    ("张雅媛", "张雅嫒"),
    ("陈曉文", "陈䁱文"),
    ("林伟", "林㑍"),
    ("李昇", "李㫒"),
    ("谭垂", "谭㙓"),
    ("许伸欣", "许𫢸欣"),
]


@pytest.mark.parametrize("face", ["sans", "serif"])
@pytest.mark.parametrize(("everyday", "rare"), TWINS)
def test_the_print_of_a_rare_character_never_passes_for_the_everyday_one(
    everyday: str, rare: str, face: str, recogniser: Recogniser
) -> None:
    assert judged(rare, everyday, face, recogniser) is not Verdict.MATCH


@pytest.mark.parametrize("face", ["sans", "serif"])
@pytest.mark.parametrize("name", ["林伟", "周梓轩", "欧阳慧琴", "何泓宇"])
def test_a_name_with_a_twin_is_settled_where_its_print_looks_like_itself(
    name: str, face: str, recogniser: Recogniser
) -> None:
    assert judged(name, name, face, recogniser) is Verdict.MATCH


def test_a_letter_among_characters_stands_in_for_one(recogniser: Recogniser) -> None:
    assert judged("崔W睿", "崔W睿", "sans", recogniser) is not Verdict.MATCH
