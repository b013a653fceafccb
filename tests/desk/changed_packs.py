"""Service packs that differ a little from those of the program, signed by a district of the tests."""

from __future__ import annotations

from kiosk.policy.loader import builtin_contents, load_contents
from kiosk.policy.signed import MANIFEST, manifest
from kiosk.wire.signing import SigningKey

KEY = SigningKey.new()


def built_in() -> dict[str, bytes]:
    return next(c for c in builtin_contents() if b"id: NS2014" in c["pack.yaml"])


def changed(version: str, *edits: tuple[str, str, str], key: SigningKey = KEY) -> dict[str, bytes]:
    """NS2014 in another version, signed; ``edits`` are (file, old, new)."""
    contents = dict(built_in())
    for file, old, new in (("pack.yaml", '"2014.1"', f'"{version}"'), *edits):
        assert old.encode() in contents[file]
        contents[file] = contents[file].replace(old.encode(), new.encode(), 1)
    return contents | {MANIFEST: manifest(load_contents(contents), contents, key)}


NEW_MATERIAL = (
    (
        "materials.yaml",
        "  G04:",
        "  Z01:\n    name: {zh_CN: 泳池健康证, zh_TW: 泳池健康證, en: Swimming certificate}\n  G04:",
    ),
    (
        "requirements.yaml",
        '  - material: "G04"',
        '  - material: "Z01"\n    required_when:\n      - {when: "true", rule: all, '
        'why: {zh_CN: 人人都要, zh_TW: 人人都要, en: everybody}}\n    holder: child\n  - material: "G04"',
    ),
)

# a reason nobody has heard of, given by a condition of the pack's own
NEW_REASON = (
    (
        "checks.yaml",
        "  - {code: X-SIBLING-MIX",
        """  - code: Q-SWIM
    holds: "hukou != 'SZ_IN'"
    says:
      match: {zh_CN: 会游泳, zh_TW: 會游泳, en: swims}
      mismatch: {zh_CN: 不会游泳, zh_TW: 不會游泳, en: does not swim}
      ask: {zh_CN: 会不会游泳, zh_TW: 會不會游泳, en: does it swim}
    reason: R-SWIM
    severity: hard
  - {code: X-SIBLING-MIX""",
    ),
    (
        "checks.yaml",
        "  R-AGE:",
        """  R-SWIM:
    text: {zh_CN: 还没有学会游泳, zh_TW: 還沒有學會游泳, en: Has not learnt to swim}
    curable: true
    bring: {zh_CN: 学会后带健康证, zh_TW: 學會後帶健康證, en: Bring the certificate once it does}
  R-AGE:""",
    ),
)
