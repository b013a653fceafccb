"""The machine-readable zone among the lines of a page, and what it may say about the fields beside it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from machine_zone import MachineZone, check_digit, read_zone, recover
from scanner.mrz import Witness, find_zone, weigh, zone_fields, zone_witness
from scanner.text.base import LineReading, ReadCharacter
from scanner.text.page import ReadLine
from scanner.types import Verdict

TODAY = date(2026, 4, 1)
PASSPORT = ("POCHNLYU<<LIYUAN<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "EZ99000016CHN8706010F2903312<<<<<<<<<<<<<<<8")
PERMIT = ("C<CHNH990000175<<<<<<<<<<<<<<<", "1801123F2603047CHN<<<<<<<<<<<4", "CHAN<<TSZ<LAI<<<<<<<<<<<<<<<<<")
VISA_SIZE = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")


def said_by(zone: MachineZone | None) -> dict[str, Witness]:
    names = (*zone_fields("A05"), *zone_fields("A10"), "name_zh")
    return {name: said for name in names if (said := zone_witness(zone, name, today=TODAY)) is not None}


def printed(*texts: str, left: float = 20.0, top: float = 400.0) -> list[ReadLine]:
    """Lines as a recogniser gives them, under each other."""
    return [piece(text, left, top + 40 * i) for i, text in enumerate(texts)]


def piece(text: str, left: float, top: float) -> ReadLine:
    right, bottom = left + 18 * len(text), top + 24
    quad = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    return ReadLine(quad, LineReading(tuple(ReadCharacter(c, i, 0.99) for i, c in enumerate(text)), len(text)))


@pytest.mark.parametrize("zone", [PASSPORT, PERMIT, VISA_SIZE])
def test_every_size_of_zone_is_found_among_other_print(zone: tuple[str, ...]) -> None:
    lines = [*printed("护照号码/PassportNo.", "EZ9900001", "中华人民共和国", top=20), *printed(*zone)]
    found = find_zone(lines)
    assert found is not None and found.zone.valid and found.zone.lines == zone
    assert [lines[i].reading.text for row in found.pieces for i in row] == list(zone)


def test_a_page_without_zone_has_none() -> None:
    assert find_zone(printed("PASSPORTOFFICEOFTHEREPUBLICOFUTOPIA", "出生日期", "A<B")) is None


def test_a_line_in_two_pieces_is_one_line() -> None:
    first = [piece(PASSPORT[0][:16], 20, 400), piece("<<<<<<<<<<<<", 500, 402)]
    found = find_zone([*first, piece(PASSPORT[1], 20, 440)])
    assert found is not None and found.zone.lines == PASSPORT
    assert found.pieces == ((0, 1), (2,))


@pytest.mark.parametrize(
    ("read", "zone"),
    [
        (("P0CHNLYU<<L1YUAN<<<<<<<<<<<K<<<<<<", "EZ99OO0O16CHN87O6O1OF29O3312<<<<<<<<8"), PASSPORT),
        (("C<CHNH99O00O175<<<<<<<<<<<<<<", "I8O1I23F26O3O47CHN<<<<<<<<<<<<<4", "CHAN<<T5Z<LAI<<<<く<<<"), PERMIT),
        (("I<UT0ERIKSS0N<<ANNA<MARIA<<<<", "D23145890TUT074O8122F12O4159<<<<<<6"), None),
        (("I<UT0ERIKSS0N<<ANNA<MARIA<<<<", "D231458907UT074O8I22F12O4I59<<<<<<6"), VISA_SIZE),
    ],
)
def test_positions_and_check_digits_settle_what_the_picture_leaves_open(
    read: tuple[str, ...], zone: tuple[str, ...] | None
) -> None:
    found = recover(read)
    assert found is not None
    if zone is None:
        assert found.lines[1][9] == "7", "a letter cannot be a check digit"
    else:
        assert found.valid and found.lines == zone


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([PASSPORT, PERMIT, VISA_SIZE]), st.data())
def test_a_digit_read_wrongly_never_passes(zone: tuple[str, ...], data: st.DataObject) -> None:
    line = data.draw(st.integers(0, len(zone) - 1))
    places = [i for i, c in enumerate(zone[line]) if c.isdigit()]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != zone[line][at]]))
    read = [*zone[:line], zone[line][:at] + wrong + zone[line][at + 1 :], *zone[line + 1 :]]
    found = recover(read)
    assert found is not None and (not found.valid or found.lines == zone)


def test_a_number_longer_than_nine_characters_is_read_to_its_end() -> None:
    number = "911024199001011234"
    body = f"C<CHN{number[:9]}<{number[9:]}{check_digit(number)}".ljust(30, "<")
    second = "9001014F3001017USA<<<<<<<<<<<"
    whole = second + check_digit(body[5:30] + second[:7] + second[8:15] + second[18:29])
    zone = read_zone([body, whole, PERMIT[2]])
    assert zone.number == number


def test_the_zone_vouches_for_the_fields_it_holds() -> None:
    said = said_by(read_zone(PERMIT))
    assert said["permit_no"].text == "H99000017"
    assert said["birth_date"].text == "2018-01-12"
    assert said["valid_to"].text == "2026-03-04"
    assert said["name_latin"].text == "CHAN TSZ LAI"
    assert "name_zh" not in said
    older = said_by(read_zone(VISA_SIZE))
    assert older["birth_date"].text == "1974-08-12"


def test_a_zone_whose_check_digits_do_not_agree_says_nothing() -> None:
    spoiled = (PERMIT[0].replace("H99", "H98"), *PERMIT[1:])
    assert said_by(read_zone(spoiled)) == {}
    assert said_by(None) == {}


def test_agreement_settles_and_contradiction_goes_to_the_person() -> None:
    said = said_by(read_zone(PERMIT))
    number = said["permit_no"]
    assert weigh(number, {"H99000017"}, Verdict.CANNOT_TELL) == (Verdict.MATCH, "mrz_agrees")
    assert weigh(number, {"H99000017"}, Verdict.MISMATCH) == (Verdict.CANNOT_TELL, "mrz_against_print")
    assert weigh(number, {"H99000018"}, Verdict.CANNOT_TELL) == (Verdict.MISMATCH, "mrz_differs")
    assert weigh(number, {"H99000018"}, Verdict.MATCH) == (Verdict.CANNOT_TELL, "mrz_against_print")
    assert weigh(said["birth_date"], {"2018.01.12", "2018年1月12日"}, None)[0] is Verdict.MATCH
    assert weigh(said["birth_date"], {"2018.01.21"}, None)[0] is Verdict.MISMATCH


def test_a_permit_number_with_its_count_of_issues_is_left_to_the_print() -> None:
    number = said_by(read_zone(PERMIT))["permit_no"]
    assert weigh(number, {"H9900001701"}, Verdict.MATCH, "agrees") == (Verdict.MATCH, "agrees")


def test_names_and_sex_stand_in_the_zone_unchecked_and_can_only_agree() -> None:
    said = said_by(read_zone(PERMIT))
    assert weigh(said["name_latin"], {"CHAN, TSZ LAI"}, Verdict.CANNOT_TELL)[0] is Verdict.MATCH
    assert weigh(said["name_latin"], {"CHAN, TSZ LOI"}, Verdict.CANNOT_TELL)[0] is Verdict.CANNOT_TELL
    assert weigh(said["sex"], {"女"}, None)[0] is Verdict.MATCH
    assert weigh(said["sex"], {"男"}, Verdict.CANNOT_TELL)[0] is Verdict.CANNOT_TELL
