"""What must be true of every page, whatever stands on it."""

from __future__ import annotations

from itertools import combinations

from kiosk.paper.canvas import Page, Panel, Rect, Symbol, Watermark, Words, natural_width, text_height


def check_page(page: Page) -> None:
    """Everything on the page, every word in its box, nothing over anything else."""
    whole = Rect(0, 0, page.width, page.height)
    words = [item for item in page.items if isinstance(item, Words)]
    for item in page.items:
        assert item.rect.w >= 0 and item.rect.h >= 0
        if not isinstance(item, Watermark):
            assert inside(item.rect, whole), item
    for item in words:
        assert natural_width(item) <= item.rect.w + 0.05, item
        assert text_height(item.text, item.style, item.rect.w) <= item.rect.h + 0.05, item
    for one, other in combinations(words, 2):
        assert not overlap(one.rect, other.rect), (one, other)
    solid = [item for item in page.items if isinstance(item, Symbol) or (isinstance(item, Panel) and item.dashed)]
    for one, other in combinations([*solid, *words], 2):
        if not (isinstance(one, Words) and isinstance(other, Words)) and not inside(other.rect, one.rect):
            assert not overlap(one.rect, other.rect), (one, other)


def words_of(page: Page) -> str:
    return "\n".join(item.text for item in page.items if isinstance(item, Words))


def inside(inner: Rect, outer: Rect) -> bool:
    return (
        inner.x >= outer.x
        and inner.y >= outer.y
        and inner.right <= outer.right + 0.01
        and inner.bottom <= outer.bottom + 0.01
    )


def overlap(one: Rect, other: Rect) -> bool:
    touching = 0.01
    return (
        one.x < other.right - touching
        and other.x < one.right - touching
        and one.y < other.bottom - touching
        and other.y < one.bottom - touching
    )
