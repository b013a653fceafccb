"""Trains the finder's network on chunks of ``training.compose`` and writes it as ONNX.

    python -m training.train SCENES VALIDATION OUT.onnx [--minutes M] [--start STATE.pt]

Needs torch and onnx, which the program itself does not. One core is enough. The state is written beside the ONNX file, so that a run can be
continued. New chunks in SCENES are taken up while it runs.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as nnf

from training.net import SheetNet, Shipped

_BATCH = 24
_RATE = 3e-3
_SMALL, _SMALL_UNTIL = (
    0.625,
    0.55,
)  # the first part of the time goes into smaller pictures, of which there are more then


class Scenes:
    """The chunks in a folder, by shape; in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: set[str] = set()
        self._chunks: dict[tuple[int, ...], list[tuple[np.ndarray, np.ndarray]]] = defaultdict(list)
        self.count = 0

    def refresh(self) -> None:
        for path in sorted(self._folder.glob("*.npz")):
            if path.name in self._seen or path.name.endswith(".part.npz"):
                continue
            with np.load(path) as chunk:
                pictures, truth = chunk["pictures"], chunk["truth"]
            self._seen.add(path.name)
            self._chunks[pictures.shape[1:]].append((pictures, truth))
            self.count += len(pictures)

    def batch(self, chance: np.random.Generator) -> tuple[Tensor, Tensor]:
        """Scenes of one shape, flipped, tinted and brightened by chance."""
        shapes = list(self._chunks)
        weights = np.array([len(self._chunks[shape]) for shape in shapes], float)
        chunks = self._chunks[shapes[int(chance.choice(len(shapes), p=weights / weights.sum()))]]
        drawn = [(chunks[int(chance.integers(len(chunks)))], int(chance.integers(1 << 30))) for _ in range(_BATCH)]
        pictures = np.stack([pictures[k % len(pictures)] for (pictures, _), k in drawn]).astype(np.float32)
        truth = np.stack([truth[k % len(truth)] for (_, truth), k in drawn])
        for k in range(_BATCH):
            for axis in (0, 1):
                if chance.random() < 0.5:
                    pictures[k], truth[k] = np.flip(pictures[k], axis).copy(), np.flip(truth[k], axis).copy()
            if chance.random() < 0.3:
                pictures[k] = pictures[k][..., chance.permutation(3)]
        gain = chance.uniform(0.8, 1.2, (_BATCH, 1, 1, 1)) * chance.uniform(0.93, 1.07, (_BATCH, 1, 1, 3))
        pictures = np.clip(pictures * gain + chance.uniform(-12, 12, (_BATCH, 1, 1, 1)), 0, 255).astype(np.float32)
        return _tensors(pictures, truth)

    def all(self) -> list[tuple[Tensor, Tensor]]:
        return [
            _tensors(pictures.astype(np.float32), truth)
            for chunks in self._chunks.values()
            for pictures, truth in chunks
        ]


def _tensors(pictures: np.ndarray, truth: np.ndarray) -> tuple[Tensor, Tensor]:
    x = torch.from_numpy(pictures).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
    return x, torch.from_numpy(truth).permute(0, 3, 1, 2).float() / 255


