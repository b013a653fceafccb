"""From what was measured on the card to findings with their remedies. The limits are data: resources/readiness.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from kiosk.doctor.report import Finding, Health
from kiosk.texts import text
from scanner.calibration import Measured

_FILE = Path(__file__).parent.parent.parent / "resources" / "readiness.yaml"
Limits = Mapping[str, Mapping[str, float]]


@lru_cache
def limits() -> Limits:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def judge(measured: Measured, bounds: Limits | None = None) -> list[Finding]:
    """One finding a quantity, in the order in which a person would mend them."""
    return list(_findings(measured, bounds or limits()))


def judge_line(right: float, bounds: Limits | None = None) -> Finding:
    """``right``: the share of the printed line that was read right."""
    health = _least(right, (bounds or limits())["line"])
    return _finding("line", health, percent=round(100 * right))


def _findings(measured: Measured, bounds: Limits) -> Iterator[Finding]:
    yield _finding("scale", _least(measured.px_per_mm, bounds["px_per_mm"]), value=f"{measured.px_per_mm:.1f}")
    yield _finding("tilt", _least(measured.taper, bounds["taper"]), value=f"{measured.taper:.2f}")
    yield _sharpness(measured, bounds)
    yield _light(measured, bounds)
    yield _finding("evenness", _least(measured.evenness, bounds["evenness"]), percent=round(100 * measured.evenness))
    yield _finding("greys", _least(measured.grey_steps, bounds["grey_steps"]), value=round(measured.grey_steps))
    glare = measured.glare_share
    yield _finding("glare", _most(glare, bounds["glare_share"]), percent=f"{100 * glare:.1f}")
    yield _finding("code", Health.OK if measured.code else Health.FAIL)


def _sharpness(measured: Measured, bounds: Limits) -> Finding:
    if measured.edge_mm is None:
        return Finding("sharpness", Health.FAIL, text("readiness.sharpness.unseen"))
    middle = _most(measured.edge_mm, bounds["edge_mm"])
    words = {"middle": f"{measured.edge_mm:.2f}", "corner": "–"}
    if measured.corner_edge_mm is None:
        return _finding("sharpness", middle, **words)
    words["corner"] = f"{measured.corner_edge_mm:.2f}"
    corner = _most(measured.corner_edge_mm, bounds["corner_edge_mm"])
    if list(Health).index(corner) > list(Health).index(middle):
        return Finding("sharpness", corner, text("readiness.sharpness.corner", **words), words)
    return _finding("sharpness", middle, **words)


def _light(measured: Measured, bounds: Limits) -> Finding:
    at = bounds["white"]
    value = round(measured.white)
    if measured.white < at["warn_low"]:
        health = Health.FAIL if measured.white < at["fail_low"] else Health.WARN
        return Finding("light", health, text("readiness.light.dark", value=value), {"value": value})
    if measured.white > at["warn_high"]:
        return Finding("light", Health.WARN, text("readiness.light.bright", value=value), {"value": value})
    return _finding("light", Health.OK, value=value)


def _least(value: float, bound: Mapping[str, float]) -> Health:
    return Health.FAIL if value < bound["fail"] else Health.WARN if value < bound["warn"] else Health.OK


def _most(value: float, bound: Mapping[str, float]) -> Health:
    return Health.FAIL if value > bound["fail"] else Health.WARN if value > bound["warn"] else Health.OK


def _finding(subject: str, health: Health, **words: object) -> Finding:
    return Finding(
        subject, health, text(f"readiness.{subject}.{'ok' if health is Health.OK else 'bad'}", **words), words
    )
