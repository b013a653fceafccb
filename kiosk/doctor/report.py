"""What a self-test says: one finding a subject, with the remedy beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from kiosk.texts import Text, say, text


class Health(StrEnum):
    OK = "ok"
    WARN = "warn"  # the desk works, something is missing or weak
    FAIL = "fail"  # families cannot be verified until this is mended


@dataclass(frozen=True)
class Finding:
    """``subject`` is stable (camera, recognition, …); ``facts`` are for engineers and hold no personal data."""

    subject: str
    health: Health
    sentence: Text
    facts: Mapping[str, Any] = field(default_factory=dict)


Check = Callable[[], Finding]


@dataclass(frozen=True)
class Report:
    at: datetime
    findings: tuple[Finding, ...]

    @property
    def health(self) -> Health:
        order = list(Health)
        return max((f.health for f in self.findings), key=order.index, default=Health.OK)

    def as_json(self, language: str = "zh_CN") -> dict[str, Any]:
        return {
            "at": self.at.isoformat(timespec="seconds"),
            "health": self.health.value,
            "checks": [
                {
                    "subject": f.subject,
                    "health": f.health.value,
                    "text": say(f.sentence, language),
                    "facts": dict(f.facts),
                }
                for f in self.findings
            ],
        }


def examine(checks: Mapping[str, Check], now: datetime) -> Report:
    """Run every check; one that raises is a finding itself, and the others still run."""
    return Report(now, tuple(_run(subject, check) for subject, check in checks.items()))


def _run(subject: str, check: Check) -> Finding:
    try:
        return check()
    except Exception as fault:
        return Finding(subject, Health.FAIL, text("doctor.crashed", kind=type(fault).__name__))


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    order = list(Health)
    return sorted(findings, key=lambda f: -order.index(f.health))
