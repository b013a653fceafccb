"""Rare characters of names: drawn, from the fonts we name, or stopped with their code point. GB 18030-2022 level 3, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import tiny_font
from PySide6.QtGui import QFontDatabase, QTextLayout
from sample_tally import tally

from kiosk.doctor import checks
from kiosk.doctor.report import Health
from kiosk.paper import fonts
from kiosk.paper.code import code_text
from kiosk.paper.fonts import (
    BLOCKS,
    block_of,
    code_points,
    coverage,
    load_site_fonts,
    make_font,
    missing_characters,
    samples,
)
from kiosk.paper.model import Paper
from kiosk.paper.output import picture, printed
from kiosk.paper.render import lay_out_sheets, unprintable
from kiosk.paper.signing import Ed25519Signer
from kiosk.paper.sizes import Sheet
from kiosk.paper.tally_layout import lay_out_tally

pytestmark = pytest.mark.usefixtures("qapp")

INSTALLED = {"Noto Sans CJK SC", "Noto Serif CJK SC", "HanaMinA", "HanaMinB", "BabelStone Han"}
NAMES = {
    "URO": "陈龑翀鿔",
    "A": "㛃㵘䶮䕖",
    "B": "𠮷𠅤𡈽𪚥",
    "C": "𪜀𪡏𫖯𫜴",
    "D": "𫝀𫞎𫟅𫠝",
    "E": "𫠠𬍛𬱖𬺡",
    "F": "𬺰𭌲𮋲𮯠",
    "G": "𰀀𰠵𰹝𱍊",
    "H": "𱍐𱝾𱹵𲎯",
}
"""Characters of names and of the blocks' ends; of G and H those that the packaged fonts have."""
WHOLE = ["URO", "A", "B", "C", "D", "E", "F"]


@pytest.fixture
def installed(qapp: object) -> None:
    if not set(QFontDatabase.families()) >= INSTALLED:
        pytest.skip("needs the fonts of script/apt-packages: Noto CJK, HanaMin, BabelStone Han")


@pytest.fixture
def code(receipt: Paper, signer: Ed25519Signer) -> str:
    return code_text(receipt, signer)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Path]:
    """An empty folder for a site's own fonts; what a test loads from it does not stay."""
    before = list(fonts._site)
    yield tmp_path
    fonts._site[:] = before
    QFontDatabase.removeAllApplicationFonts()
    load_site_fonts(tmp_path / "absent")


@pytest.mark.parametrize("block", NAMES)
def test_a_name_of_every_extension_is_drawn_on_every_paper(
    installed: None, receipt: Paper, code: str, block: str
) -> None:
    name = NAMES[block]
    assert {block_of(character) for character in name} == {block}
    paper = replace(receipt, child_name=f"{name}·{name}")
    for sheet in Sheet:
        pages = lay_out_sheets(paper, code, sheet)
        assert any(name in said for said in printed(pages))
        assert missing_characters(printed(pages)) == ()
    assert unprintable(paper, code) == ()
    school = tally(facts=(("学校", f"{name}小学"),))
    for sheet in Sheet:
        assert missing_characters(printed(lay_out_tally(school, sheet))) == ()


@pytest.mark.parametrize("block", WHOLE)
def test_extensions_a_to_f_are_whole(installed: None, block: str) -> None:
    assert missing_characters([samples(block, 200)]) == ()


@pytest.mark.parametrize("serif", [False, True])
@pytest.mark.parametrize("block", NAMES)
def test_glyphs_come_from_the_fonts_we_name_and_never_in_japanese_form(
    installed: None, block: str, serif: bool
) -> None:
    for character in NAMES[block]:
        layout = QTextLayout(character, make_font(40, serif=serif))
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        assert {run.rawFont().familyName() for run in layout.glyphRuns()} <= INSTALLED


def test_no_free_font_has_all_of_g_h_and_i_and_the_desk_says_how_much_there_is(installed: None) -> None:
    for block in ("G", "H"):
        assert 0.3 < coverage(block) < 1
    assert coverage("I") == 0
    finding = checks.fonts()
    assert finding.health is Health.OK
    assert finding.facts["coverage"]["I"] == 0
    assert finding.sentence.key == "doctor.fonts.part"
    assert "I 0%" in finding.sentence.params["shares"]


@pytest.mark.parametrize(
    ("character", "point"), [("\U0002ebf0", "U+2EBF0"), ("\U00030382", "U+30382"), ("\ue5e5", "U+E5E5")]
)
def test_a_character_without_a_font_stops_with_its_code_point(
    installed: None, receipt: Paper, code: str, character: str, point: str
) -> None:
    for sheet in Sheet:
        pages = lay_out_sheets(replace(receipt, child_name=f"陈{character}远"), code, sheet)
        assert code_points(missing_characters(printed(pages))) == point


def test_a_sites_own_font_draws_what_no_packaged_one_has(site: Path, receipt: Paper, code: str) -> None:
    """Extension I, for which no package has a font: a file in the folder is enough, and is asked last."""
    name = "𮯰𮯱\U0002ee5d陈"
    assert missing_characters([name]) == ("𮯰", "𮯱", "\U0002ee5d")
    tiny_font.write(site / "extension-i.ttf", "Site Extension I", name)
    (site / "readme.txt").write_text("no font")
    (site / "broken.ttf").write_bytes(b"no font either")
    assert load_site_fonts(site) == ("Site Extension I",)
    paper = replace(receipt, child_name=name)
    assert unprintable(paper, code) == ()
    assert load_site_fonts(site) == ("Site Extension I",)  # a second time changes nothing
    layout = QTextLayout("陈𮯰", make_font(40))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    assert {run.rawFont().familyName() for run in layout.glyphRuns()} == {"Noto Sans CJK SC", "Site Extension I"}
    drawn = picture(lay_out_sheets(paper, code, Sheet.A5)[0], 100)
    assert drawn != picture(lay_out_sheets(replace(paper, child_name="陈"), code, Sheet.A5)[0], 100)


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    assert load_site_fonts(tmp_path / "absent") == fonts.site_families()


def test_blocks_do_not_overlap_and_samples_lie_in_them() -> None:
    spans = sorted(BLOCKS.values())
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    for block in BLOCKS:
        assert {block_of(character) for character in samples(block)} == {block}
    assert block_of("A") == ""
