"""Writes FOLDER/sbom.cdx.json (CycloneDX 1.6) and FOLDER/licences.txt; exit status 1 when something may not be shipped."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from yanhe.licences import bundled, licence_of

ROOT = Path(__file__).parent.parent
_PIN = re.compile(r"^([A-Za-z0-9_.\-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def locked(lock: Path) -> dict[tuple[str, str], list[str]]:
    """(name, version) → SHA-256 of every file of it that may be installed."""
    found: dict[tuple[str, str], list[str]] = {}
    current: list[str] = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if pin := _PIN.match(line):
            current = found[pin[1], pin[2]] = []
        current += _HASH.findall(line)
    return found


def bill(lock: Path) -> tuple[Bom, list[str], list[str]]:
    """(bill of materials, lines of the list, what may not be shipped)."""
    from yanhe.licences import Component as Part

    bom, licences, lines, faults = Bom(), LicenseFactory(), [], []
    bom.metadata.component = Component(
        name="yanhe", type=ComponentType.APPLICATION, licenses=[licences.make_from_string("Apache-2.0")]
    )
    for (name, version), hashes in sorted(locked(lock).items()):
        part = Part(name, version, licence_of(name))
        if not part.allowed:
            faults.append(f"{name} {version}: {part.licence or 'no licence stated'}")
        bom.components.add(
            Component(
                name=name,
                version=version,
                type=ComponentType.LIBRARY,
                purl=PackageURL("pypi", None, name, version),
                licenses=[licences.make_from_string(part.licence)] if part.licence else [],
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in hashes[:1]],
            )
        )
        lines.append(f"{name:34} {version:14} {part.licence}")
    for part in bundled():
        bom.components.add(
            Component(
                name=part.name,
                type=ComponentType.LIBRARY,
                description=part.note,
                licenses=[licences.make_from_string(part.licence)],
            )
        )
        lines.append(f"{part.name:34} {'':14} {part.licence}  ({part.note})")
    return bom, lines, faults


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"
    bom, lines, faults = bill(ROOT / "requirements" / "runtime.lock")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sbom.cdx.json").write_text(JsonV1Dot6(bom).output_as_string(indent=1), encoding="utf-8")
    (folder / "licences.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} components: {folder / 'sbom.cdx.json'}, {folder / 'licences.txt'}")
    for fault in faults:
        print(f"may not be shipped: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
