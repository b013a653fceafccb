"""The real command in a process of its own, and pictures good and bad to give it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from practice.camera.stills import render_still
from practice.specimens.fonts import FontMissingError
from practice.world import papers

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def yanhe(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """``yanhe`` with these arguments, as a person would call it at a desk that is not set up."""
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "YANHE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}

    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "yanhe.main", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, timeout=120, check=False)

    return call


@pytest.fixture(scope="session")
def card(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A small photograph of a fictitious resident card, and what is printed on it."""
    paper = next(p for p in papers("F06") if p.material == "A03" and p.page == "front")
    try:
        image, _ = render_still(paper, size=(1280, 720), seed=5, surface="wood")
    except FontMissingError as missing:
        pytest.skip(str(missing))
    path = tmp_path_factory.mktemp("good") / "card.jpg"
    cv2.imwrite(str(path), image)
    return path, dict(paper.records)


@pytest.fixture(scope="session")
def bad_pictures(card: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    """What somebody may name that is no picture of a document → the error code for it."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "text.jpg").write_text("no picture at all", encoding="utf-8")
    (folder / "empty.jpg").touch()
    (folder / "folder.jpg").mkdir()
    cv2.imwrite(str(folder / "dot.png"), np.zeros((1, 1, 3), np.uint8))
    whole = card[0].read_bytes()
    (folder / "truncated.jpg").write_bytes(whole[: len(whole) // 2])
    return {
        folder / "missing.jpg": "missing",
        folder / "text.jpg": "not_a_picture",
        folder / "dot.png": "too_small",
        folder / "folder.jpg": "unreadable_file",
        folder / "truncated.jpg": "not_a_picture",
        folder / "empty.jpg": "not_a_picture",
    }
