"""The real app on a virtual screen beside the real platform: the practice camera is its only input, nothing is typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx

from kiosk.paper.code import verify
from kiosk.paper.reading import codes_in_file
from kiosk.paper.signing import load_keyring
from yanhe.platform_process import PlatformProcess

F01, F06 = "NS2014X01000001", "NS2024X01000006"
LIMIT_S = 600


def test_f01_gets_its_receipt_and_f06_a_slip_that_names_the_building(screen: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "yanhe.main",
            "demo",
            "--by-itself",
            "--family",
            "F01",
            "--family",
            "F06",
            "--folder",
            str(folder),
        ],
        env=screen,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]

    platform = PlatformProcess(folder / "platform")
    platform.start()
    try:
        headers = {"Authorization": f"Bearer {platform.token}"}
        results = {
            number: httpx.get(f"{platform.url}/v1/results/{number}", headers=headers).json() for number in (F01, F06)
        }
    finally:
        platform.stop()
    assert results[F01]["standing"]["decision"] == "RECEIPT"
    assert results[F06]["standing"]["decision"] == "RETURN"
    abouts = " ".join(reason["about"] for reason in results[F06]["standing"]["reasons"])
    assert "3栋" in abouts
    assert "5栋" in abouts

    keys = load_keyring(folder / "desk" / "trusted-keys.json")
    for number, result in results.items():
        paper_no = result["standing"]["paper_no"]
        codes = codes_in_file(folder / "desk" / "papers" / f"{paper_no}.pdf")
        checked = [verify(code, keys) for code in codes]
        assert checked, "the printed page carries no code that a camera can read"
        assert all(c.ok and c.fields and c.fields.application_no == number for c in checked)
