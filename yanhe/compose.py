"""How a desk is put together. The one page that knows all parts; read it to see how the program hangs together.

store ── log ── desk ── window        camera ─→ desk ─→ reader process
  └── sync thread ─→ platform         desk ─→ paper thread ─→ printer
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from kiosk.desk.desk import Desk
from kiosk.desk.elsewhere import Elsewhere
from kiosk.desk.guards import Guards
from kiosk.desk.log import CaseLog
from kiosk.desk.machine import ClockGuard, DiskGuard, Machine, free_bytes
from kiosk.desk.pack_shelf import SIGNERS_FILE, PackShelf
from kiosk.desk.papers import PaperDesk
from kiosk.desk.people import DeskPeople
from kiosk.desk.ports import Clock, DeskIdentity, SystemClock
from kiosk.desk.printing import Printing
from kiosk.desk.rules import KnownPapers, Rules
from kiosk.desk.tidy import Tidy
from kiosk.matching import mandarin
from kiosk.matching.forms import printed_forms
from kiosk.paper.fonts import load_site_fonts
from kiosk.paper.press import ChoiceError, Press, PrinterChoice
from kiosk.paper.printers import Printer
from kiosk.paper.signing import DeskSigner, keyring, save_keyring
from kiosk.policy.loader import builtin_contents
from kiosk.readiness.report import Reports
from kiosk.settings import Settings, SettingsProblem
from kiosk.sync.enrolment import Enrolment, enrolment, transport_for, trusted_keys
from kiosk.sync.http import HttpTransport
from kiosk.sync.transport import Transport
from kiosk.sync.worker import SyncWorker
from kiosk.wire.chain import link
from kiosk.wire.suite import SUITES
from offline_cache.keys import KeySource, machine_keys
from offline_cache.store import Store
from scanner.layouts import builtin_layouts
from scanner.sources import CameraName, FrameSource, list_cameras
from scanner.worker import ReaderProcess
from yanhe import collector
from yanhe.adapters import LiveCamera, PackPost, PlatformLine, StoredApplications, WorkerReader
from yanhe.camera import camera_source, camera_spec
from yanhe.camera_choice import CameraRound
from yanhe.devices import Devices, remember_camera, remember_printer
from yanhe.people import desk_people, listen
from yanhe.readiness import Readiness

TRUSTED_KEYS = "trusted-keys.json"
# The window's thread shares the interpreter with the camera's: it must not wait the usual 5 ms for each of its turns, and building a page
# gives the interpreter away dozens of times.
TURN_S = 0.0002
# Loading the tables of readings and the layouts of papers keeps the window waiting for a tenth of a second each: once it is there and before
# anybody works at it, not with the first news of an application or the first paper in the middle of the day.
TABLES_AFTER_S = 2.0


class NotEnrolled(Exception):
    """This machine is not a desk yet: `yanhe enrol` makes it one."""


@dataclass(frozen=True)
class Staff:
    """Who works at the desk for as long as the platform has sent no list of people (afterwards they sign in)."""

    number: str
    name: str


@dataclass(frozen=True)
class Edges:
    """What stands at the edge of the program, to be wrapped: training and tests break devices here, behind the same interfaces."""

    printer: Callable[[Printer], Printer] = lambda printer: printer
    transport: Callable[[HttpTransport], Transport] = lambda transport: transport
    free_bytes: Callable[[Path], int] = free_bytes
    clock: Clock = field(default_factory=SystemClock)
    cameras: Callable[[], Sequence[CameraName]] = list_cameras
    camera_source: Callable[[str], FrameSource] = camera_source


@dataclass(frozen=True)
class RunningDesk:
    """A desk at work and the parts that others may need."""

    desk: Desk
    store: Store
    sync: SyncWorker
    reader: ReaderProcess
    identity: DeskIdentity
    devices: Devices
    printing: Printing


def key_source(settings: Settings) -> KeySource:
    return machine_keys(settings.key_file)


def open_store(settings: Settings) -> Store:
    """Raises StoreProblem; its code has a sentence in resources/texts."""
    return Store.open(settings.store, key_source(settings), chain=link, ciphers=SUITES)


@contextmanager
def running_desk(
    settings: Settings,
    source: FrameSource,
    staff: Staff,
    *,
    practice: bool = False,
    edges: Edges | None = None,
    reader: ReaderProcess | None = None,
) -> Iterator[RunningDesk]:
    """Everything at work until the block ends; then everything has ended, in the opposite order.

    ``reader``: one that warms up already (yanhe.early); it is ended too. Needs a QGuiApplication (papers are drawn with Qt). Raises StoreProblem and NotEnrolled.
    """
    edges = edges or Edges()
    with ExitStack() as parts:
        sys.setswitchinterval(TURN_S)
        # the reader first: it warms up in its own process while the rest comes up
        reader = parts.enter_context(reader or ReaderProcess(printed_forms=printed_forms))
        store = parts.enter_context(open_store(settings))
        enrolled = enrolment(store)
        if enrolled is None:
            raise NotEnrolled
        # then the camera: a webcam takes its time to open, and a machine that is no desk, or where one runs already, has no business with it
        rounds = CameraRound(
            camera_spec(settings.camera),
            lambda chosen: camera.switch(chosen),
            lambda spec: remember_camera(settings, spec),
            names=edges.cameras,
            source=edges.camera_source,
        )
        camera = LiveCamera(
            source,
            on_capture=lambda capture: desk.captured(capture),
            on_code=lambda code: desk.code_seen(code),
            others=rounds.several,
        )
        camera.start()
        parts.callback(camera.stop)
        identity = _identity(enrolled, staff, practice)
        shelf = PackShelf(store, builtin_contents(), {enrolled.platform_key})
        _write_signers(settings.home / SIGNERS_FILE, [enrolled.platform_key])
        rules = Rules(
            shelf,
            papers=known_papers,
            practice=practice,
            language=settings.language,
        )
        line = PlatformLine(store)
        packs = PackPost(shelf)
        log = CaseLog(store)
        people = desk_people(store, log, enrolled, staff.number, staff.name, practice=practice)
        plain = transport_for(enrolled)
        tidy = Tidy(store, StoredApplications(store), rules, settings.papers)
        sync = _sync(store, edges.transport(plain), line, settings.home / TRUSTED_KEYS, packs, people, tidy)
        line.attach(sync)
        load_site_fonts(settings.fonts)
        press = press_for(settings)
        printer = edges.printer(press)
        papers = PaperDesk(
            identity=identity,
            rules=rules,
            signer=DeskSigner(enrolled.key),  # one key signs its requests and its papers
            printer=printer,
            draw=press.draw_paper,
            sync=line,
            folder=settings.home / "drawn",
            keyring=lambda: keyring(trusted_keys(store)),
        )
        parts.callback(papers.stop)
        printing = Printing(
            store,
            identity,
            press,
            DeskSigner(enrolled.key),
            settings.home / "drawn",
            in_turn=papers.in_turn,
            actor=lambda: people.actor,
            keep=lambda choice: remember_printer(settings, choice),
            now=edges.clock.now,
            changed=line.nudge,
            saved_in=settings.papers,
        )
        parts.callback(printing.stop)
        reports = Reports(settings.home / "readiness")
        machine = Machine(
            DiskGuard(lambda: edges.free_bytes(settings.home)),
            ClockGuard(edges.clock.now, lambda: _offset(plain, edges.clock)),
            ready=reports.ready,
        )
        desk = Desk(
            identity=identity,
            registry=StoredApplications(store),
            log=log,
            rules=rules,
            reader=WorkerReader(reader),
            papers=papers,
            sync=line,
            clock=edges.clock,
            machine=machine,
            people=people,
            elsewhere=Elsewhere(store, identity.desk_id, people.name_of),
            guards=Guards(store, edges.clock),
        )
        packs.attach(desk)
        line.on_change = desk.results_changed
        readiness = Readiness(
            reports,
            identity.desk_name,
            settings.language,
            camera=camera,
            reader=reader,
            printer=printer,
            draw=press.draw,
            store=store,
            clock=edges.clock,
            view_of_desk=lambda: desk.view,
        )
        parts.callback(readiness.stop)
        sync.start()
        parts.callback(sync.stop)
        desk.start(camera)
        parts.callback(desk.stop)
        camera.attend()
        parts.callback(camera.stop)  # before the desk it tells things to
        parts.callback(rounds.stop)
        tables = threading.Timer(TABLES_AFTER_S, _load_tables)
        tables.daemon = True
        tables.start()
        parts.callback(tables.cancel)
        devices = Devices(desk, camera, rounds, papers, sync, reader, machine, readiness)
        parts.enter_context(collector.running())
        yield RunningDesk(desk, store, sync, reader, identity, devices, printing)


def _load_tables() -> None:
    mandarin.load()
    known_papers()


def _offset(transport: HttpTransport, clock: Clock) -> timedelta | None:
    """How far the platform's clock is ahead of the desk's."""
    measured = transport.measured_offset
    return None if measured is None else measured + (datetime.now(UTC) - clock.now())


def _identity(enrolled: Enrolment, staff: Staff, practice: bool) -> DeskIdentity:
    return DeskIdentity(
        desk_id=enrolled.desk_id,
        desk_name=enrolled.desk_name,
        school_code=enrolled.school_code,
        school_name=enrolled.school_name,
        district=enrolled.district,
        staff_no=staff.number,
        staff_name=staff.name,
        practice=practice,
    )


def _write_signers(path: Path, keys: list[str]) -> None:
    """Whose packs this desk takes, so that `yanhe pack verify` knows without the store's key."""
    aside = path.with_name(path.name + ".part")
    aside.write_text(json.dumps(keys) + "\n", encoding="utf-8")
    aside.replace(path)