def smaller(x: Tensor, truth: Tensor, factor: float) -> tuple[Tensor, Tensor]:
    height, width = (16 * round(n * factor / 16) for n in x.shape[2:])
    x = nnf.interpolate(x, (height, width), mode="area").contiguous(memory_format=torch.channels_last)
    return x, nnf.interpolate(truth, (height // 2, width // 2), mode="area")


def loss_of(logits: Tensor, truth: Tensor) -> Tensor:
    """Cross-entropy of all three maps; of the sheet also the overlap, for what counts is its shape."""
    sheet, outline, cover = logits.unbind(1)
    real_sheet, real_outline, real_cover = truth.unbind(1)
    cross = nnf.binary_cross_entropy_with_logits(sheet, real_sheet)
    p = sheet.sigmoid()
    shared, both = (p * real_sheet).sum((1, 2)), (p + real_sheet).sum((1, 2))
    dice = (1 - (2 * shared + 30) / (both + 30)).mean()
    edge = nnf.binary_cross_entropy_with_logits(outline, real_outline, pos_weight=torch.tensor(4.0))
    over = nnf.binary_cross_entropy_with_logits(cover, real_cover, pos_weight=torch.tensor(10.0))
    return cross + 0.7 * dice + 0.7 * edge + 0.7 * over


@torch.no_grad()
def validate(net: SheetNet, scenes: Scenes) -> str:
    """Mean overlap of the sheet's map, share of empty scenes in which something is seen, overlap of covers."""
    net.eval()
    overlaps, false, empties, cover_inter, cover_union, edge = [], 0, 0, 0.0, 0.0, []
    for x, truth in scenes.all():
        logits = net(x)
        seen, real = logits[:, 0] > 0, truth[:, 0] > 0.5
        area = real.flatten(1).sum(1)
        inter, union = (seen & real).flatten(1).sum(1), (seen | real).flatten(1).sum(1)
        overlaps += (inter[area > 50] / union[area > 50].clamp(min=1)).tolist()
        empties += int((area == 0).sum())
        false += int((seen.flatten(1).sum(1)[area == 0] > 100).sum())
        cover, real_cover = logits[:, 2] > 0, truth[:, 2] > 0.5
        cover_inter += float((cover & real_cover).sum())
        cover_union += float((cover | real_cover).sum())
        edge.append(float(nnf.binary_cross_entropy_with_logits(logits[:, 1], truth[:, 1])))
    net.train()
    low = np.percentile(overlaps, 10)
    return f"overlap {np.mean(overlaps):.4f} (tenth {low:.3f}), false {false}/{empties}, cover {cover_inter / max(cover_union, 1):.3f}, edge {np.mean(edge):.4f}"


def ship(net: SheetNet, target: Path) -> None:
    net.eval()
    torch.onnx.export(
        Shipped(net), (torch.zeros(1, 144, 256, 3, dtype=torch.uint8),), str(target), input_names=["picture"], output_names=["maps"],
        dynamic_axes={"picture": {1: "height", 2: "width"}, "maps": {2: "half_height", 3: "half_width"}}, opset_version=17, dynamo=False,
    )  # fmt: skip
    net.train()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenes", type=Path)
    parser.add_argument("validation", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--minutes", type=float, default=25, help="processor time")
    parser.add_argument(
        "--wall-minutes", type=float, default=600, help="time on the clock: on a busy machine this ends the run"
    )
    parser.add_argument("--start", type=Path)
    parser.add_argument("--rate", type=float, default=_RATE)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    chance = np.random.default_rng(options.seed)
    net = SheetNet().to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    if options.start:
        net.load_state_dict(torch.load(options.start))
    print(f"{sum(p.numel() for p in net.parameters())} parameters", flush=True)
    optimiser = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=1e-4)
    scenes, held_out = Scenes(options.scenes), Scenes(options.validation)
    scenes.refresh()
    held_out.refresh()
    started = time.time()
    began, step, spent, mean = time.process_time(), 0, 0.0, 0.0
    while spent < 1:
        if step % 25 == 0:
            spent = (
                max((time.process_time() - began) / options.minutes, (time.time() - started) / options.wall_minutes)
                / 60
            )
            share = min(1.0, spent)
            rate = options.rate * min(1.0, (step + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * share)) + 1e-6
            for group in optimiser.param_groups:
                group["lr"] = rate
            scenes.refresh()
        x, truth = scenes.batch(chance)
        if spent < _SMALL_UNTIL and not options.start:
            x, truth = smaller(x, truth, _SMALL)
        loss = loss_of(net(x), truth)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        mean = loss.item() if step == 0 else 0.98 * mean + 0.02 * loss.item()
        step += 1
        if step % 150 == 0:
            print(f"{step} steps, {100 * spent:.0f} %, {scenes.count} scenes, loss {mean:.4f}", flush=True)
        if step % 500 == 0:
            held_out.refresh()
            print(validate(net, held_out), flush=True)
            torch.save(net.state_dict(), options.target.with_suffix(".pt"))
            ship(net, options.target)
    print(validate(net, held_out), flush=True)
    torch.save(net.state_dict(), options.target.with_suffix(".pt"))
    ship(net, options.target)


if __name__ == "__main__":
    main()
