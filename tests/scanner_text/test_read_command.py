from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from practice.camera.stills import render_still
from practice.specimens.fonts import FontMissingError
from practice.world import papers
from yanhe.main import main


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A photograph of a fictitious child's card, upside down on the desk, and what the record says of it."""
    paper = next(p for p in papers("F06") if p.material == "A03" and p.page == "front")
    try:
        image, _ = render_still(paper, size=(1280, 720), seed=5, turned=180, surface="wood")
    except FontMissingError as missing:
        pytest.skip(str(missing))
    path = tmp_path_factory.mktemp("pictures") / "card.jpg"
    cv2.imwrite(str(path), image)
    return path, dict(paper.records)


@pytest.fixture(scope="module")
def rubbish(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("rubbish")
    text = folder / "text.jpg"
    text.write_text("not a picture", encoding="utf-8")
    dot = folder / "dot.png"
    cv2.imwrite(str(dot), np.zeros((1, 1, 3), np.uint8))
    return {"text": text, "dot": dot, "missing": folder / "missing.jpg"}


def objects(printed: str) -> list[dict]:
    return [json.loads(line) for line in printed.splitlines()]


def test_a_manifest_is_read_to_its_end_whatever_is_in_it(
    card: tuple[Path, dict[str, str]], rubbish: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, record = card
    altered = {**record, "id_no": record["id_no"][:-3] + "999"}
    captures = [{"id": name, "images": [str(file)], "kind": None, "expects": {}} for name, file in rubbish.items()]
    captures += [{"id": "card", "images": [str(path)], "kind": None, "expects": {"true": record, "altered": altered}}]
    manifest = tmp_path / "manifest.jsonl"
    lines = [json.dumps(c, ensure_ascii=False) for c in captures]
    manifest.write_text("\n".join([*lines[:1], "{", *lines[1:]]), encoding="utf-8")

    status = main(["read", "--manifest", str(manifest), "--json"])
    out = objects(capsys.readouterr().out)

    assert status == 1
    assert [o.get("error") for o in out] == ["not_a_picture", "bad_manifest_line", "too_small", "missing", None]
    read = out[-1]
    assert read["id"] == "card"
    assert (read["document"]["kind"], read["document"]["page"]) == ("A03", "front")
    assert read["document"]["orientation"] == 180
    assert {v["verdict"] for v in read["verdicts"]["true"].values()} == {"match"}
    assert read["verdicts"]["altered"]["id_no"]["verdict"] == "mismatch"
    assert read["verdicts"]["altered"]["name"]["verdict"] == "match"
    assert read["timings_ms"]["total"] > 0


def test_expected_values_come_back_with_the_fields(
    card: tuple[Path, dict[str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, record = card
    expected = tmp_path / "expected.json"
    expected.write_text(json.dumps({"name": record["name"]}, ensure_ascii=False), encoding="utf-8")
    assert main(["read", str(path), "--kind", "A02", "--expect", str(expected), "--json"]) == 0
    (out,) = objects(capsys.readouterr().out)
    assert out["document"]["kind"] == "A02"
    assert out["fields"]["name"]["verdict"] == "match"
    assert out["fields"]["id_no"]["text"] == record["id_no"]


def test_people_get_a_table_in_their_language(
    card: tuple[Path, dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    path, record = card
    assert main(["read", str(path)]) == 0
    printed = capsys.readouterr().out
    assert record["name"] in printed
    assert "毫秒" in printed


def test_neither_pictures_nor_a_manifest_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read"]) == 2
    assert "--manifest" in capsys.readouterr().err
