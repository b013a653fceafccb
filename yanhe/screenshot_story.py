"""What happens while the pictures of the documentation are taken: a morning at the desk, told step by step, and the moments worth a picture.

A further screen gets its picture here: a step in ``Story._tell`` that brings it up, and ``take`` with the name of the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from kiosk.desk.masking import mask_name
from kiosk.desk.people_view import Door
from kiosk.desk.view import CaseView, DeskView, ItemState, Light, Phase, RowVerdict
from practice.world import family, papers
from ui.app import FamilyWindow
from ui.staff.reasons import ReasonPicker
from yanhe.by_itself import Account, Done, Families
from yanhe.practice_run import PracticeApp
from yanhe.practice_world import PracticeWorld

_LOOK_EVERY_MS = 20
_SETTLES_MS = 160  # the family's screen clears itself before it shows another page
_STEP_LIMIT_S = 400.0  # a loaded machine reads slowly
FAMILIES = ("F01", "F06", "F13")
Until = Callable[[], bool]

# what each picture shows; the guide links to them by these names
MOMENTS = {
    "empty-desk": "nobody is there, everything is ready",
    "candidates": "several applications fit what was typed",
    "preview-outline": "a paper lies still and is about to be taken",
    "comparison-ask": "a row that a person must look at",
    "comparison-mismatch": "a row that differs",
    "reasons": "a person overrules the machine: why, one key a reason",
    "decision": "what will be printed",
    "decided-return": "returned, originals to hand back",
    "decided-receipt": "receipt saved, originals to hand back",
    "second-visit": "a returned family is back, its earlier reasons first",
    "offline": "the platform is away",
    "hold": "the family steps aside: why",
    "walk-in": "no application fits: what to say to the parents",
    "today": "today's families at this desk, what waits first",
    "status": "every device, since when, what to do",
    "display": "language, colours, size of type, sounds, the family's screen",
    "locked": "nobody works here just now: who are you, and your PIN",
    "tour-offered": "the first start of the training mode",
    "tour-step": "the tour at work",
    "family-welcome": "the family's screen between two families",
    "family-checking": "the family's screen while papers are looked at",
    "family-returned": "the family's screen after a return",
    "family-receipt": "the family's screen after a receipt",
}


class Story(QObject):
    """Runs by itself once the app's event loop turns and ends it. ``taken``: pictures; ``papers``: family → the PDF it got."""

    names = tuple(MOMENTS)

    def __init__(self, practice: PracticeApp, beside: FamilyWindow, world: PracticeWorld, folder: Path) -> None:
        super().__init__(practice.window)
        self._practice = practice
        self._beside = beside
        self._world = world
        self._folder = folder
        self._ended: list[Done] = []
        self._waited_ms = 0
        self._beside_now: str | None = None
        self._held_ms = 0
        self.taken: set[str] = set()
        self.papers: dict[str, Path] = {}
        self._told = self._tell()
        self._until: Until = lambda: True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_EVERY_MS)

    # ── the morning ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _tell(self) -> Iterator[Until]:
        window = self._practice.window
        yield lambda: bool(self._view and self._view.header.expected_today) and self._reader_is("ready")
        yield from self._tour()
        self.take("empty-desk")
        self.take("family-welcome", self._beside)
        Families(self._practice, FAMILIES, Account(), self._ended.extend)
        yield lambda: len(self._ended) == len(FAMILIES)
        for done in self._ended:
            if done.view.case is not None and done.view.case.paper is not None:
                self.papers[done.family_id] = Path(done.view.case.paper.pdf_path)
        self.press(Qt.Key.Key_F5)
        yield self._free
        yield from self._find("陈", lambda: bool(self._view and self._view.phase is Phase.CANDIDATES))
        self.take("candidates")
        self.press(Qt.Key.Key_Escape)
        yield self._free
        yield from self._find(family("F06").application_numbers[0], lambda: self._case is not None)
        self.take("second-visit")
        yield from self._hold()
        yield from self._find("9999", lambda: bool(self._view and self._view.walk_in is not None))
        self.take("walk-in")
        self.press(Qt.Key.Key_Escape)
        yield self._free
        yield from self._overrule("F08")
        self.press(Qt.Key.Key_F4)
        yield lambda: bool(self._view and self._view.today is not None)
        yield from self._pause(100)
        self.take("today")
        self.press(Qt.Key.Key_F4)
        yield lambda: bool(self._view and self._view.today is None)
        self._world.platform.kill()
        self._practice.running.sync.retry_now()
        yield lambda: bool(self._view and self._view.header.network.light in (Light.WARN, Light.BAD))
        yield from self._find(family("F16").application_numbers[0], lambda: self._case is not None)
        window.notice.dismiss()
        self.take("offline")
        for key, name in ((Qt.Key.Key_F10, "status"), (Qt.Key.Key_F12, "display")):
            self.press(key)
            yield self._asks
            self.take(name)
            QTest.keyClick(self._dialog(), Qt.Key.Key_Escape)
            yield from self._pause(200)
        self.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        yield lambda: bool(self._view and self._view.people.door is not Door.OPEN)
        self.take("locked")
        self._practice.app.quit()

    def _tour(self) -> Iterator[Until]:
        self.take("tour-offered")
        self.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        yield from self._pause(300)  # the frame finds its place
        self.take("tour-step")
        self.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        yield from self._pause(100)

    def _overrule(self, family_id: str) -> Iterator[Until]:
        """A person says "agrees" where the machine sees a difference: why?"""
        yield from self._find(family(family_id).application_numbers[0], lambda: self._case is not None)
        birth = next(p for p in papers(family_id) if p.material == "A04")
        self._practice.session.lay(birth.id)
        yield lambda: bool(self._case and self._case.current_row is not None)
        self._practice.session.take_away()
        self.press(Qt.Key.Key_Return)
        yield lambda: "reasons" in self.taken
        QTest.keyClick(self._practice.window.findChildren(ReasonPicker)[0], Qt.Key.Key_Escape)
        yield from self._pause(200)
        yield from self._hold()

    def _hold(self) -> Iterator[Until]:
        """The family steps aside: the first reason."""
        self.press(Qt.Key.Key_F6)
        yield self._asks
        self.take("hold")
        QTest.keyClick(self._dialog(), Qt.Key.Key_1)
        yield self._free
        yield from self._pause(100)

    def _find(self, query: str, until: Until) -> Iterator[Until]:
        self._practice.window.find_bar.begin(query)
        QTest.keyClick(self._practice.window.find_bar.edit, Qt.Key.Key_Return)
        yield until
        yield from self._pause(200)

    def _pause(self, ms: int) -> Iterator[Until]:
        over: list[bool] = []
        QTimer.singleShot(ms, lambda: over.append(True))
        yield lambda: bool(over)

    # ── looking ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _look(self) -> None:
        """Take what is worth a picture just now; tell the next step when the last has come true."""
        self._watch()
        self._waited_ms += _LOOK_EVERY_MS
        if self._until():
            self._waited_ms = 0
            step = next(self._told, None)
            if step is None:
                self._timer.stop()
            else:
                self._until = step
        elif self._waited_ms > _STEP_LIMIT_S * 1000:
            self._practice.app.quit()

    def _watch(self) -> None:
        view, case = self._view, self._case
        if view is None or case is None:
            return
        name = self._staff_moment(view, case)
        if name is not None:
            self.take(name)
        beside = self._family_moment(view, case)
        self._held_ms = self._held_ms + _LOOK_EVERY_MS if beside == self._beside_now else 0
        self._beside_now = beside
        if beside is not None and self._held_ms >= _SETTLES_MS:
            self.take(beside, self._beside)

    def _staff_moment(self, view: DeskView, case: CaseView) -> str | None:
        dialogs = [d for d in self._practice.window.findChildren(QDialog) if d.isVisible()]
        if any(isinstance(d, ReasonPicker) for d in dialogs):
            return "reasons"
        if dialogs:
            return "decision" if case.decision.allowed == ("RETURN",) else None
        if view.phase is Phase.DECIDED:
            saved = case.paper is not None and case.paper.state == "saved"
            return f"decided-{case.decision.decision.lower()}" if saved else None
        rows = [row for d in case.documents if d.doc_id == case.current_doc for row in d.rows]
        if any(row.verdict is RowVerdict.MISMATCH for row in rows):
            return "comparison-mismatch"
        if case.current_row is not None and rows[case.current_row].verdict is RowVerdict.ASK:
            return "comparison-ask"
        preview = self._practice.running.desk.preview()
        outlined = preview is not None and preview.outline is not None and preview.state in ("hold_still", "capturing")
        return "preview-outline" if outlined and len(case.documents) >= 2 else None

    def _family_moment(self, view: DeskView, case: CaseView) -> str | None:
        if view.phase is Phase.DECIDED:
            return {"RECEIPT": "family-receipt", "RETURN": "family-returned"}.get(case.decision.decision)
        states = {item.state for item in case.checklist}
        shown = any(mask_name(case.child) in part.text() for part in self._beside.findChildren(QLabel))
        return "family-checking" if shown and {ItemState.VERIFIED, ItemState.EXPECTED} <= states else None

    # ── hands and camera ────────────────────────────────────────────────────────────────────────────────────────────

    def take(self, name: str, window: QWidget | None = None) -> None:
        """The picture of this name, once; of the staff's window, with an open dialog where it stands, unless another is given."""
        if name not in MOMENTS or name in self.taken:
            return
        self.taken.add(name)
        picture = self._staff_picture() if window is None else window.grab()
        _save(picture, self._folder / f"{name}.png")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._practice.window, key, modifier)

    def _staff_picture(self) -> QPixmap:
        window = self._practice.window
        picture = window.grab()
        painter = QPainter(picture)
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                painter.drawPixmap(window.mapFromGlobal(dialog.mapToGlobal(QPoint())), dialog.grab())
        painter.end()
        return picture

    @property
    def _view(self) -> DeskView | None:
        return self._practice.window.view

    @property
    def _case(self) -> CaseView | None:
        return self._view.case if self._view is not None else None

    def _dialog(self) -> QDialog:
        return next(d for d in self._practice.window.findChildren(QDialog) if d.isVisible())

    def _asks(self) -> bool:
        return any(d.isVisible() for d in self._practice.window.findChildren(QDialog))

    def _free(self) -> bool:
        return self._view is not None and self._view.phase is Phase.FINDING

    def _reader_is(self, state: str) -> bool:
        return self._practice.running.reader.state.value == state


def _save(picture: QPixmap, path: Path) -> None:
    """With a palette: a third of the size, and nobody sees the difference."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
    size = (image.width(), image.height())
    plain = Image.frombuffer("RGB", size, bytes(image.constBits()), "raw", "RGB", image.bytesPerLine(), 1)
    plain.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
