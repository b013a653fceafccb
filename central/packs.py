"""Issuing service packs: the platform signs a pack with its own key and every desk gets it with the next pull."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.changes import touch
from central.tables import IssuedPack
from kiosk.policy.loader import load_contents, read_contents
from kiosk.policy.pack import Pack
from kiosk.policy.signed import MANIFEST, manifest
from kiosk.wire.signing import SigningKey


class VersionTaken(ValueError):
    """This version was issued with other content: desks may have decided by it, so what is changed needs a new version."""


def newest_packs(session: Session) -> list[Pack]:
    """Every issued pack, oldest issue first."""
    rows = session.scalars(select(IssuedPack).order_by(IssuedPack.issued_at))
    return [
        load_contents({name: str(text).encode("utf-8") for name, text in row.files.items()}, f"{row.pack_id}/")
        for row in rows
    ]


def issue(session: Session, folder: Path, key: SigningKey) -> Pack:
    """Makes the pack in ``folder`` known to all desks. Raises PackError for a broken one, VersionTaken. Issuing again changes nothing."""
    contents = read_contents(folder)
    pack = load_contents(contents, f"{folder}/")
    files = {name: data.decode("utf-8") for name, data in contents.items()}
    issued = session.get(IssuedPack, (pack.id, pack.version))
    if issued is not None:
        if {name: text for name, text in issued.files.items() if name != MANIFEST} != files:
            raise VersionTaken(f"{pack.id} {pack.version} was issued with other content: give it a new version")
        return pack
    signed = manifest(pack, contents, key).decode("utf-8")
    session.add(
        IssuedPack(
            pack_id=pack.id, version=pack.version, files={**files, MANIFEST: signed}, issued_at=datetime.now(UTC)
        )
    )
    touch(session, "pack", [f"{pack.id} {pack.version}"], None)
    return pack
