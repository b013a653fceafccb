"""Fixtures of the papers' tests; windows and painting go to memory."""

from __future__ import annotations

import os

import pytest
import sample_papers

from kiosk.paper.model import Paper
from kiosk.paper.signing import Ed25519Signer

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def receipt() -> Paper:
    return sample_papers.receipt()


@pytest.fixture
def slip() -> Paper:
    return sample_papers.slip()


@pytest.fixture(scope="session")
def signer() -> Ed25519Signer:
    return sample_papers.desk_signer()
