"""A whole practice district on this machine: a platform with the fictitious families and an enrolled desk beside it.

Everything lies in one folder of its own, so that nothing of it can meet live data; the desk's identity says practice, its windows
and papers show it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from kiosk.settings import Settings
from kiosk.sync.enrolment import enrol, enrolment
from kiosk.wire.suite import INTERNATIONAL, Suite
from practice.world import SCHOOL_CODE, application_records
from yanhe.compose import open_store
from yanhe.platform_process import PlatformProcess

DISTRICT = "南山区"
DESK_NAME = "2号桌"
_MARK = "practice-world"


@dataclass(frozen=True)
class PracticeWorld:
    settings: Settings
    platform: PlatformProcess


def prepare(folder: Path, settings: Settings, *, fresh: bool, suite: Suite = INTERNATIONAL) -> PracticeWorld:
    """The district in ``folder``, made when it is not there; ``fresh`` begins anew. The platform is running when this returns.
    ``suite``: that of the desk; the platform's own is told by its environment (central.secrets_folder).

    Raises ValueError when ``folder`` holds anything but a practice world: it would be emptied.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise ValueError(f"{folder} is not a practice folder")
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / _MARK).touch()
    platform = PlatformProcess(folder / "platform")
    desk = desk_settings(folder, settings)
    with open_store(desk) as store:
        known = enrolment(store)
        if known is not None:
            platform.port = int(known.platform_url.rsplit(":", 1)[1])
            platform.start()
            return PracticeWorld(desk, platform)
        platform.load(application_records(), DISTRICT)
        code = platform.enrol_code(SCHOOL_CODE, DESK_NAME)
        platform.start()
        enrol(platform.url, code, store, DESK_NAME, suite)
    return PracticeWorld(desk, platform)


def desk_settings(folder: Path, settings: Settings) -> Settings:
    """How the desk of the practice district in ``folder`` is set up: ``settings`` give the language and the printer."""
    return Settings(
        home=folder / "desk", school=SCHOOL_CODE, desk_name=DESK_NAME, camera="practice", language=settings.language,
        printer_uri=settings.printer_uri, paper=settings.paper,
    )  # fmt: skip
