"""From a photograph of the table to the cases it concerns: capture on disk, reading in its own process, acts in the log."""

from __future__ import annotations

import functools
import logging
import uuid

from kiosk.case.events import PageCaptured, PageUnknown
from kiosk.desk.bench import Bench
from kiosk.desk.by_hand import take_by_hand
from kiosk.desk.family import OpenCase
from kiosk.desk.finding import masked_child
from kiosk.desk.ports import Captured, PageReader
from kiosk.desk.sharing import Share, expected_of, share
from kiosk.texts import Text, text
from scanner.types import Reading

_LOG = logging.getLogger(__name__)


class Intake:
    """``readings``: captures that are being read now."""

    def __init__(self, bench: Bench, reader: PageReader) -> None:
        self._bench = bench
        self._reader = reader
        self.readings = 0

    def capture(self, capture: Captured) -> None:
        in_hand = self._bench.family.in_hand()
        if not in_hand:
            return
        digest = self._bench.log.keep_frame(capture.frames[0])
        capture_id = uuid.uuid4().hex
        self._bench.append(
            PageCaptured(capture_id=capture_id, images=[digest], by_hand=capture.by_hand), case=in_hand[0]
        )
        self._read(in_hand[0], capture_id, capture)

    def _read(self, case: OpenCase, capture_id: str, capture: Captured) -> None:
        """``case``: the one under which the sheet was photographed; the page may concern others of the family as well."""
        expects = expected_of(self._bench.family.in_hand(), self._bench.rules_for)
        future = self._reader.submit(capture.frames, corners=capture.corners, expects=expects)
        self.readings += 1
        future.add_done_callback(
            lambda done: self._bench.post(
                functools.partial(self._read_done, case.number, capture_id, done.exception() or done.result())
            )
        )
        self._bench.publish()

    def reread_interrupted(self) -> None:
        """A capture whose reading the program did not live to see is read again from the stored frame."""
        for case in self._bench.family.in_hand():
            for capture_id in case.state.unread:
                frames = [f for d in case.state.captures[capture_id] if (f := self._bench.log.frame(d)) is not None]
                if frames:
                    self._read(case, capture_id, Captured(frames, None))

    def _read_done(self, application_no: str, capture_id: str, outcome: Reading | BaseException) -> None:
        self.readings -= 1
        case = self._bench.family.get(application_no)
        if case is None or not case.at_desk or capture_id not in case.state.unread:
            return  # the family has left; the capture stays unread in its case and is read when they are back
        if isinstance(outcome, BaseException):
            _LOG.warning("a capture was not read: %s", type(outcome).__name__)
            if self._reader.device().state == "down" and self._by_hand(case, capture_id):
                return
            self._bench.append(PageUnknown(capture_id=capture_id, reason="reader_failed"), case=case)
            self._drop_frames(case, capture_id)
            self._bench.tell("error", text("desk.reader_failed"))
            return
        self._take_in(case, capture_id, outcome)

    def _by_hand(self, case: OpenCase, capture_id: str) -> bool:
        """Without a reader the page that was asked for is kept, and a person compares it. False when none was asked for."""
        frames = (self._bench.log.frame(digest) for digest in case.state.captures[capture_id])
        frame = next((frame for frame in frames if frame is not None), None)
        rules = self._bench.rules_for(case)
        keeper = self._bench.log
        found = frame is not None and take_by_hand(
            frame, capture_id, case.record, case.state, self._bench.assess(case), rules, keeper
        )
        if not found:
            return False
        self._bench.append(found.act, found.images, case=case)
        case.shown = found.shown
        self._drop_frames(case, capture_id)
        if found.hint is not None:
            self._bench.tell("warn", found.hint)
        return True

    def _take_in(self, case: OpenCase, capture_id: str, reading: Reading) -> None:
        """What was read goes into each case it concerns; the one it was photographed under says where it went."""
        shares = share(
            reading,
            capture_id,
            self._bench.family.in_hand() or [case],
            self._bench.rules_for,
            self._bench.log,
        )
        taken = [s for s in shares if s.taken]
        for s in taken:
            self._bench.append(s.found.act, s.found.images, case=s.case)
            s.case.shown = s.found.shown or s.case.shown
        if not any(s.case is case for s in taken):
            elsewhere = PageUnknown(capture_id=capture_id, reason="of_sibling", material=reading.document.kind)
            self._bench.append(elsewhere if taken else shares[0].found.act, case=case)
        self._drop_frames(case, capture_id)
        first = shares[0]
        if taken and not any(s.case is self._bench.family.active for s in taken):
            self._bench.tell("info", self._went_to(first))
        elif first.found.warning is not None:
            self._bench.tell("warn", first.found.warning)
        elif first.found.hint is not None:
            self._bench.tell("info", first.found.hint)
        else:
            self._bench.publish()

    def _went_to(self, share: Share) -> Text:
        """The page was a brother's or sister's: whose."""
        act, record = share.found.act, share.case.record
        title = self._bench.rules_for(share.case).document_title(share.found.shown or "", record)
        own_page = act.kind == "page.read" and act.page.startswith("member_")
        key = "flow.sibling.member_went" if own_page else "flow.sibling.page_went"
        return text(key, document=title, child=masked_child(record))

    def _drop_frames(self, case: OpenCase, capture_id: str) -> None:
        """The whole camera frame shows more of the table than the rules need: once the page is read it goes."""
        for digest in case.state.captures.get(capture_id, ()):
            self._bench.log.drop_frame(digest)
