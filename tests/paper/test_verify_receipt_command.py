"""``yanhe verify-receipt`` as a person at the school's door uses it."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.paper.code import code_text
from kiosk.paper.model import Paper
from kiosk.paper.render import render_images
from kiosk.paper.signing import Ed25519Signer, save_keyring
from yanhe.main import main


@pytest.fixture
def keys(tmp_path: Path, signer: Ed25519Signer) -> Path:
    path = tmp_path / "trusted-keys.json"
    save_keyring(path, {"X01-02": base64.b64encode(signer.verifier().public_key).decode("ascii")})
    return path


@pytest.fixture
def code(slip: Paper, signer: Ed25519Signer) -> str:
    return code_text(slip, signer)


def test_a_valid_code_says_what_it_is_and_what_it_does_not_prove(
    keys: Path, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify-receipt", code, "--keys", str(keys)]) == 0
    said = capsys.readouterr().out
    for part in ("✔", "退回单", "NS2024X01000006", "NS2024-X01-02-000045", "2024年5月18日", "X01-02", "不能证明"):
        assert part in said


@pytest.mark.usefixtures("qapp")
def test_a_picture_of_the_paper_will_do(
    slip: Paper, code: str, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "photo.png"
    render_images(slip, code)[0].save(str(picture))
    assert main(["verify-receipt", str(picture), "--keys", str(keys), "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    answer = json.loads(line)
    assert answer["ok"] is True
    assert answer["decision"] == "RETURN"
    assert answer["kind"] == "slip"
    assert answer["application_no"] == "NS2024X01000006"
    assert answer["date"] == "2024-05-18"
    assert answer["practice"] is False


def test_each_kind_of_bad_code_gets_its_own_sentence(keys: Path, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    bad = [
        code.replace("000045", "000046"),  # edited
        code[:-1] + ("0" if code[-1] != "0" else "1"),  # forged
        code.replace("X01-02:", "X01-03:"),  # another desk
        code[:100],  # truncated
        "YHR2:R:x",
        "YH1:NS2024X01000006",
    ]
    said = []
    for text in bad:
        assert main(["verify-receipt", text, "--keys", str(keys)]) == 1
        said.append(capsys.readouterr().out)
    assert all(sentence.startswith("✘") for sentence in said)
    assert said[0] == said[1] or "不成样子" in said[1]
    assert len({said[0], *said[2:]}) == 5


def test_nothing_to_look_at_is_unusable_and_the_rest_is_still_judged(
    keys: Path, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text_named_jpg = tmp_path / "text.jpg"
    text_named_jpg.write_text("not a picture")
    inputs = [str(tmp_path / "absent.png"), str(text_named_jpg), code]
    assert main(["verify-receipt", *inputs, "--keys", str(keys), "--json"]) == 2
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["error"] == "unreadable"
    assert second["error"] == "no_picture"
    assert third["ok"] is True


def test_a_picture_without_a_code_is_unusable(keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tiny = tmp_path / "one_pixel.png"
    tiny.write_bytes(
        base64.b64decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
    )
    assert main(["verify-receipt", str(tiny), "--keys", str(keys)]) == 2
    assert "没有找到二维码" in capsys.readouterr().out


def test_without_keys_it_says_how_to_get_them(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YANHE_HOME", str(tmp_path))
    assert main(["verify-receipt", code]) == 2
    assert "--keys" in capsys.readouterr().out


def test_the_keys_of_this_desk_are_found_by_themselves(code: str, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANHE_HOME", str(keys.parent))
    assert main(["verify-receipt", code]) == 0


def test_a_training_paper_is_named_as_one(
    slip: Paper, signer: Ed25519Signer, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify-receipt", code_text(replace(slip, practice=True), signer), "--keys", str(keys)]) == 0
    assert "不是真实单据" in capsys.readouterr().out
