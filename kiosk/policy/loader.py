"""Reads service packs. A broken pack is refused with file, line, column and what was expected, all at once; nothing is half loaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kiosk.policy.cross_reference import PackFiles, cross_reference
from kiosk.policy.mistakes import Mistake, PackError
from kiosk.policy.pack import Pack
from kiosk.policy.pack_yaml import read_pack_file
from kiosk.policy.schema import ChecksFile, Head, MaterialsFile, RequirementsFile
from kiosk.texts import text

HEAD, MATERIALS, REQUIREMENTS, CHECKS_FILE = "pack.yaml", "materials.yaml", "requirements.yaml", "checks.yaml"
FILES = (HEAD, MATERIALS, REQUIREMENTS, CHECKS_FILE)
_BUILTIN = Path(__file__).parent.parent.parent / "resources" / "services"

__all__ = [
    "FILES",
    "PackError",
    "builtin_contents",
    "builtin_packs",
    "load_contents",
    "load_pack",
    "load_packs",
    "read_contents",
]


def load_pack(folder: Path) -> Pack:
    """The pack in ``folder`` (pack.yaml, materials.yaml, requirements.yaml, checks.yaml). Raises PackError."""
    return load_contents(read_contents(folder), f"{folder}/")


def read_contents(folder: Path) -> dict[str, bytes]:
    """The pack's files by name; one that is not there or cannot be read is left out, and missed by ``load_contents``."""
    found: dict[str, bytes] = {}
    for name in FILES:
        try:
            found[name] = (folder / name).read_bytes()
        except OSError:
            continue
    return found


def load_contents(contents: Mapping[str, bytes], where: str = "") -> Pack:
    """The pack of these files. ``where`` is set before file names in messages. Raises PackError with every mistake."""
    files = PackFiles(
        read_pack_file(where + HEAD, contents.get(HEAD), Head),
        read_pack_file(where + MATERIALS, contents.get(MATERIALS), MaterialsFile),
        read_pack_file(where + REQUIREMENTS, contents.get(REQUIREMENTS), RequirementsFile),
        read_pack_file(where + CHECKS_FILE, contents.get(CHECKS_FILE), ChecksFile),
    )
    mistakes = [*files.mistakes, *cross_reference(files)]
    if mistakes:
        order = {where + name: i for i, name in enumerate(FILES)}
        raise PackError(sorted(mistakes, key=lambda m: (order.get(m.file, 0), m.line, m.column)))
    return _together(files)


def _together(files: PackFiles) -> Pack:
    head, materials = files.head.model, files.materials.model
    requirements, checks = files.requirements.model, files.checks.model
    assert head and materials and requirements and checks
    return Pack(
        id=head.id,
        version=head.version,
        title=head.title,
        calendar=head.calendar,
        parameters=head.parameters,
        waivable=frozenset(head.waivable),
        image_retention_days=head.image_retention_days,
        category=head.category,
        paper=head.paper,
        labels=materials.labels,
        materials=materials.materials,
        requirements=requirements.requirements,
        may_show=requirements.may_show,
        checks=checks.checks,
        reasons=checks.reasons,
        facts=head.facts,
        roles=head.roles,
        second_person=head.second_person,
        personal_data=head.personal_data,
    )


def load_packs(root: Path) -> dict[str, Pack]:
    """Every pack below ``root``, by id. Raises PackError when one is broken or two have the same id."""
    packs: dict[str, Pack] = {}
    for head in sorted(root.glob(f"*/{HEAD}")):
        pack = load_pack(head.parent)
        if pack.id in packs:
            raise PackError([Mistake(str(head), 0, 0, "id", text("pack.mistake.taken_id", found=pack.id))])
        packs[pack.id] = pack
    return packs


def builtin_contents() -> list[dict[str, bytes]]:
    """The files of each pack that comes with the program."""
    return [read_contents(head.parent) for head in sorted(_BUILTIN.glob(f"*/{HEAD}"))]


@lru_cache(maxsize=1)
def builtin_packs() -> Mapping[str, Pack]:
    """The packs that come with the program."""
    return load_packs(_BUILTIN)
