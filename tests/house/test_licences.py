"""What we ship is known, and nothing of it is GPL or AGPL."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import resources
from yanhe.licences import Component, bundled, licence_of, normal, shipped
from yanhe.main import main

ROOT = Path(resources.__file__).parent.parent
LOCKED = {
    normal(name): version
    for name, version in re.findall(
        r"^([A-Za-z0-9_.\-]+)==([^\s;\\]+)", (ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8"), re.M
    )
}


def test_everything_locked_may_be_shipped() -> None:
    parts = [Component(name, version, licence_of(name)) for name, version in LOCKED.items()]
    assert {part.name: part.licence for part in [*parts, *bundled()] if not part.allowed} == {}


def test_what_the_installed_program_needs_is_what_is_locked() -> None:
    needed = {part.name for part in shipped()}
    assert len(needed) > 40
    assert needed <= LOCKED.keys()


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("LGPL-2.1-or-later", True),
        ("GPL-3.0-only", False),
        ("GPL-2.0-only OR LGPL-3.0-only", True),
        ("GPL-2.0-only OR GPL-3.0-only", False),
        ("MIT AND GPL-2.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("", False),
    ],
)
def test_which_licences_may_be_shipped(licence: str, allowed: bool) -> None:
    assert Component("x", "1", licence).allowed is allowed


def test_the_bill_of_materials_lists_every_locked_package_with_licence_and_digest(tmp_path: Path) -> None:
    pytest.importorskip("cyclonedx")
    done = subprocess.run(
        [sys.executable, "script/sbom.py", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    bill = json.loads((tmp_path / "sbom.cdx.json").read_text())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    packages = {normal(part["name"]): part for part in bill["components"] if "purl" in part}
    assert packages.keys() == LOCKED.keys()
    assert all(part["licenses"] and part["hashes"] for part in packages.values())


def test_the_program_tells_its_licences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["about", "--licences"]) == 0
    out = capsys.readouterr().out
    assert "Apache-2.0" in out.splitlines()[0]
    assert re.search(r"^pyside6-essentials\s+\S+\s+LGPL-3.0-only$", out, re.M)
