"""``yanhe read`` among bad pictures: each gets its own answer and the good one is still read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kiosk.texts import LANGUAGES, catalogue


def answers(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


def is_an_error(answer: dict[str, Any], code: str) -> bool:
    return answer["error"] == code and bool(answer["message"]) and "read.error" not in answer["message"]


def test_every_bad_picture_is_named_and_the_good_one_is_read(yanhe, card, bad_pictures) -> None:
    path, record = card
    done = yanhe("read", *bad_pictures, path, "--json")
    out = answers(done.stdout)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert [answer["image"] for answer in out] == [str(p) for p in (*bad_pictures, path)]
    for answer, code in zip(out, bad_pictures.values(), strict=False):
        assert answer.keys() == {"image", "error", "message"}
        assert is_an_error(answer, code)

    read = out[-1]
    assert read.keys() == {"image", "document", "barcodes", "lines", "fields", "timings_ms"}
    assert {"corners", "orientation", "kind", "quality"} <= read["document"].keys()
    assert (read["document"]["kind"], read["document"]["orientation"]) == ("A03", 0)
    assert [len(corner) for corner in read["document"]["corners"]] == [2, 2, 2, 2]
    assert all(line.keys() == {"text", "score", "box"} for line in read["lines"])
    assert read["fields"]["id_no"].keys() == {"text", "score", "box", "source", "verdict", "reason"}
    assert read["fields"]["id_no"]["text"] == record["id_no"]


def test_every_bad_line_of_a_manifest_is_named_and_the_good_one_is_judged(yanhe, card, tmp_path: Path) -> None:
    path, record = card
    lines = {
        json.dumps({"id": "gone", "images": ["gone.jpg"], "kind": None, "expects": {}}): ("gone", "missing"),
        '{"id": "torn", "images": [': ("line 2", "bad_manifest_line"),
        json.dumps({"id": "odd", "images": [str(path)], "expect": {}}): ("odd", "unknown_key"),
        json.dumps({"id": "none", "images": []}): ("none", "no_image"),
        json.dumps({"id": "string", "images": str(path)}): ("string", "bad_manifest_line"),
        json.dumps({"id": "pictureless"}): ("pictureless", "bad_manifest_line"),
        json.dumps({"id": "values", "images": [str(path)], "expects": {"t": [1]}}): ("values", "bad_manifest_line"),
        "[]": ("line 8", "bad_manifest_line"),
        "\udcff": ("line 9", "bad_manifest_line"),
    }
    good = {
        "id": "card",
        "images": [str(path)],
        "kind": "A03",
        "expects": {"true": record, "other": {"name": "陈试远"}},
    }
    manifest = tmp_path / "manifest.jsonl"
    text = "\n".join([*lines, json.dumps(good, ensure_ascii=False)])
    manifest.write_bytes(text.encode("utf-8", "surrogateescape"))

    done = yanhe("read", "--manifest", manifest, "--json")
    out = answers(done.stdout)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for answer, (name, code) in zip(out, lines.values(), strict=False):
        assert answer.keys() == {"id", "image", "error", "message"}
        assert answer["id"] == name
        assert is_an_error(answer, code)
    read = out[-1]
    assert len(out) == len(lines) + 1
    assert read.keys() == {"id", "image", "document", "barcodes", "lines", "fields", "timings_ms", "verdicts"}
    assert {v["verdict"] for v in read["verdicts"]["true"].values()} == {"match"}
    assert read["verdicts"]["other"]["name"].keys() == {"verdict", "text", "score", "margin", "reason"}
    assert read["verdicts"]["other"]["name"]["verdict"] == "mismatch"


def test_a_call_that_cannot_start_says_why(yanhe, card, tmp_path: Path) -> None:
    torn = tmp_path / "torn.json"
    torn.write_text("{", encoding="utf-8")
    for arguments in (["--manifest", tmp_path / "none.jsonl"], [card[0], "--expect", torn], []):
        done = yanhe("read", *arguments, "--json")
        assert done.returncode == 2
        assert done.stderr.startswith("yanhe read: ")
        assert "Traceback" not in done.stderr


def test_every_error_has_its_words_in_every_language() -> None:
    codes = {key for key in catalogue("zh_CN") if key.startswith("read.error.")}
    assert codes
    assert all(codes <= catalogue(language).keys() for language in LANGUAGES)
