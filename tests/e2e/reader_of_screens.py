"""What a screen reader finds in the running app: run with the system's python3 (it has pyatspi), prints one JSON object.

Usage: reader_of_screens.py LIMIT_S. Waits for the application ``yanhe`` and for an open case, then walks its tree.
"""

from __future__ import annotations

import json
import sys
import time

import pyatspi

TABLE_ROLES = (pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE_TABLE)
PRESSED = (
    pyatspi.ROLE_PUSH_BUTTON,
    pyatspi.ROLE_RADIO_BUTTON,
    pyatspi.ROLE_CHECK_BOX,
    pyatspi.ROLE_TOGGLE_BUTTON,
    pyatspi.ROLE_ENTRY,
    pyatspi.ROLE_TEXT,
    pyatspi.ROLE_COMBO_BOX,
)


def application(until: float):
    while time.monotonic() < until:
        for app in pyatspi.Registry.getDesktop(0):
            if app is not None and app.name == "yanhe":
                return app
        time.sleep(0.3)
    raise SystemExit("the app is not on the accessibility bus")


def walk(node, found):
    try:
        states = node.getState()
        role, name = node.getRole(), node.name or ""
        showing = states.contains(pyatspi.STATE_SHOWING)
    except Exception:  # it went away while we looked
        return
    if showing and role in PRESSED:
        found["controls"].append([node.getRoleName(), name])
    if role in TABLE_ROLES and showing:
        table = node.queryTable()
        found["rows"] += [table.getAccessibleAt(row, 0).name for row in range(min(table.nRows, 30))]
    if role == pyatspi.ROLE_LABEL and showing:
        found["labels"].append(name)
    for child in node:
        if child is not None:
            walk(child, found)


def main() -> None:
    until = time.monotonic() + float(sys.argv[1])
    app = application(until)
    found = {}
    while time.monotonic() < until:
        found = {"controls": [], "rows": [], "labels": [], "windows": [w.name for w in app if w is not None]}
        for window in app:
            if window is not None:
                walk(window, found)
        if found["rows"]:
            break
        time.sleep(0.5)
    sys.stdout.write(json.dumps(found, ensure_ascii=False))


main()
