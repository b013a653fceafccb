"""Fixtures of the papers' tests; windows and painting go to memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import private_cups
import pytest
import sample_papers
from private_cups import PrintService

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


@pytest.fixture(scope="module")
def service() -> Iterator[PrintService]:
    """A print service of this test file alone."""
    with private_cups.private_cups() as made:
        yield made


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.4 a paper")
    return path
