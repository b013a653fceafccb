"""The short forms of the kill trials; `script/bench reliability` runs the long ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.trials.kills import kill_desks
from benchmarks.trials.platform_kills import kill_platform


@pytest.mark.e2e
def test_a_desk_killed_at_random_moments_of_its_day_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = kill_desks(tmp_path, 3, seed=11)
    assert found.kills == 3
    assert found.acts > 0
    assert found.faults == 0, found


@pytest.mark.e2e
def test_a_platform_killed_at_random_moments_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = kill_platform(tmp_path, 2, seed=3)
    assert found.events > 0 and found.images > 0
    assert found.faults == 0, found
