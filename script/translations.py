"""What script/translations does; see there."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

import text_keys

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_TW", "en")
_TOOLS = Path(sys.executable).parent
_COLUMNS = 2 + len(LANGUAGES)
Key = tuple[str, str]  # context, source


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--take", nargs="+", type=Path, default=[], metavar="FILE")
    options = parser.parse_args()
    if options.check:
        found = [*qt_problems(), *text_keys.problems()]
        for problem in found:
            print(problem, file=sys.stderr)
        return 1 if found else 0
    for language in LANGUAGES:
        path = FOLDER / f"yanhe_{language}.ts"
        collect(path, language)
        if options.take:
            fill(path, {key: words[language] for key, words in taken(options.take).items()})
            collect(path, language)  # in the tool's own handwriting again
        release(path, path.with_suffix(".qm"))
    return 0


def qt_problems() -> list[str]:
    """What is wrong with the .ts and .qm files beside the sources as they are now."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            kept, now = FOLDER / f"yanhe_{language}.ts", Path(folder) / f"yanhe_{language}.ts"
            shutil.copy(kept, now)
            collect(now, language)
            before, after = messages(kept), messages(now)
            found += [f"{language}: not collected: {_name(key)}" for key in after.keys() - before.keys()]
            found += [f"{language}: obsolete: {_name(key)}" for key in before.keys() - after.keys()]
            found += [f"{language}: unfinished: {_name(key)}" for key, target in before.items() if not target]
            release(kept, Path(folder) / "now.qm")
            if (Path(folder) / "now.qm").read_bytes() != kept.with_suffix(".qm").read_bytes():
                found.append(f"{language}: {kept.with_suffix('.qm').name} was not compiled from {kept.name}")
    return sorted(found)


def collect(path: Path, language: str) -> None:
    sources = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "ui").rglob("*.py"))
    options = (
        "-silent",
        "-no-obsolete",
        "-locations",
        "none",
        "-source-language",
        "zh_CN",
        "-target-language",
        language,
    )
    subprocess.run([str(_TOOLS / "pyside6-lupdate"), *options, *sources, "-ts", str(path)], cwd=ROOT, check=True)


def release(path: Path, target: Path) -> None:
    subprocess.run([str(_TOOLS / "pyside6-lrelease"), "-silent", str(path), "-qm", str(target)], check=True)


def messages(path: Path) -> dict[Key, str]:
    """Translations by context and source; "" while unfinished."""
    found: dict[Key, str] = {}
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            target = message.find("translation")
            done = target is not None and target.get("type") is None
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = (target.text or "") if done and target is not None else ""
    return found


def taken(files: Iterable[Path]) -> dict[Key, dict[str, str]]:
    """The lines of ``files``. Raises SystemExit for a line that is not context, source, zh_TW and en."""
    found: dict[Key, dict[str, str]] = {}
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            parts = line.replace("\\n", "\n").split("\t")
            if not line.strip():
                continue
            if len(parts) != _COLUMNS or not all(parts):
                raise SystemExit(f"{path}:{number}: expected context, source, {', '.join(LANGUAGES)}")
            found[parts[0], parts[1]] = dict(zip(LANGUAGES, parts[2:], strict=True))
    return found


def fill(path: Path, words: dict[Key, str]) -> None:
    tree = ET.parse(path)
    for context in tree.getroot().iter("context"):
        for message in context.iter("message"):
            said = words.get((context.findtext("name", ""), message.findtext("source", "")))
            target = message.find("translation")
            if said and target is not None:
                target.text = said
                target.attrib.pop("type", None)
    tree.write(path, encoding="utf-8", xml_declaration=True)


def _name(key: Key) -> str:
    return f"{key[0]}: {key[1]}"


if __name__ == "__main__":
    sys.exit(main())
