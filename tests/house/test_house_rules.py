"""Rules of the house that no linter knows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import resources
from kiosk.case import events
from kiosk.texts import LANGUAGES, catalogue

ROOT = Path(resources.__file__).parent.parent
CORE = ("kiosk", "scanner", "offline_cache", "central")

_BLOCKED = """
import importlib, pkgutil, sys
sys.modules["PySide6.QtWidgets"] = None
for name in {core!r}:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
"""


def test_the_desks_work_needs_no_widgets() -> None:
    """Everything but the windows imports with QtWidgets out of reach."""
    done = subprocess.run([sys.executable, "-c", _BLOCKED.format(core=CORE)], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_exists_in_every_language(language: str) -> None:
    missing = catalogue("zh_CN").keys() ^ catalogue(language).keys()
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_named_places_of_a_sentence(language: str) -> None:
    def places(of: str) -> dict[str, set[str]]:
        # policy.verbatim carries a pack's own sentence in every language and picks the one it is said in
        return {k: set(re.findall(r"\{(\w+)", s)) for k, s in catalogue(of).items() if k != "policy.verbatim"}

    assert places(language) == places("zh_CN")


def test_no_sentence_claims_that_a_paper_is_genuine() -> None:
    for path in ROOT.joinpath("resources").rglob("*.yaml"):
        assert "鉴伪" not in path.read_text(encoding="utf-8"), path


def test_every_act_stands_in_the_catalogue_of_events() -> None:
    described = set(re.findall(r"^\| `([a-z._]+)`", (ROOT / "docs" / "events.md").read_text(encoding="utf-8"), re.M))
    acts = {
        value.model_fields["kind"].default
        for value in vars(events).values()
        if isinstance(value, type) and issubclass(value, events.BaseModel) and "kind" in value.model_fields
    }
    assert described == acts


def test_every_package_and_module_can_be_named() -> None:
    """A folder without __init__ would be missing from the installed program."""
    for package in (*CORE, "ui", "practice", "yanhe"):
        for folder in {p.parent for p in ROOT.joinpath(package).rglob("*.py")}:
            assert (folder / "__init__.py").exists() or "migrations" in folder.parts, folder


def test_texts_are_valid_yaml_with_unique_keys() -> None:
    class Strict(yaml.SafeLoader):
        pass

    def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[object, object]:
        keys = [loader.construct_object(key) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"twice: {[k for k in keys if keys.count(k) > 1]} in {node.start_mark}"
        return dict(loader.construct_pairs(node))

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    for path in ROOT.joinpath("resources").rglob("*.yaml"):
        yaml.load(path.read_text(encoding="utf-8"), Strict)
