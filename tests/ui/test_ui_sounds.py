"""What is heard, when, and that nobody ever waits for it."""

from __future__ import annotations

import sys
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fake_desk import case, clean_case, header, household, states
from pytestqt.qtbot import QtBot

from kiosk.desk.view import DeskView, Notice, PaperView, Phase
from kiosk.texts import Text
from ui.happenings import Happening, happenings
from ui.sounds import making
from ui.sounds.player import FOLDER, SoundPlayer, player_command

CHECKING = DeskView(Phase.CHECKING, header(), case=clean_case())


@pytest.mark.parametrize("name", [h.value for h in Happening])
def test_each_happening_has_a_short_sound_of_our_own(name: str) -> None:
    with wave.open(str(FOLDER / f"{name}.wav")) as sound:
        assert 0.03 < sound.getnframes() / sound.getframerate() < 0.5
        shipped = np.frombuffer(sound.readframes(sound.getnframes()), np.int16).astype(int)
    made = making.samples(name).astype(int)  # another machine's sine may round the last bit differently
    assert shipped.shape == made.shape
    assert abs(shipped - made).max() <= 1, "run script/sounds"


def test_no_two_sounds_are_alike() -> None:
    assert len(set(making.TONES.values())) == len(Happening) == len(making.TONES)


def test_no_sound_is_cut_off_or_overdriven() -> None:
    for name in making.TONES:
        samples = making.samples(name)
        assert abs(int(samples[0])) < 200 > abs(int(samples[-1]))
        assert int(abs(samples).max()) < 16_000


def test_a_photographed_sheet_is_heard() -> None:
    after = replace(CHECKING, case=clean_case(captures=1))
    assert happenings(CHECKING, after) == (Happening.CAPTURED,)


def test_a_field_that_asks_is_heard_once() -> None:
    only_asking = replace(household(), rows=tuple(r for r in household().rows if r.field != "address"))
    asks = replace(CHECKING, case=clean_case(documents=(only_asking,), current_row=2))
    assert happenings(CHECKING, asks) == (Happening.NEEDS_YOU,)
    assert happenings(asks, asks) == ()


def test_a_field_that_differs_sounds_different_from_one_that_asks() -> None:
    assert happenings(CHECKING, replace(CHECKING, case=case())) == (Happening.WRONG,)


def test_an_answered_field_is_silent() -> None:
    before = replace(CHECKING, case=case())
    assert happenings(before, CHECKING) == ()


def test_a_printed_paper_is_heard_once() -> None:
    printing = DeskView(
        Phase.DECIDED, header(), case=clean_case(paper=PaperView("N1", "printing", Text("desk.paper.printing")))
    )
    printed = replace(printing, case=clean_case(paper=PaperView("N1", "printed", Text("desk.paper.printed"))))
    assert happenings(printing, printed) == (Happening.DONE,)
    assert happenings(printed, printed) == ()


def test_trouble_is_heard_and_information_is_not() -> None:
    told = replace(CHECKING, notice=Notice(1, "info", Text("x")))
    alarmed = replace(CHECKING, notice=Notice(2, "error", Text("y")))
    assert happenings(CHECKING, told) == ()
    assert happenings(told, alarmed) == (Happening.WRONG,)


def test_opening_a_family_is_silent_whatever_waits_there() -> None:
    empty = states()["01-empty"][0]
    assert happenings(empty, states()["04-ask"][0]) == ()
    assert happenings(None, states()["04-ask"][0]) == ()


def test_the_systems_own_player_is_found_in_order_of_preference() -> None:
    assert player_command({"aplay": "/usr/bin/aplay", "paplay": "/usr/bin/paplay"}.get) == ("/usr/bin/paplay",)
    assert player_command({"aplay": "/usr/bin/aplay"}.get) == ("/usr/bin/aplay", "-q")
    assert player_command(lambda _: None) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there the system plays")
def test_the_player_gets_the_file_and_the_window_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    script = tmp_path / "player.py"
    script.write_text(f"import sys, pathlib; pathlib.Path({str(heard)!r}).write_text(sys.argv[-1])")
    player = SoundPlayer(command=(sys.executable, str(script)))
    player.play("done")
    qtbot.waitUntil(lambda: heard.exists() and heard.read_text().endswith("done.wav"))
    player.stop()


def test_silence_and_a_missing_player_are_no_trouble(qtbot: QtBot, tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    quiet = SoundPlayer(silent=True, command=(sys.executable, "-c", f"open({str(trace)!r}, 'w')"))
    quiet.play("done")
    quiet.stop()
    gone = SoundPlayer(command=("/no/such/player",))
    gone.play("done")
    gone.stop()
    assert not trace.exists()
