"""The finder's network: a small U-shaped net of separable convolutions, about 0.3 million parameters.

The blocks are inverted residuals (Sandler et al., "MobileNetV2", CVPR 2018) in a U-Net (Ronneberger et al., MICCAI 2015), with a global
average added at the coarsest level, for what a sheet is shows in the whole picture only.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as nnf


def _conv(inside: int, outside: int, size: int, stride: int = 1, groups: int = 1, act: bool = True) -> nn.Sequential:
    layers: list[nn.Module] = [
        nn.Conv2d(inside, outside, size, stride, size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outside),
    ]
    return nn.Sequential(*layers, nn.ReLU(inplace=True)) if act else nn.Sequential(*layers)


class Block(nn.Module):
    """Widened, filtered place by place, narrowed; added to what came in where the shapes agree."""

    def __init__(self, inside: int, outside: int, stride: int = 1, widen: int = 3, size: int = 5) -> None:
        super().__init__()
        wide = inside * widen
        self.through = nn.Sequential(
            _conv(inside, wide, 1), _conv(wide, wide, size, stride, groups=wide), _conv(wide, outside, 1, act=False)
        )
        self.added = stride == 1 and inside == outside

    def forward(self, x: Tensor) -> Tensor:
        return x + self.through(x) if self.added else self.through(x)


class Whole(nn.Module):
    """Adds to every place what the whole picture shows on average."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.mix = nn.Sequential(
            nn.Conv2d(channels, channels, 1), nn.ReLU(inplace=True), nn.Conv2d(channels, channels, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.mix(x.mean((2, 3), keepdim=True))


class Join(nn.Module):
    """The coarser level enlarged and joined with the finer one."""

    def __init__(self, coarse: int, fine: int, outside: int) -> None:
        super().__init__()
        self.narrow = _conv(coarse, outside, 1)
        self.side = _conv(fine, outside, 1)
        self.smooth = nn.Sequential(_conv(outside, outside, 5, groups=outside), _conv(outside, outside, 1))

    def forward(self, coarse: Tensor, fine: Tensor) -> Tensor:
        up = nnf.interpolate(self.narrow(coarse), scale_factor=2.0, mode="nearest")
        return self.smooth(up + self.side(fine))


class SheetNet(nn.Module):
    """(N, 3, H, W) pictures, 0..255, sides multiples of 16, to (N, 3, H/2, W/2) logits: sheet, outline, cover."""

    def __init__(self) -> None:
        super().__init__()
        self.at_half = _conv(3, 16, 3, 2)
        self.at_quarter = nn.Sequential(Block(16, 24, 2, size=3), Block(24, 24, size=3))
        self.at_eighth = nn.Sequential(Block(24, 40, 2), Block(40, 40), Block(40, 40))
        self.at_sixteenth = nn.Sequential(
            Block(40, 72, 2), Block(72, 72), Whole(72), Block(72, 72), Block(72, 72), Whole(72), Block(72, 72)
        )
        self.to_eighth = Join(72, 40, 48)
        self.to_quarter = Join(48, 24, 32)
        self.to_half = Join(32, 16, 16)
        self.last = nn.Conv2d(16, 3, 3, padding=1)

    def forward(self, picture: Tensor) -> Tensor:
        mean = picture.mean((1, 2, 3), keepdim=True)
        spread = (picture - mean).square().mean((1, 2, 3), keepdim=True).sqrt()
        half = self.at_half((picture - mean) / (spread + 12.0))
        quarter = self.at_quarter(half)
        eighth = self.at_eighth(quarter)
        up = self.to_eighth(self.at_sixteenth(eighth), eighth)
        return self.last(self.to_half(self.to_quarter(up, quarter), half))


class Shipped(nn.Module):
    """As the scanner calls it: (1, H, W, 3) bytes BGR to (1, 3, H/2, W/2) probabilities."""

    def __init__(self, net: SheetNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, picture: Tensor) -> Tensor:
        return torch.sigmoid(self.net(picture.permute(0, 3, 1, 2).float()))
