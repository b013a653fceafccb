"""yanhe pack keygen, sign, verify: what was altered, left out or added after signing is named, and by whom it was signed."""

import json
import shutil
import stat
from pathlib import Path

import pytest

from kiosk.policy.signed import MANIFEST, check_signature, files_below
from kiosk.wire.chain import canonical
from kiosk.wire.signing import SigningKey
from kiosk.wire.suite import INTERNATIONAL, SHANGMI, suite_of
from yanhe.main import main

SERVICES = Path(__file__).parent.parent.parent / "resources" / "services"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SERVICES / "nanshan-primary-2014", tmp_path / "pack"))


@pytest.fixture(params=["ed25519", "sm"])
def key(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "keys" / "district.key"
    assert main(["pack", "keygen", str(path), "--suite", request.param]) == 0
    return path


@pytest.fixture
def signed(folder: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["pack", "sign", str(folder), "--key", str(key)]) == 0
    capsys.readouterr()
    return folder


def _verify(folder: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, str]]:
    """Exit status, and what is said of each file."""
    status = main(["pack", "verify", str(folder), "--key", f"{key}.pub", "--json"])
    answer = json.loads(capsys.readouterr().out)
    return status, {Path(m["file"]).name: m["mistake"] for m in answer.get("mistakes", [])}


def test_a_key_is_secret_and_never_overwritten(key: Path, capsys: pytest.CaptureFixture[str]):
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_text()
    assert main(["pack", "keygen", str(key)]) == 2
    assert key.read_text() == before


def test_a_signed_pack_is_as_it_was_signed(signed: Path, key: Path, capsys: pytest.CaptureFixture[str]):
    assert _verify(signed, key, capsys) == (0, {})


def test_signing_again_replaces_the_manifest(signed: Path, key: Path, capsys: pytest.CaptureFixture[str]):
    (signed / "notes.md").write_text("for authors", encoding="utf-8")
    assert main(["pack", "sign", str(signed), "--key", str(key)]) == 0
    capsys.readouterr()
    assert _verify(signed, key, capsys) == (0, {})


def test_tampered_missing_and_extra_files_are_all_named(signed: Path, key: Path, capsys: pytest.CaptureFixture[str]):
    with (signed / "checks.yaml").open("a", encoding="utf-8") as out:
        out.write("# one more line\n")
    (signed / "requirements.yaml").unlink()
    (signed / "more.yaml").write_text("x: 1\n", encoding="utf-8")
    assert _verify(signed, key, capsys) == (
        1,
        {"checks.yaml": "file_altered", "requirements.yaml": "file_gone", "more.yaml": "file_extra"},
    )


def test_the_digests_are_of_the_signatures_suite(signed: Path, key: Path):
    manifest = json.loads((signed / MANIFEST).read_text())
    suite = suite_of(key.read_text())
    assert manifest["signature"]["algorithm"] == ("SM2" if suite is SHANGMI else "Ed25519")
    assert manifest["files"]["pack.yaml"] == suite.digest((signed / "pack.yaml").read_bytes())


def test_a_manifest_of_sm2_that_was_made_before_its_digests_were_sm3_still_holds(signed: Path, tmp_path: Path):
    key = SigningKey.new(SHANGMI)
    body = {name: value for name, value in json.loads((signed / MANIFEST).read_text()).items() if name != "signature"}
    contents = files_below(signed)
    body["files"] = {name: INTERNATIONAL.digest(data) for name, data in contents.items() if name != MANIFEST}
    signature = {
        "algorithm": "Ed25519",
        "key": key.public,
        "value": key.sign(b"YANHE-PACK-1\n" + canonical(body)),
    }
    contents[MANIFEST] = json.dumps({**body, "signature": signature}).encode()
    assert check_signature(contents, {key.public}).holds
    assert not check_signature({**contents, "pack.yaml": b"another"}, {key.public}).holds


def test_a_manifest_that_was_made_to_fit_does_not_hold(signed: Path, key: Path, capsys: pytest.CaptureFixture[str]):
    manifest = json.loads((signed / MANIFEST).read_text())
    manifest["version"] = "2014.9"
    (signed / MANIFEST).write_text(json.dumps(manifest))
    assert _verify(signed, key, capsys) == (1, {MANIFEST: "bad_signature"})


def test_a_pack_signed_by_somebody_else_is_not_trusted(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    other = tmp_path / "other.key"
    main(["pack", "keygen", str(other)])
    capsys.readouterr()
    assert _verify(signed, other, capsys) == (1, {MANIFEST: "stranger"})


@pytest.mark.parametrize("content", ["", "{}", '{"format": "yanhe-pack-1", "files": [], "signature": {}}', "null"])
def test_what_is_no_manifest_is_refused_as_such(
    signed: Path, key: Path, content: str, capsys: pytest.CaptureFixture[str]
):
    (signed / MANIFEST).write_text(content)
    assert _verify(signed, key, capsys) == (1, {MANIFEST: "bad_manifest"})


def test_an_unsigned_pack_is_said_to_be_unsigned(folder: Path, key: Path, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert _verify(folder, key, capsys) == (1, {MANIFEST: "unsigned"})


def test_a_broken_pack_is_not_signed(folder: Path, key: Path, capsys: pytest.CaptureFixture[str]):
    (folder / "checks.yaml").write_text("checks: [", encoding="utf-8")
    assert main(["pack", "sign", str(folder), "--key", str(key)]) == 1
    assert not (folder / MANIFEST).exists()
    assert "checks.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["nonsense", "{pub}x"])
def test_what_is_no_key_is_said_plainly(signed: Path, key: Path, given: str, capsys: pytest.CaptureFixture[str]):
    public = Path(f"{key}.pub").read_text().strip()
    assert main(["pack", "verify", str(signed), "--key", given.format(pub=public)]) == 2
    assert "public key" in capsys.readouterr().err


def test_a_desk_knows_whom_it_takes_packs_from(
    signed: Path, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("YANHE_HOME", str(tmp_path / "home"))
    assert main(["pack", "verify", str(signed)]) == 2
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "pack-signers.json").write_text(json.dumps([Path(f"{key}.pub").read_text().strip()]))
    assert main(["pack", "verify", str(signed)]) == 0
    assert "NS2014 2014.1" in capsys.readouterr().out
