"""The user's guide: its links lead somewhere, its pictures are those that script/screenshots renews."""

from __future__ import annotations

import re
from pathlib import Path

import resources
from yanhe.screenshot_story import MOMENTS
from yanhe.screenshots import PAPERS

ROOT = Path(resources.__file__).parent.parent
DOCS = ROOT / "docs"
GUIDE = DOCS / "guide"
FILM = "one-family.webm"
STRIPS = {"strips.png", "tally-strips.png"}  # what a receipt printer got: renewed by tests/paper/strip_pictures.py
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def links(page: Path) -> list[Path]:
    return [(page.parent / target).resolve() for target in _LINK.findall(page.read_text(encoding="utf-8"))]


def test_every_link_of_the_documentation_leads_to_a_file() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target.relative_to(ROOT)}"
        for page in [ROOT / "README.md", *DOCS.rglob("*.md")]
        for target in links(page)
        if target.is_relative_to(ROOT) and not target.exists()
    ]
    assert not broken


def test_every_page_of_the_guide_is_in_its_contents() -> None:
    listed = {target.name for target in links(GUIDE / "README.md")}
    assert {page.name for page in GUIDE.glob("*.md")} - {"README.md"} <= listed


def pictures(pages: list[Path]) -> set[Path]:
    return {target for page in pages for target in links(page) if target.is_relative_to(DOCS / "pictures")}


def test_every_picture_of_the_guide_can_be_renewed() -> None:
    renewed = {f"{name}.png" for name in (*MOMENTS, *PAPERS.values())} | {FILM}
    assert {picture.name for picture in pictures(list(GUIDE.glob("*.md")))} <= renewed


def test_every_picture_is_used() -> None:
    there = {path for path in (DOCS / "pictures").iterdir() if path.is_file()}
    assert there <= pictures([ROOT / "README.md", *DOCS.rglob("*.md")])


def test_the_guide_speaks_in_short_lines() -> None:
    """Chinese pages: no sentence that a tired person has to read twice."""
    long = [
        f"{page.name}: {sentence}"
        for page in GUIDE.glob("*.md")
        if page.name not in ("english.md", "README.md")
        for line in page.read_text(encoding="utf-8").splitlines()
        if not line.startswith(("|", "!"))
        for sentence in re.split(r"[。！？；]", line)
        if len(sentence) > 48
    ]
    assert not long
