"""What the desk says when printing goes wrong: what happened, what to do, and that nothing is lost. Played at a real print service."""

from __future__ import annotations

from pathlib import Path

import print_situations as plays
import private_cups
import pytest
from print_situations import SITUATIONS, Seen
from private_cups import PrintService, until

from kiosk.paper.printers import Phase
from kiosk.texts import LANGUAGES, say

pytestmark = pytest.mark.skipif(bool(private_cups.why_not()), reason=private_cups.why_not())

KEPT = {"zh_CN": "已存好", "zh_TW": "已存好", "en": "kept"}
# name → (end, what people were asked to do on the way, whether paper came out)
EXPECTED = {
    "printed": (Phase.DONE, [], True),
    "no_paper": (Phase.DONE, ["no_paper"], True),
    "jam": (Phase.DONE, ["jam"], True),
    "offline": (Phase.DONE, ["offline"], True),
    "stopped": (Phase.DONE, ["stopped"], True),
    "cancelled": (Phase.FAILED, ["no_paper"], False),
    "held": (Phase.FAILED, ["held"], False),
    "empty_at_limit": (Phase.UNKNOWN, ["no_paper"], False),
    "stuck": (Phase.UNKNOWN, [], False),
    "restarted": (Phase.DONE, ["no_paper", "unreachable"], True),
    "killed_for_good": (Phase.UNKNOWN, ["unreachable"], False),
}


def played(name: str, service: PrintService, pdf: Path) -> Seen:
    seen = SITUATIONS[name][1](service, pdf)
    until(lambda: service.queue("faulty").status().text.key != "paper.printer.unreachable")
    return seen


@pytest.mark.parametrize("name", EXPECTED)
def test_every_situation_is_told_apart_and_ends(service: PrintService, pdf: Path, name: str) -> None:
    phase, asked, came_out = EXPECTED[name]
    seen = played(name, service, pdf)
    assert seen.end.phase is phase, plays.phases(seen)
    assert set(seen.attention()) - {"unreachable"} == set(asked) - {"unreachable"}
    if name == "killed_for_good":
        assert "unreachable" in seen.attention()
    assert seen.came_out is came_out
    for language in LANGUAGES:
        end = say(seen.end.text, language)
        assert phase is Phase.DONE or KEPT[language] in end
        for state in seen.heard:
            if state.phase is Phase.ATTENTION:
                assert KEPT[language] in say(state.text, language)


def test_a_queue_that_rejects_takes_nothing(service: PrintService, pdf: Path) -> None:
    seen = played("rejected", service, pdf)
    assert seen.refused is not None
    assert (seen.refused.key, seen.heard, seen.came_out) == ("paper.printer.rejecting", [], False)


def test_a_print_service_that_is_killed_and_comes_back_leaves_no_doubt_untold(service: PrintService, pdf: Path) -> None:
    """Its jobs may have been on disk or not. Either it prints after all, or the clerk is told to look: never silence, never "printed" without paper."""
    seen = played("killed", service, pdf)
    assert "unreachable" in seen.attention()
    if seen.end.phase is Phase.DONE:
        until(lambda: service.printed.exists())
    else:
        assert seen.end.phase is Phase.UNKNOWN
        assert seen.end.text.key == "paper.job.lost"


def test_at_the_limit_the_job_is_taken_back_so_that_it_does_not_print_at_an_odd_hour(
    service: PrintService, pdf: Path
) -> None:
    seen = played("empty_at_limit", service, pdf)
    assert seen.withdrawn is True
    assert seen.job is not None
    assert service.queue("faulty").poll(seen.job).phase is Phase.FAILED
    assert played(
        "printed", service, pdf
    ).came_out  # the printer still complained of paper, and prints the next one all the same
