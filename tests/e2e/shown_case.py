"""The staff's window over a desk with a case that waits, for whoever looks at it from outside: runs until its input ends."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from fake_desk import FakeDesk, states
from PySide6.QtCore import QMetaObject, Qt

from kiosk.display import Display
from ui.app import create_application
from ui.desk_windows import DeskWindows


def main() -> int:
    app, _ = create_application(["yanhe"])
    windows = DeskWindows(app, FakeDesk(states()["05-mismatch"][0]), Display(sounds=False))
    windows.show(maximised=True)

    def wait_for_the_end() -> None:
        sys.stdin.read()
        QMetaObject.invokeMethod(app, "quit", Qt.ConnectionType.QueuedConnection)

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    status = app.exec()
    windows.close()
    return status


if __name__ == "__main__":
    sys.exit(main())