def _sync(
    store: Store,
    transport: Transport,
    line: PlatformLine,
    keys_file: Path,
    packs: PackPost,
    people: DeskPeople,
    tidy: Tidy,
) -> SyncWorker:
    written: dict[str, str] = {}

    def changed() -> None:
        keys = trusted_keys(store)
        if keys != written:  # so that any program on this machine can verify papers without the store's key
            save_keyring(keys_file, dict(keys))
            written.clear()
            written.update(keys)
        line.changed()
        listen(store, people, worker.state)

    worker = SyncWorker(store, transport, on_change=changed, take_pack=packs.take, tidy=tidy)
    return worker


@cache
def known_papers() -> KnownPapers:
    """Of the layouts that ship with the program, over all editions of a page."""
    fields: dict[tuple[str, str], frozenset[str]] = {}
    for layout in builtin_layouts():
        fields[layout.kind, layout.page] = fields.get((layout.kind, layout.page), frozenset()) | layout.fields.keys()
    return KnownPapers({layout.kind: layout.kinds() for layout in builtin_layouts() if layout.also_kinds}, fields)


def press_for(settings: Settings) -> Press:
    """The printer and paper of the settings. Raises SettingsProblem when they name none that we know."""
    try:
        return Press(PrinterChoice(settings.printer_uri, settings.paper), settings.papers)
    except ChoiceError as problem:
        raise SettingsProblem(f"{settings.file}: {problem}") from problem
