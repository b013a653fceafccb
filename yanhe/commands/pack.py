"""``yanhe pack``: what authors and keepers of service packs need: check, explain, diff, keygen, sign, verify.

Exit status: 0 as wanted (the pack is right, the signature holds, the cases were compared), 1 the pack or its signature is not right,
2 a file, a case or a key cannot be used.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk.desk.pack_shelf import SIGNERS_FILE
from kiosk.policy import Pack, PackError, load_pack
from kiosk.policy.mistakes import Mistake
from kiosk.policy.signed import MANIFEST, check_signature, files_below, fingerprint, manifest
from kiosk.settings import Settings, home
from kiosk.texts import LANGUAGES, Text, say, text
from kiosk.wire.signing import SigningKey, is_public_key
from kiosk.wire.suite import INTERNATIONAL, SHANGMI
from yanhe.commands.decide import Unusable
from yanhe.commands.pack_cases import run_diff, run_explain

RIGHT, NOT_RIGHT, UNUSABLE = 0, 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="pack_command", required=True, metavar="COMMAND")

    def add(name: str, help_line: str, run: Any) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_line)
        sub.add_argument("--json", action="store_true", help="for programs")
        sub.add_argument("--language", choices=LANGUAGES, help="of the messages (default: that of the settings)")
        sub.set_defaults(run_pack=run)
        return sub

    check = add("check", "is this pack right; every mistake with file, line and column", _check)
    check.add_argument("folder", type=Path, metavar="DIR")

    explain = add("explain", "why each material is needed in a case", run_explain)
    explain.add_argument("folder", type=Path, metavar="DIR")
    explain.add_argument(
        "--case", type=Path, required=True, metavar="CASE.json", help="a family, or a file with several"
    )
    explain.add_argument("--family", metavar="ID", help="only this family of a file with several")
    explain.add_argument("--all", action="store_true", help="also what is not needed, and why not")

    diff = add("diff", "what another version of a pack would change for stored cases", run_diff)
    diff.add_argument("before", type=Path, metavar="A")
    diff.add_argument("after", type=Path, metavar="B")
    diff.add_argument("--cases", type=Path, required=True, metavar="DIR", help="a folder of cases, or one file")
    diff.add_argument("--confirm-asks", action="store_true", help="as if every question had been answered with yes")

    keygen = add("keygen", "make a signing key: FILE (keep it secret) and FILE.pub (give it away)", _keygen)
    keygen.add_argument("file", type=Path, metavar="FILE")
    keygen.add_argument(
        "--suite", choices=("ed25519", "sm"), default="ed25519", help="Ed25519 with SHA-256, or SM2 with SM3"
    )

    sign = add("sign", "write manifest.json with the digests of all files, signed", _sign)
    sign.add_argument("folder", type=Path, metavar="DIR")
    sign.add_argument(
        "--key", type=Path, required=True, metavar="FILE", help="the secret key (also the platform's platform.key)"
    )

    verify = add("verify", "is this pack as it was signed, and by a trusted key", _verify)
    verify.add_argument("folder", type=Path, metavar="DIR")
    verify.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="FILE|KEY",
        help=f"a trusted public key; may be given again (default: {SIGNERS_FILE} of this desk)",
    )


def run(args: argparse.Namespace) -> int:
    args.language = args.language or Settings.load().language
    try:
        return args.run_pack(args)
    except PackError as error:
        return told(error.mistakes, args)
    except Unusable as error:
        print(
            json.dumps({"error": str(error)}, ensure_ascii=False) if args.json else f"yanhe pack: {error}",
            file=_out(args),
        )
        return UNUSABLE


def told(mistakes: Sequence[Mistake], args: argparse.Namespace) -> int:
    """Every mistake, one a line; the answer of a pack that is not right."""
    if args.json:
        _json({"ok": False, "mistakes": [mistake.as_data(args.language) for mistake in mistakes]})
    else:
        for mistake in mistakes:
            print(mistake.say(args.language), file=sys.stderr)
        print(say(text("pack.said.mistakes", count=len(mistakes)), args.language), file=sys.stderr)
    return NOT_RIGHT


def _check(args: argparse.Namespace) -> int:
    pack = load_pack(args.folder)
    facts = {
        "id": pack.id,
        "version": pack.version,
        "materials": len(pack.materials),
        "requirements": len(pack.requirements),
        "checks": len(pack.checks),
        "reasons": len(pack.reasons),
    }
    return _said(args, text("pack.said.right", title=pack.title.text(), **facts), {"ok": True, "mistakes": [], **facts})


def _keygen(args: argparse.Namespace) -> int:
    key = SigningKey.new(SHANGMI if args.suite == "sm" else INTERNATIONAL)
    public = args.file.with_name(args.file.name + ".pub")
    try:
        args.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(args.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(key.text + "\n")
        public.write_text(key.public + "\n", encoding="ascii")
    except FileExistsError as error:
        raise Unusable(f"{args.file}: is there already; a key is never overwritten") from error
    except OSError as error:
        raise Unusable(f"{args.file}: cannot be written: {error.strerror}") from error
    sentence = text("pack.said.key", file=str(args.file), public=str(public), print=fingerprint(key.public))
    return _said(args, sentence, {"ok": True, "public_key": key.public, "fingerprint": fingerprint(key.public)})


def _sign(args: argparse.Namespace) -> int:
    pack = load_pack(args.folder)  # what is not right is not signed
    key = _secret_key(args.key)
    contents = _contents(args.folder)
    (args.folder / MANIFEST).write_bytes(manifest(pack, contents, key))
    count = len(contents.keys() - {MANIFEST})
    sentence = text("pack.said.signed", id=pack.id, version=pack.version, count=count, print=fingerprint(key.public))
    return _said(args, sentence, {"ok": True, "id": pack.id, "version": pack.version, "key": key.public})


def _verify(args: argparse.Namespace) -> int:
    trusted = _trusted(args.key)
    signature = check_signature(_contents(args.folder), trusted, f"{args.folder}/")
    if not signature.holds:
        return told(signature.mistakes, args)
    pack: Pack = load_pack(args.folder)
    if (pack.id, pack.version) != (signature.id, signature.version):
        found, known = f"{signature.id} {signature.version}", f"{pack.id} {pack.version}"
        what = text("pack.mistake.other_pack", found=found, known=known)
        return told([Mistake(f"{args.folder}/{MANIFEST}", 0, 0, "", what)], args)
    sentence = text("pack.said.holds", id=pack.id, version=pack.version, print=fingerprint(signature.key))
    return _said(args, sentence, {"ok": True, "id": pack.id, "version": pack.version, "key": signature.key})


def _contents(folder: Path) -> dict[str, bytes]:
    try:
        return files_below(folder)
    except OSError as error:
        raise Unusable(f"{error.filename}: cannot be read: {error.strerror}") from error


def _secret_key(path: Path) -> SigningKey:
    try:
        return SigningKey(path.read_text("ascii").strip())
    except OSError as error:
        raise Unusable(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise Unusable(f"{path}: is no secret key (yanhe pack keygen makes one)") from error


def _trusted(given: Sequence[str]) -> set[str]:
    if given:
        return {_public_key(item) for item in given}
    path = home() / SIGNERS_FILE
    try:
        keys = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Unusable(f"{path}: no trusted keys here; name one with --key") from error
    return {key for key in keys if isinstance(key, str)} if isinstance(keys, list) else set()


def _public_key(given: str) -> str:
    if is_public_key(given):
        return given
    try:
        written = Path(given).read_text("ascii").strip()
    except (OSError, ValueError) as error:
        raise Unusable(f"{given}: neither a public key nor a file with one") from error
    if not is_public_key(written):
        raise Unusable(f"{given}: holds no public key")
    return written


def _said(args: argparse.Namespace, sentence: Text, data: dict[str, Any]) -> int:
    if args.json:
        _json(data)
    else:
        print(say(sentence, args.language))
    return RIGHT


def _json(data: dict[str, Any]) -> None:
    print(json.dumps(data, ensure_ascii=False))


def _out(args: argparse.Namespace) -> Any:
    return sys.stdout if args.json else sys.stderr
