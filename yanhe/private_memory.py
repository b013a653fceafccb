"""What is in this program's memory stays there: no core dump of a desk holds a family's names."""

from __future__ import annotations

import sys


def no_core_dumps() -> None:
    """Forbids dumps of this process and of those it starts. Windows keeps none unless an administrator asks for them (docs/it.md)."""
    if sys.platform == "win32":
        return
    import resource

    # one byte: too small for a file, and the value by which Linux also skips a dump into a collecting program (core(5), coredump.c)
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    limit = 0 if most == 0 else 1
    resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
