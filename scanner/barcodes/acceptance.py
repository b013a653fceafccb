"""Which decoded codes may be believed: by what they say, not by where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from scanner.types import Barcode

# True: this content proves itself (prefix, length, check digit). False: it is certainly not what its prefix claims. None: cannot say.
ContentCheck = Callable[[Barcode], bool | None]


def no_opinion(_: Barcode) -> bool | None:
    return None


class CodeGate:
    """Admits codes over the frames of a live stream. Used from one thread.

    A code is accepted at once when its content proves itself, or when its symbology practically cannot be misread and the content
    does not speak against it; the others when two frames within ``memory_s`` agree on it. Each accepted code is reported once until it
    has been out of view for ``memory_s``.
    """

    def __init__(self, content: ContentCheck = no_opinion, memory_s: float = 2.0) -> None:
        self._content = content
        self._memory_s = memory_s
        self._seen: dict[tuple[str, bytes], float] = {}
        self._told: dict[tuple[str, bytes], float] = {}

    def news(self, codes: Iterable[Barcode], at_s: float) -> tuple[Barcode, ...]:
        """The codes of a frame taken at ``at_s`` that are accepted now and have not been reported yet."""
        self._forget(at_s)
        fresh: list[Barcode] = []
        for code in codes:
            key = (code.format, code.raw)
            accepted = self._accepts(
                code, seen_before=self._seen.get(key, at_s) < at_s
            )  # two in one frame are no witness
            self._seen[key] = at_s
            if not accepted:
                continue
            if key not in self._told:
                fresh.append(replace(code, accepted=True))
            self._told[key] = at_s
        return tuple(fresh)

    def _accepts(self, code: Barcode, *, seen_before: bool) -> bool:
        verdict = self._content(code)
        if verdict is not None:
            return verdict
        return code.accepted or seen_before

    def _forget(self, at_s: float) -> None:
        for memory in (self._seen, self._told):
            for key in [key for key, last in memory.items() if at_s - last > self._memory_s]:
                del memory[key]
