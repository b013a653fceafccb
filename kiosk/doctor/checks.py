"""The single checks. Each is a function that looks at one thing and says how it is; what it needs is given to it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import segno

from kiosk.doctor.report import Finding, Health
from kiosk.http_client import httpx
from kiosk.paper.fonts import BLOCKS, code_points, coverage, load_site_fonts, missing_characters, samples
from kiosk.paper.ipp_printer import list_printers
from kiosk.paper.press import ChoiceError, PrinterChoice, printer_for
from kiosk.settings import Settings
from kiosk.sync.enrolment import enrolment
from kiosk.sync.words import store_text
from kiosk.texts import text
from offline_cache.ciphers import Ciphers
from offline_cache.events import ChainLink
from offline_cache.keys import KeySource
from offline_cache.problems import StoreProblem, Trouble
from offline_cache.store import Store
from scanner.barcodes import decode
from scanner.sources import FrameSource, SourceError
from scanner.text import RecogniserUnavailable, create_recogniser
from scanner.types import Image

DISK_NEEDED, DISK_WANTED = 1 << 30, 5 << 30  # bytes: below the first the desk stops, below the second it warns
CLOCK_SKEW_S = 120
_LINE = "440000199002289016"  # a number no person has (province-level code), with a right check digit
_WHOLE = ("URO", "A", "B", "C", "D", "E", "F")  # extensions that the packaged fonts cover whole
_RARE = "㵘䶮𬱖𠮷"


def camera(source: FrameSource, frames: int = 5) -> Finding:
    """Opens the camera and wants a few frames that are not black."""
    try:
        source.open()
        seen = [frame for _ in range(frames) if (frame := source.read(2.0)) is not None]
    except (SourceError, EOFError) as problem:
        code = problem.code if isinstance(problem, SourceError) else "unreadable"
        return Finding("camera", Health.FAIL, text(f"doctor.camera.{code}"), {"name": source.name})
    finally:
        source.close()
    if not seen:
        return Finding("camera", Health.FAIL, text("doctor.camera.no_picture"), {"name": source.name})
    height, width = seen[-1].image.shape[:2]
    facts = {"name": source.name, "width": width, "height": height}
    if float(seen[-1].image.mean()) < 8:
        return Finding("camera", Health.WARN, text("doctor.camera.dark"), facts)
    if width < 1280:
        return Finding("camera", Health.WARN, text("doctor.camera.small", width=width, height=height), facts)
    return Finding("camera", Health.OK, text("doctor.camera.ok", width=width, height=height), facts)


def recognition(name: str = "rapidocr") -> Finding:
    """Reads a number that it has drawn itself."""
    picture: Image = np.full((64, 560, 3), 255, np.uint8)
    cv2.putText(picture, _LINE, (12, 46), cv2.FONT_HERSHEY_SIMPLEX, 1.35, (20, 20, 20), 3, cv2.LINE_AA)
    try:
        readings = create_recogniser(name).recognise([picture])
    except RecogniserUnavailable as problem:
        return Finding(
            "recognition", Health.FAIL, text("doctor.recognition.missing"), {"name": name, "why": str(problem)}
        )
    read = readings[0].text.replace(" ", "") if readings else ""
    if read != _LINE:
        return Finding("recognition", Health.FAIL, text("doctor.recognition.wrong"), {"name": name, "read": read})
    return Finding("recognition", Health.OK, text("doctor.recognition.ok"), {"name": name})


def barcodes() -> Finding:
    """Reads a QR code that it has drawn itself."""
    wanted = "YH1:NS2014X01000001"
    modules = np.array([[0 if dark else 255 for dark in row] for row in segno.make(wanted, error="q").matrix], np.uint8)
    picture = cv2.copyMakeBorder(
        np.kron(modules, np.ones((6, 6), np.uint8)), 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=(255,)
    )
    found = [code.text for code in decode(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR).astype(np.uint8))]
    good = wanted in found
    return Finding(
        "barcodes", Health.OK if good else Health.FAIL, text("doctor.barcodes.ok" if good else "doctor.barcodes.bad")
    )


def printers(settings: Settings) -> Finding:
    """The chosen printer must be ready; without one, papers are saved as PDF."""
    names = [printer.name for printer in list_printers()]
    choice = PrinterChoice(settings.printer_uri, settings.paper)
    try:
        facts = {"chosen": choice.uri, "kind": choice.kind, "paper": choice.sheet.value, "found": names}
        printer = printer_for(choice, settings.papers)
    except ChoiceError as problem:
        return Finding("printers", Health.FAIL, text("doctor.printers.unknown", why=str(problem)), {"found": names})
    if choice.kind == "pdf":
        return Finding("printers", Health.WARN, text("doctor.printers.pdf_only"), facts)
    status = printer.status()
    facts = {**facts, "reasons": list(status.reasons)}
    if status.ready:
        return Finding("printers", Health.OK, status.text, facts)
    return Finding("printers", Health.FAIL, text("doctor.printers.not_ready", why=status.text), facts)


def fonts(site: Path | None = None) -> Finding:
    """Names with rare characters must not become boxes. ``site``: the folder of this desk's own fonts. Needs a QGuiApplication.

    Extensions A to F must be whole, as the packaged fonts make them. Of G to I no free font has all: how much there is is said, and a
    character without a glyph stops its paper.
    """
    families = load_site_fonts(site) if site is not None else ()
    covered = {block: round(coverage(block), 2) for block in BLOCKS}
    facts = {"coverage": covered, "site_families": list(families)}
    missing = missing_characters([_RARE, *(samples(block) for block in _WHOLE)])
    if missing:
        return Finding(
            "fonts", Health.WARN, text("doctor.fonts.missing", characters=code_points("".join(missing))), facts
        )
    part = [block for block in BLOCKS if block not in _WHOLE and covered[block] < 1]
    if part:
        shares = "、".join(f"{block} {covered[block]:.0%}" for block in part)
        return Finding("fonts", Health.OK, text("doctor.fonts.part", shares=shares), facts)
    return Finding("fonts", Health.OK, text("doctor.fonts.ok"), facts)


def store(folder: Path, keys: KeySource, chain: ChainLink, ciphers: Ciphers) -> Finding:
    """Opens the store, follows the hash chain of every act, counts what the platform has not got."""
    if not (folder / "desk.db").exists():
        return Finding("store", Health.WARN, text("doctor.store.none"))
    try:
        with Store.open(folder, keys, chain=chain, ciphers=ciphers) as opened:
            enrolment(opened)  # its key says by which digest the acts are chained
            broken = opened.first_broken_link()
            counts = opened.outbox_counts()
            facts = {
                "events": opened.head()[0],
                "waiting": counts.open_events,
                "key_guarded_by_system": keys.strong,
                "sealed_by": opened.cipher,
            }
    except StoreProblem as problem:
        if problem.code is Trouble.IN_USE:
            return Finding("store", Health.OK, text("doctor.store.in_use"))
        return Finding("store", Health.FAIL, store_text(problem.code.value), {"code": problem.code.value})
    if broken is not None:
        return Finding("store", Health.FAIL, text("doctor.store.broken", number=broken), {**facts, "broken_at": broken})
    return Finding("store", Health.OK, text("doctor.store.ok", waiting=facts["waiting"]), facts)


def network(url: str) -> Finding:
    """The platform must answer; the desk works without it, so silence is a warning."""
    if not url:
        return Finding("network", Health.WARN, text("doctor.network.not_enrolled"))
    try:
        answer = httpx.get(f"{url}/v1/health", timeout=5.0)
    except httpx.HTTPError as problem:
        return Finding("network", Health.WARN, text("doctor.network.silent"), {"why": type(problem).__name__})
    if answer.status_code != 200:
        return Finding("network", Health.WARN, text("doctor.network.odd", status=answer.status_code))
    return Finding("network", Health.OK, text("doctor.network.ok"))


def clock(url: str, now: datetime) -> Finding:
    """Compares this machine's clock with the platform's, when it answers; a year before the program was made is wrong anyway."""
    if now.year < 2026:
        return Finding("clock", Health.FAIL, text("doctor.clock.wrong_year", year=now.year))
    if not url:
        return Finding("clock", Health.OK, text("doctor.clock.unchecked"))
    try:
        told = datetime.fromisoformat(httpx.get(f"{url}/v1/health", timeout=5.0).json()["at"])
    except (httpx.HTTPError, ValueError, KeyError):
        return Finding("clock", Health.OK, text("doctor.clock.unchecked"))
    skew = abs((now.astimezone(UTC) - told).total_seconds())
    if skew > CLOCK_SKEW_S:
        return Finding(
            "clock", Health.WARN, text("doctor.clock.skewed", minutes=round(skew / 60)), {"skew_s": round(skew)}
        )
    return Finding("clock", Health.OK, text("doctor.clock.ok"), {"skew_s": round(skew)})


def disk(folder: Path) -> Finding:
    """Free space where the store lies (or will lie)."""
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    free = shutil.disk_usage(existing).free
    facts = {"free_bytes": free}
    words = {"free": f"{free / (1 << 30):.1f}"}
    if free < DISK_NEEDED:
        return Finding("disk", Health.FAIL, text("doctor.disk.full", **words), facts)
    if free < DISK_WANTED:
        return Finding("disk", Health.WARN, text("doctor.disk.little", **words), facts)
    return Finding("disk", Health.OK, text("doctor.disk.ok", **words), facts)


def packs(loaded: Sequence[str], refused: Mapping[str, str] | None = None) -> Finding:
    """At least one service pack must load. ``refused``: those that could not be taken, with the reason; the ones before stay in use."""
    if not loaded:
        return Finding("packs", Health.FAIL, text("doctor.packs.none"))
    if refused:
        facts = {"packs": list(loaded), "refused": dict(refused)}
        return Finding("packs", Health.WARN, text("doctor.packs.refused", names="、".join(refused)), facts)
    return Finding("packs", Health.OK, text("doctor.packs.ok", names="、".join(loaded)), {"packs": list(loaded)})
