from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from ocr_evidence import print_of

from scanner.judge import Question, alphabet_of, judge
from scanner.judge.numbers import check_character, is_citizen_number
from scanner.types import Verdict

HAN = "陈林梁许罗魏试例样拟远坤沐嘉南山区虚构路号栋座室住宅男女汉昇升己已巳年月日"
ALPHABET = alphabet_of(frozenset(HAN + "0123456789ABCDEFGHIXS-.()"))
NUMBER = "44000020180322046"
NUMBER += check_character(NUMBER)


def verdict_of(cls: str, expected: str, *frames, **known) -> Verdict:
    return judge(Question(cls, (expected,), **known), frames, ALPHABET).verdict


def test_what_is_clearly_printed_as_declared_matches() -> None:
    assert verdict_of("name", "梁例沐", print_of("梁例沐")) is Verdict.MATCH
    assert verdict_of("id", NUMBER, print_of(NUMBER)) is Verdict.MATCH


def test_a_clear_print_that_differs_is_a_mismatch() -> None:
    assert verdict_of("name", "梁试沐", print_of("梁例沐")) is Verdict.MISMATCH
    assert verdict_of("address", "南山区虚构路5号3栋", print_of("南山区虚构路5号5栋")) is Verdict.MISMATCH


def test_a_print_between_two_readings_is_left_to_the_person() -> None:
    torn = print_of("梁例沐", doubts={1: ("样", 0.45)})
    assert verdict_of("name", "梁例沐", torn) is Verdict.CANNOT_TELL
    assert verdict_of("name", "梁样沐", torn) is Verdict.CANNOT_TELL


def test_several_frames_settle_what_one_frame_leaves_open() -> None:
    frames = [print_of("梁例沐", doubts={1: ("样", share)}) for share in (0.45, 0.4, 0.35, 0.4, 0.3)]
    assert verdict_of("name", "梁例沐", frames[0]) is Verdict.CANNOT_TELL
    assert verdict_of("name", "梁例沐", *frames) is Verdict.MATCH


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 16), st.sampled_from("0123456789"), st.floats(0.6, 0.999))
def test_a_number_with_one_digit_altered_never_matches(position: int, digit: str, certainty: float) -> None:
    altered = NUMBER[:position] + digit + NUMBER[position + 1 :]
    recomputed = altered[:17] + check_character(altered[:17])
    for record in {altered, recomputed} - {NUMBER}:
        assert verdict_of("id", record, print_of(NUMBER, certainty)) is not Verdict.MATCH


def test_the_check_digit_settles_a_digit_that_the_picture_leaves_open() -> None:
    smudged = print_of(NUMBER, doubts={9: ("6", 0.45)})
    assert verdict_of("id", NUMBER, smudged) is Verdict.MATCH


def test_a_character_the_recogniser_does_not_know_is_never_decided() -> None:
    result = judge(Question("name", ("陈㵘",)), [print_of("陈例")], ALPHABET)
    assert (result.verdict, result.reason) == (Verdict.CANNOT_TELL, "outside_dictionary")


def test_a_sibling_that_the_recogniser_does_not_know_leaves_a_name_open() -> None:
    known = alphabet_of(frozenset(HAN + "淼"))
    assert judge(Question("name", ("陈淼",)), [print_of("陈淼")], known).reason == "look_alike"


def test_names_with_inseparable_characters_need_much_clearer_print() -> None:
    clear, usual = print_of("陈昇", 0.9999), print_of("陈昇", doubts={1: ("升", 0.02)})
    assert verdict_of("name", "陈昇", clear) is Verdict.MATCH
    assert verdict_of("name", "陈昇", usual) is Verdict.CANNOT_TELL
    assert verdict_of("name", "陈升", clear) is not Verdict.MATCH
    assert verdict_of("name", "陈升", clear) is not Verdict.MISMATCH


def test_print_beside_the_value_does_not_count() -> None:
    printed = print_of("2018年03月22日22时10分")
    alphabet = ALPHABET | frozenset("时分")
    question = Question("date", ("2018年03月22日",), after=r"\d{1,2}时\d{1,2}分")
    assert judge(question, [printed], alphabet).verdict is Verdict.MATCH
    altered = Question("date", ("2018年03月23日",), after=r"\d{1,2}时\d{1,2}分")
    assert judge(altered, [printed], alphabet).verdict is not Verdict.MATCH


def test_a_place_that_begins_with_a_letter_is_not_read_as_a_digit() -> None:
    printed = print_of("1449900088", doubts={0: ("I", 0.004)})
    question = Question("cert", ("I449900088",), pattern=r"[A-Z]\d{9}")
    assert judge(question, [printed], ALPHABET).verdict is Verdict.MATCH
    assert (
        judge(Question("cert", ("H449900088",), pattern=r"[A-Z]\d{9}"), [printed], ALPHABET).verdict
        is not Verdict.MATCH
    )


def test_a_reading_that_does_not_look_like_the_value_contradicts_nobody() -> None:
    half = print_of(NUMBER[:12])
    assert verdict_of("id", NUMBER, half, pattern=r"\d{17}[\dX]") is Verdict.CANNOT_TELL


def test_a_number_cut_short_is_no_other_number() -> None:
    """Fifteen of eighteen digits look like an old number, and are only the part that a seal left legible."""
    question = Question("id", (NUMBER, NUMBER[:6] + NUMBER[8:17]), pattern=r"\d{17}[\dX]|\d{15}")
    assert judge(question, [print_of(NUMBER[:15])], ALPHABET).verdict is Verdict.CANNOT_TELL


def test_a_place_found_without_its_label_contradicts_nobody() -> None:
    assert verdict_of("name", "陈试远", print_of("梁例沐"), sure=False) is Verdict.CANNOT_TELL


def test_nothing_read_is_nothing_decided() -> None:
    assert judge(Question("name", ("梁例沐",)), [], ALPHABET).reason == "nothing_read"


def test_case_and_width_do_not_matter() -> None:
    assert verdict_of("id", "４４０００００x", print_of("4400000X")) is Verdict.MATCH


@given(st.from_regex(r"[1-9][0-9]{16}", fullmatch=True), st.integers(0, 16), st.sampled_from("0123456789"))
def test_every_single_wrong_digit_breaks_the_check(first_17: str, position: int, digit: str) -> None:
    whole = first_17 + check_character(first_17)
    assert is_citizen_number(whole)
    altered = whole[:position] + digit + whole[position + 1 :]
    assert is_citizen_number(altered) == (altered == whole)
