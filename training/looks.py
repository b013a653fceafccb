"""How characters look to the recogniser, and how the rarer ones look that it reads as them: writes ``scanner/judge/data/looks.npz``.

    python -m training.looks [FOLDER]      # keeps what it has seen in FOLDER; about ten minutes of one core

First every rarer character of the fonts is printed once and read; what is read there instead is its reading. Then each of
these and each character that can be read is printed in several faces. Of all, the mean look is kept, in a space in which
the looks of one character, however it is printed, spread by one in every direction. Run again with other fonts or another
recogniser: the looks are those of its last layer.
"""

from __future__ import annotations

import pickle
import random
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.name_pictures import RARE
from scanner.judge.confusables import INSEPARABLE_SETS, measured_pairs
from scanner.text.rapid import RapidRecogniser
from training.glyph_lines import FACES, Look, has_glyph, looks

OUT = Path(__file__).parent.parent / "scanner" / "judge" / "data" / "looks.npz"
EXTENSION_A = range(0x3400, 0x4DC0)
LATER = (range(0x20000, 0x2EE60), range(0x30000, 0x323B0))
LEAST = 0.4  # certainty of a reading that is worth a twin
TIMES = 3  # each character is printed
MORE = 4  # times each reading in the end, and half as often each twin
NUMBERS = 120  # in the recogniser's last layer
SHRUNK = 0.02  # of the mean spread is added to every direction's
AT_ONCE = 400  # characters a task
STEP = 0.25  # of a spread: how finely looks are written down
Printed = tuple[str, int]  # a character in a face


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    chance = random.Random(20)
    found = seen(folder, "first", [(c, chance.choice(faces_of(c))) for c in rarer()], 1)
    shown: set[str] = set()
    for number, name in enumerate(("second", "third")):  # the second look at the twins finds further readings
        pairs = twins(found)
        new = sorted({*pairs, *(twin for several in pairs.values() for twin in several)} - shown)
        views = [(c, face) for c in new for face in chance.sample(faces_of(c) * TIMES, TIMES)]
        found += seen(folder, name, views, number + 2)
        shown |= set(new)
    pairs = twins(found)
    often = [c for c in pairs for _ in range(MORE)] + [c for c in shown - set(pairs) for _ in range(MORE // 2)]
    found += seen(folder, "more", [(c, chance.choice(faces_of(c))) for c in sorted(often)], 4)
    rest = [c for c in sorted(readable() - shown) if faces_of(c)]
    rest += [c for group in alike() for c in group for _ in range(TIMES)]
    found += seen(folder, "rest", [(c, face) for c in rest for face in chance.sample(faces_of(c) * TIMES, TIMES)], 5)
    write(found)
    return 0


def alike() -> list[str]:
    """The Han characters of each set that no reading settles."""
    groups = ("".join(c for c in group if ord(c) >= EXTENSION_A.start and faces_of(c)) for group in INSEPARABLE_SETS)
    return [group for group in groups if len(group) > 1]


def rarer() -> list[str]:
    """Extension A, what the Noto fonts have of the later ones (they have what is in use), and known characters of names."""
    later = (c for block in LATER for c in map(chr, block) if has_glyph(0, c))
    found = dict.fromkeys((*map(chr, EXTENSION_A), *later, *RARE))
    return [c for c in found if faces_of(c)]


@cache
def readable() -> frozenset[str]:
    """The Han characters that the recogniser can read."""
    return frozenset(
        c for c in RapidRecogniser(threads=1).dictionary if unicodedata.name(c[0], "").startswith("CJK UNIFIED")
    )


def faces_of(character: str) -> list[int]:
    return [face for face in range(len(FACES)) if has_glyph(face, character)]


def twins(found: Iterable[Look]) -> dict[str, dict[str, float]]:
    """Reading → what was printed there, and how surely it was read so."""
    pairs: dict[str, dict[str, float]] = defaultdict(dict)
    own = ((look.read, look.printed, look.certainty) for look in found)
    for reading, printed, certainty in (*measured_pairs(), *own):
        before = pairs[reading].get(printed, LEAST) if reading in pairs else LEAST
        if certainty >= before and reading != printed and reading in readable() and faces_of(printed):
            pairs[reading][printed] = certainty
    return dict(sorted(pairs.items()))


def seen(folder: Path | None, name: str, shown: list[Printed], seed: int) -> list[Look]:
    """A look at each of ``shown``; from the folder where they are kept already."""
    kept = folder / f"{name}.pickle" if folder else None
    if kept is not None and kept.exists():
        return pickle.loads(kept.read_bytes())
    by_face: dict[int, list[str]] = defaultdict(list)
    for character, face in shown:
        by_face[face].append(character)
    tasks = [
        (characters[start : start + AT_ONCE], face, seed * 1_000_003 + face * 10_007 + start)
        for face, characters in by_face.items()
        for start in range(0, len(characters), AT_ONCE)
    ]
    found: list[Look] = []
    with ProcessPoolExecutor(2) as workers:
        for number, some in enumerate(workers.map(_task, *zip(*tasks, strict=True))):
            found += some
            print(f"{name}: {number + 1} of {len(tasks)}", file=sys.stderr, flush=True)
    if kept is not None:
        kept.write_bytes(pickle.dumps(found))
    return found


def _task(characters: list[str], face: int, seed: int) -> list[Look]:
    chance = np.random.default_rng(seed)
    return list(
        looks(RapidRecogniser(threads=1), [characters[i] for i in chance.permutation(len(characters))], face, chance)
    )


def write(found: list[Look]) -> None:
    to_look, means = space(found)
    pairs = twins(found)
    for group in alike():
        for reading in group:
            for other in group.replace(reading, ""):
                pairs.setdefault(reading, {}).setdefault(other, 1.0)
    names, starts, certainties = "", [0], []
    for reading in sorted(readable() & means.keys()):
        twin_of = {twin: certainty for twin, certainty in pairs.get(reading, {}).items() if twin in means}
        names += reading + "".join(twin_of)
        certainties += [1.0, *twin_of.values()]
        starts.append(len(names))
    rows = np.stack([means[c] for c in names])
    np.savez_compressed(
        OUT,
        to_look=to_look,
        step=np.float32(STEP),
        names=np.array(names),
        starts=np.array(starts, np.int32),
        certainties=np.array(certainties, np.float32),
        looks=np.clip(np.round(rows / STEP), -127, 127).astype(np.int8),
    )
    print(f"{len(starts) - 1} readings, {len(names) - len(starts) + 1} twins, {OUT.stat().st_size / 1e6:.1f} MB")


def space(second: list[Look]) -> tuple[NDArray[np.float32], dict[str, NDArray[np.float32]]]:
    """(marks → look) and each character's mean look."""
    marks = np.stack([look.marks for look in second]).astype(np.float64)
    middle = marks.mean(axis=0)
    _, _, directions = np.linalg.svd((marks - middle)[:: max(1, len(marks) // 20_000)], full_matrices=False)
    inner = (marks - middle) @ directions[:NUMBERS].T
    of: dict[str, list[int]] = defaultdict(list)
    for number, look in enumerate(second):
        of[look.printed].append(number)
    means = {character: inner[numbers].mean(axis=0) for character, numbers in of.items()}
    off = np.concatenate([inner[n] - means[c] for c, n in of.items()])
    spread = off.T @ off / (len(off) - len(of))
    spread += SHRUNK * np.trace(spread) / NUMBERS * np.eye(NUMBERS)
    whiten = np.linalg.inv(np.linalg.cholesky(spread)).T
    to_look = (directions[:NUMBERS].T @ whiten).astype(np.float32)
    common = middle @ to_look
    return to_look, {c: (mean @ whiten + common).astype(np.float32) for c, mean in means.items()}


if __name__ == "__main__":
    sys.exit(main())
