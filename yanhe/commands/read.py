"""``yanhe read``: what the scanner sees in pictures, and how that fits what was declared.

Exit status: 0 everything was read, 1 something could not be read (the rest was), 2 the call itself is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.texts import say, text
from scanner.codec import LARGEST_DECLARED, declared_size, from_bytes
from scanner.output import error_object, field_object, reading_object, verdicts_object, with_verdicts
from scanner.text import RecogniserUnavailable
from scanner.types import ExpectedSet, Image, Reading
from scanner.worker import ReaderCrashed, ReaderProcess, ReadingFailed, check_recogniser

SMALLEST_SIDE = 32  # pixels; less is no photograph of a document
LARGEST_FILE = 100_000_000  # bytes
DECLARED = "declared"  # the id of the one set of --expect
MANIFEST_KEYS = frozenset({"id", "images", "kind", "expects"})


class Unusable(Exception):
    """A picture or a manifest line that cannot be read.

    ``code`` is the output's "error", one of the keys under ``read.error`` in the catalogues; ``detail`` goes into its words.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Capture:
    """One thing to read: pictures of the same paper, and what is expected of it."""

    images: tuple[Path, ...]
    id: str | None = None
    kind: str | None = None
    expects: Mapping[str, ExpectedSet] = field(default_factory=dict)
    problem: Unusable | None = None


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("images", nargs="*", type=Path, metavar="IMAGE", help="photographs, each of one paper")
    parser.add_argument("--burst", action="store_true", help="the pictures are frames of one and the same paper")
    parser.add_argument("--kind", metavar="CODE", help="material code of the paper (A03), when it is known")
    parser.add_argument("--expect", type=Path, metavar="FILE", help='declared values: {"name": "…", "id_no": "…"}')
    parser.add_argument("--manifest", type=Path, metavar="FILE", help="many captures, one JSON object a line")
    parser.add_argument("--recogniser", choices=("rapidocr", "tesseract"), default="rapidocr")
    parser.add_argument("--threads", type=int, default=2, help="threads of the recogniser (default 2)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: argparse.Namespace) -> int:
    if bool(args.images) == bool(args.manifest):
        print("yanhe read: either pictures or --manifest FILE", file=sys.stderr)
        return 2
    try:
        captures = _manifest(args.manifest) if args.manifest else _given(args)
        check_recogniser(args.recogniser)
    except (OSError, ValueError, RecogniserUnavailable) as error:
        print(f"yanhe read: {error}", file=sys.stderr)
        return 2
    failed = False
    # in a process of its own: a picture that kills the recognition, or on which it hangs, must not end the run
    with ReaderProcess(
        recogniser=args.recogniser, threads=args.threads, printed_forms=_printed_forms()
    ) as reader:
        for capture in captures:
            answer, reading = _read(reader, capture)
            failed |= reading is None
            if args.json:
                print(json.dumps(answer, ensure_ascii=False), flush=True)
            else:
                print("\n".join(_table(capture, answer, reading)), flush=True)
    return 1 if failed else 0


def _printed_forms():
    """How a paper may print a declared value, by the matching rules."""
    from kiosk.matching.forms import printed_forms

    return printed_forms


def _given(args: argparse.Namespace) -> list[Capture]:
    expects = {DECLARED: _expected(json.loads(args.expect.read_text(encoding="utf-8")))} if args.expect else {}
    groups = [tuple(args.images)] if args.burst else [(image,) for image in args.images]
    return [Capture(images, kind=args.kind, expects=expects) for images in groups]


def _manifest(path: Path) -> list[Capture]:
    """The captures of a manifest; a line that is wrong becomes a capture with a problem. Raises OSError."""
    lines = path.read_bytes().splitlines()
    return [_capture(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _capture(manifest: Path, number: int, line: bytes) -> Capture:
    name = f"line {number}"
    try:
        entry = json.loads(line)
        name = str(entry.get("id", number))
        unknown = ", ".join(sorted(entry.keys() - MANIFEST_KEYS))
        if unknown:
            return Capture((), name, problem=Unusable("unknown_key", unknown))
        images, kind = entry["images"], entry.get("kind")
        if not isinstance(images, list) or not isinstance(kind, str | None):
            raise ValueError("images is a list, kind a string or null")
        sets = {str(key): _expected(values) for key, values in (entry.get("expects") or {}).items()}
        return Capture(tuple(_beside(manifest, image) for image in images), name, kind, sets)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Capture((), name, problem=Unusable("bad_manifest_line", str(number)))


def _beside(manifest: Path, image: str) -> Path:
    """A relative picture is looked for beside the manifest first, then where the command was called."""
    near = manifest.parent / image
    return near if near.exists() else Path(image)


def _expected(values: Any) -> ExpectedSet:
    if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
        raise ValueError("expected values are an object of field names and strings")
    return ExpectedSet(values)


def _read(reader: ReaderProcess, capture: Capture) -> tuple[dict[str, Any], Reading | None]:
    """The output object of one capture, and its reading unless there is none."""
    names = [str(image) for image in capture.images]
    head: dict[str, Any] = {} if capture.id is None else {"id": capture.id}
    try:
        if capture.problem or not capture.images:
            raise capture.problem or Unusable("no_image")
        frames = [_load(image) for image in capture.images]
        reading = reader.submit(frames, kind=capture.kind, expects=capture.expects).result()
    except ReaderCrashed:
        return {**head, **_error(names, Unusable("crashed"))}, None
    except Unusable as problem:
        return {**head, **_error(names, problem)}, None
    except ReadingFailed as error:
        return {**head, **_error(names, Unusable("failed", error.kind))}, None
    except Exception as error:  # a picture that a library chokes on must not end the run
        return {**head, **_error(names, Unusable("failed", type(error).__name__))}, None
    answer = {**head, "image": names[0], **({"images": names} if len(names) > 1 else {}), **reading_object(reading)}
    if capture.id is not None:
        answer["verdicts"] = verdicts_object(reading)
    elif DECLARED in reading.verdicts:
        judged = with_verdicts(reading.fields, reading.verdicts[DECLARED])
        answer["fields"] = {name: field_object(seen) for name, seen in judged.items()}
    return answer, reading


def _error(names: Sequence[str], problem: Unusable) -> dict[str, Any]:
    words = say(text(f"read.error.{problem.code}", detail=problem.detail))
    return {**error_object(names[0] if names else "", problem.code), "message": words}


def _load(path: Path) -> Image:
    """A picture file as BGR. Raises Unusable: missing, unreadable_file, not_a_picture, too_small, too_large."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unusable("too_large")
        data = path.read_bytes()
    except OSError as error:
        raise Unusable("missing" if isinstance(error, FileNotFoundError) else "unreadable_file") from error
    size = declared_size(data)
    if size is not None and size[0] * size[1] >= LARGEST_DECLARED:
        raise Unusable("too_large")
    image = from_bytes(data)
    if image is None:
        raise Unusable("not_a_picture")
    if min(image.shape[:2]) < SMALLEST_SIDE:
        raise Unusable("too_small")
    return image


def _table(capture: Capture, answer: Mapping[str, Any], reading: Reading | None) -> Sequence[str]:
    """The same for people."""
    title = capture.id or (capture.images[0].name if capture.images else "")
    if reading is None:
        return [say(text("read.failed", name=title, error=answer["message"]))]
    kind = reading.document.kind
    page = f"{kind} {reading.document.page}" if kind else say(text("read.unknown_kind"))
    rows = [say(text("read.head", name=title, page=page, ms=round(reading.timings_ms["total"])))]
    for key, fields in ({"": reading.fields} if not reading.verdicts else reading.verdicts).items():
        rows += [say(text("read.set", id=key))] if capture.id is not None and key else []
        for name, seen in fields.items():
            word = say(text(f"read.verdict.{seen.verdict}")) if seen.verdict else ""
            rows.append(say(text("read.row", field=name, value=seen.text or "—", verdict=word)).rstrip())
    rows += [say(text("read.code", format=code.format, value=code.text)) for code in reading.barcodes]
    return rows
