"""`yanhe tally`: the day's numbers from the log, checked against each other. Exit 0 when all agree, 1 when something differs, 2 without numbers."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date, datetime
from pathlib import Path

from kiosk.desk.ports import DeskIdentity
from kiosk.desk.printing import whole_log
from kiosk.desk.tally import tally
from kiosk.desk.tally_words import tally_paper
from kiosk.paper.press import ChoiceError, PrinterChoice
from kiosk.paper.sizes import Sheet
from kiosk.paper.tally_model import TallyPaper
from kiosk.settings import Settings
from kiosk.sync.enrolment import enrolment
from kiosk.sync.words import store_text
from kiosk.texts import LANGUAGES, say, text
from offline_cache.problems import StoreProblem, Trouble


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="another day than today")
    parser.add_argument("--json", action="store_true", help="one object with all numbers")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="write the sheet that the desk would print")
    parser.add_argument("--paper", choices=[sheet.value for sheet in Sheet], help="for --pdf (default: the settings)")
    parser.add_argument("--language", choices=LANGUAGES)


def run(options: argparse.Namespace) -> int:
    from yanhe.compose import open_store

    settings = Settings.load()
    language = options.language or settings.language
    day = options.date or datetime.now().astimezone().date()
    if not (settings.store / "desk.db").exists():
        return _nothing(say(text("doctor.store.none"), language))
    try:
        with open_store(settings) as store:
            enrolled = enrolment(store)
            if enrolled is None:
                return _nothing(say(text("doctor.network.not_enrolled"), language))
            counted = tally(whole_log(store), day, store.delivery, chain=store.chain)
    except StoreProblem as problem:
        key = text("tally.in_use") if problem.code is Trouble.IN_USE else store_text(problem.code.value)
        return _nothing(say(key, language))
    identity = DeskIdentity(
        enrolled.desk_id, enrolled.desk_name, enrolled.school_code, enrolled.school_name, enrolled.district, "", ""
    )
    made = datetime.now().astimezone()
    paper = tally_paper(counted, identity, clerk_no="–", made_at=made, language=language)
    if options.pdf is not None:
        try:
            _write(
                paper,
                settings.fonts,
                options.pdf,
                options.paper or PrinterChoice(settings.printer_uri, settings.paper).sheet.value,
            )
        except (OSError, ChoiceError) as problem:
            return _nothing(str(problem))
    if options.json:
        print(json.dumps(counted.as_json(lambda sentence: say(sentence, language)), ensure_ascii=False))
    elif options.pdf is None:
        _show(paper)
    return 1 if counted.differences else 0


def _write(paper: TallyPaper, fonts: Path, path: Path, sheet: str) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from kiosk.paper.fonts import load_site_fonts
    from kiosk.paper.output import write_pdf
    from kiosk.paper.tally_layout import lay_out_tally

    gui = QGuiApplication.instance() or QGuiApplication(["yanhe"])
    load_site_fonts(fonts)
    write_pdf(lay_out_tally(paper, Sheet(sheet)), paper.title, path)
    del gui


def _show(paper: TallyPaper) -> None:
    print(paper.title)
    print(" · ".join(value for _, value in paper.facts[1:3]))
    print(f"{'!' if paper.differences else '✔'} {paper.verdict}")
    for number, sentence in enumerate(paper.differences, start=1):
        print(f"  {number}. {sentence}")
    for section in paper.sections:
        print(f"\n{section.heading}")
        for line in section.lines:
            print(f"{'    ' if line.part else '  '}{line.label}  {line.value}")
    print(f"\n{' '.join(paper.chain)}")


def _nothing(why: str) -> int:
    print(why, file=sys.stderr)
    return 2
