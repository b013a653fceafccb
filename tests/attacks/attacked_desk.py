"""A desk whose line leads straight into the platform's application: real API and tables, no network."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

from central.api import create_app
from central.platform import Platform
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.http import HttpTransport
from offline_cache.store import Store

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its maker would rather have another HTTP client beside it
    from starlette.testclient import TestClient

URL = "http://testserver"


class Line(HttpTransport):
    """The desk's own transport; its bytes go straight into the platform's application."""

    def __init__(self, platform: Platform, desk: Enrolment) -> None:
        super().__init__(URL, desk.desk_id, desk.key, desk.platform_key)
        self._client.close()
        self._client = TestClient(create_app(platform), base_url=URL)


@dataclass
class AttackedDesk:
    store: Store
    who: Enrolment
    line: Line
    folder: Path
