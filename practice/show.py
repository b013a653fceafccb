"""``python -m practice.show F01 FOLDER``: writes a family's papers, and how the camera sees each, as PNG files."""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2

from practice.at_home import kept_at_home
from practice.camera.look import Severity
from practice.camera.stills import render_still
from practice.director import fills_the_picture
from practice.world import families, papers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("family", choices=[f.id for f in families()])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--px-per-mm", type=float, default=8.0)
    parser.add_argument("--severity", choices=[s.value for s in Severity], default="good")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for number, paper in enumerate([*papers(chosen.family), *kept_at_home(chosen.family)]):
        turned = fills_the_picture(paper)
        frame, _ = render_still(paper, seed=number, severity=chosen.severity, turned=turned)
        for what, image in (("paper", paper.draw(chosen.px_per_mm).image), ("frame", frame)):
            path = chosen.folder / f"{number:02d}-{paper.id}-{what}.png"
            path.write_bytes(cv2.imencode(".png", image)[1].tobytes())


if __name__ == "__main__":
    main()
