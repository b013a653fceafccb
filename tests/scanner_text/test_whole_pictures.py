"""Photographs of which nothing is known: print in any direction and size, under and around seals."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Picture
from PIL import ImageDraw

from practice.specimens import fonts
from scanner.lines import text_lines
from scanner.mrz import find_zone
from scanner.text import Recogniser, RecogniserUnavailable, create_recogniser
from scanner.text.whole import read_page
from scanner.types import Image

ADDRESS = "南山区虚构路五号三栋一五〇二"


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    try:
        return create_recogniser(threads=1)
    except RecogniserUnavailable as missing:
        pytest.skip(str(missing))


def sheet(width: int, height: int) -> Picture.Image:
    return Picture.new("RGB", (width, height), (236, 234, 228))


def write(
    paper: Picture.Image, text: str, at: tuple[int, int], pixels: int, *, turned: int = 0, ink=(30, 30, 35)
) -> None:
    """``text`` with its top-left at ``at``, turned clockwise by ``turned`` degrees."""
    try:
        face = fonts.font("sans", pixels)
    except fonts.FontMissingError as missing:
        pytest.skip(str(missing))
    tile = Picture.new("L", (round(pixels * 1.05 * len(text)) + 8, round(1.5 * pixels)))
    ImageDraw.Draw(tile).text((4, 2), text, font=face, fill=255)
    tile = tile.rotate(-turned, expand=True)
    paper.paste(ink, at, tile)


def bgr(paper: Picture.Image) -> Image:
    return np.ascontiguousarray(np.asarray(paper, np.uint8)[:, :, ::-1])


def read(paper: Picture.Image, recogniser: Recogniser) -> list[str]:
    lines = read_page(bgr(paper), recogniser)
    return [line.text for line in text_lines(lines, find_zone(lines))]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_is_read_however_it_lies_and_in_its_own_order(recogniser: Recogniser, turned: int) -> None:
    paper = sheet(700, 400)
    write(paper, "姓名陈试远", (40, 40), 34)
    write(paper, "民族汉", (430, 44), 34)
    write(paper, ADDRESS, (40, 160), 34)
    assert "".join(read(paper.rotate(-turned, expand=True), recogniser)) == f"姓名陈试远民族汉{ADDRESS}"


def test_one_picture_may_hold_lines_in_several_directions(recogniser: Recogniser) -> None:
    paper = sheet(700, 640)
    write(paper, "虚构学校报名处材料清单", (40, 30), 36)
    write(paper, "二〇一八年三月二十二日", (40, 110), 36)
    write(paper, "请由右侧通道进入等候", (600, 140), 36, turned=90)
    assert {"虚构学校报名处材料清单", "二〇一八年三月二十二日", "请由右侧通道进入等候"} <= set(read(paper, recogniser))


def test_tiny_print_on_a_large_photograph_is_looked_at_closer(recogniser: Recogniser) -> None:
    paper = sheet(3200, 2400)
    write(paper, ADDRESS, (1500, 1300), 28)
    write(paper, "陈试远", (1500, 1360), 28)
    assert read(paper, recogniser) == [ADDRESS, "陈试远"]


def test_a_picture_that_is_one_line_is_read(recogniser: Recogniser) -> None:
    paper = sheet(330, 62)
    write(paper, "虚构建材市场", (6, -6), 52)
    assert read(paper, recogniser) == ["虚构建材市场"]


def test_a_picture_without_print_has_no_lines(recogniser: Recogniser) -> None:
    assert read(sheet(640, 480), recogniser) == []


def test_people_see_the_signs_that_are_printed(recogniser: Recogniser) -> None:
    paper = sheet(700, 160)
    write(paper, "户口簿、房产证。", (40, 40), 44)
    (line,) = read_page(bgr(paper), recogniser)
    assert line.reading.printed == "户口簿、房产证。"
    assert line.reading.text == "户口簿,房产证.", "the judge knows one sign for both"


def test_a_seal_says_whose_it_is_and_hides_nothing(recogniser: Recogniser) -> None:
    paper = sheet(900, 620)
    write(paper, "虚构区出生登记专用证明", (220, 285), 40)
    stamp(paper, "虚构市试例区教育局专用章", centre=(330, 310), radius=190)
    lines = read(paper, recogniser)
    assert "虚构区出生登记专用证明" in lines
    assert "虚构市试例区教育局专用章" in lines


def stamp(paper: Picture.Image, text: str, *, centre: tuple[int, int], radius: int) -> None:
    """A round seal in red ink: its rim, and ``text`` around its upper part, heads outwards."""
    red = (205, 40, 45)
    pen = ImageDraw.Draw(paper)
    x, y = centre
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=red, width=7)
    for i, character in enumerate(text):
        angle = -125 + 250 * i / (len(text) - 1)  # degrees clockwise from the top
        tile = Picture.new("L", (60, 60))
        ImageDraw.Draw(tile).text((30, 30), character, font=fonts.font("serif-bold", 44), fill=255, anchor="mm")
        tile = tile.rotate(-angle, resample=Picture.Resampling.BICUBIC)
        at = (x + 0.8 * radius * np.sin(np.radians(angle)), y - 0.8 * radius * np.cos(np.radians(angle)))
        paper.paste(red, (round(at[0]) - 30, round(at[1]) - 30), tile)


def test_a_valid_zone_is_shown_as_its_check_digits_settled_it(recogniser: Recogniser) -> None:
    zone = ("POCHNLYU<<LIYUAN<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "EZ99000016CHN8706010F2903312<<<<<<<<<<<<<<<8")
    paper = sheet(1300, 260)
    for i, line in enumerate(zone):
        try:
            face = fonts.font("mono", 40)
        except fonts.FontMissingError as missing:
            pytest.skip(str(missing))
        ImageDraw.Draw(paper).text((60, 60 + 80 * i), line, font=face, fill=(25, 25, 30))
    assert tuple(read(paper, recogniser)) == zone
