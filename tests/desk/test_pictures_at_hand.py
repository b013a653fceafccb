"""The pictures of the family at the desk are at hand; those of the last one are not."""

from __future__ import annotations

from kiosk.desk.present import Crops


class Shelf:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def picture(self, digest: str) -> bytes:
        self.asked.append(digest)
        return b"page"

    def crops(self, digest: str) -> dict[str, bytes]:
        self.asked.append(digest)
        return {"name": b"crop"}


def test_a_picture_is_fetched_once_while_the_family_is_there() -> None:
    shelf = Shelf()
    crops = Crops(shelf)
    assert [crops.page("p"), crops.page("p")] == [b"page", b"page"]
    assert [crops.crop("c", "name"), crops.crop("c", "other")] == [b"crop", b""]
    assert shelf.asked == ["p", "c"]


def test_nothing_is_at_hand_when_the_family_has_left() -> None:
    shelf = Shelf()
    crops = Crops(shelf)
    crops.page("p")
    crops.forget()
    crops.page("p")
    assert shelf.asked == ["p", "p"]
