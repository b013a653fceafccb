"""`python -m benchmarks.visit.app FOLDER ADDRESS`: the desk app in the practice district of FOLDER, both windows open, watched.

The same program as `yanhe demo --family-window`; beside it a stall watchdog, a clock of who waits, and the read-only socket ADDRESS.
"""

from __future__ import annotations

import sys

from yanhe import collector
from yanhe.early import warming_reader


def main() -> int:
    collector.hold()  # this and the reader: as the program's own commands do before they load anything
    with warming_reader() as reader:
        from benchmarks.visit import running_app

        return running_app.main(reader)


if __name__ == "__main__":
    sys.exit(main())
