"""The other commands given what they cannot use: a clear sentence and the documented exit status, never a traceback."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.paper.code import code_text
from kiosk.paper.model import Paper, PaperKind
from kiosk.paper.signing import Ed25519Signer, save_keyring

CASES = {
    "torn.json": ("{", "not JSON"),
    "empty.json": ("", "not JSON"),
    "nobody.json": ('{"families": []}', "no family"),
    "no_applications.json": ('{"id": "F77", "policy": "NS2014", "desk": {"date": "2014-04-19"}}', "applications"),
    "none.json": (
        '{"id": "F78", "policy": "NS2014", "desk": {"date": "2014-04-19"}, "applications": []}',
        "applications",
    ),
}


@pytest.mark.parametrize("name", [*CASES, "missing.json"])
def test_a_case_that_cannot_be_decided_is_refused_in_words(yanhe, tmp_path: Path, name: str) -> None:
    content, words = CASES.get(name, (None, "No such file"))
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = yanhe("decide", tmp_path / name, "--json")
    assert done.returncode == 2
    assert words in json.loads(done.stdout)["error"]
    assert "Traceback" not in done.stderr


def test_an_unknown_pack_is_named_beside_the_known_ones(yanhe, tmp_path: Path) -> None:
    families = Path(__file__).parent.parent.parent / "practice" / "data" / "families.json"
    family = json.loads(families.read_text(encoding="utf-8"))["families"][0]
    case = tmp_path / "case.json"
    case.write_text(json.dumps({**family, "policy": "XX2099"}), encoding="utf-8")
    done = yanhe("decide", case)
    assert done.returncode == 2
    assert "XX2099" in done.stderr
    assert "NS2014" in done.stderr


def practice_paper() -> Paper:
    return Paper(
        kind=PaperKind.RECEIPT,
        title="练习回执",
        paper_no="NS2014-X01-02-000001",
        application_no="NS2014X01000001",
        school="南山区虚构小学",
        child_name="陈试远",
        child_id_masked="4400**********0135",
        category="",
        materials=(),
        reasons=(),
        date="2014-04-19",
        time="14:05",
        desk_id="X01-02",
        desk_name="2号桌",
        clerk_no="T0007",
        notes=(),
        audit_head="3f" * 32,
        practice=True,
    )


def test_codes_on_papers_are_judged_one_by_one(yanhe, card, tmp_path: Path) -> None:
    signer = Ed25519Signer(Ed25519PrivateKey.generate())
    keys = tmp_path / "keys.json"
    save_keyring(keys, {"X01-02": base64.b64encode(signer.verifier().public_key).decode("ascii")})
    code = code_text(practice_paper(), signer)
    altered = code.replace("X01000001", "X01000002")

    done = yanhe("verify-receipt", code, altered, card[0], tmp_path / "missing.png", "--keys", keys, "--json")
    valid, edited, codeless, missing = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 2
    assert (valid["ok"], valid["practice"]) == (True, True)
    assert edited["ok"] is False
    assert (codeless["error"], missing["error"]) == ("no_code", "unreadable")
    assert all(answer["text"] for answer in (valid, edited, codeless, missing))

    assert yanhe("verify-receipt", code, "--keys", keys).returncode == 0
    assert yanhe("verify-receipt", code, altered, "--keys", keys).returncode == 1


SUBJECTS = [
    "camera",
    "recognition",
    "barcodes",
    "printers",
    "fonts",
    "store",
    "packs",
    "people",
    "clock",
    "network",
    "disk",
]


@pytest.mark.parametrize("there_are_pictures", [False, True])
def test_the_doctor_examines_everything_with_and_without_a_camera(
    yanhe, card, tmp_path: Path, there_are_pictures: bool
) -> None:
    folder = card[0].parent if there_are_pictures else tmp_path
    done = yanhe("doctor", "--json", "--camera", f"folder:{folder}")
    report = json.loads(done.stdout)
    health = {check["subject"]: check["health"] for check in report["checks"]}
    assert sorted(health) == sorted(SUBJECTS)
    assert all(check["text"] for check in report["checks"])
    assert health["camera"] == ("ok" if there_are_pictures else "fail")
    assert done.returncode == int("fail" in health.values())
