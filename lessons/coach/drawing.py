"""What all pictures share: panels, grids, and showing with words beside the pixels. Called by `coach.figures` only.

Figures are made without pyplot, so no picture depends on what the learner's own plots have set, and none stays open.
"""

from __future__ import annotations

import base64
import io
import struct
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

# Okabe and Ito's palette, without the yellow that vanishes on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
WEIGHT_MAP = "Blues"  # one hue, light to dark: also readable in grey
PIXELS_PER_INCH = 144  # sharp on screens with doubled pixels; shown at two thirds of it
SHOWN_AT = 2 / 3
NUMBERS_UP_TO = 8  # more columns than this, and a number no longer fits into its square
SQUARE = 0.42  # inches per square of a heat map
NARROWEST = 1.6  # inches: a panel of two squares still has room for its title
DARK = 0.5  # numbers on squares darker than this are white
LINES = ("-", "--", "-.", ":")


def array(tensor: Tensor) -> Any:
    """A numpy array of any tensor, with or without a graph."""
    return torch.as_tensor(tensor).detach().cpu().numpy()


def matrix(tensor: Tensor) -> Any:
    """A numpy matrix as floats. Raises ValueError, with the shape, if there are not exactly two axes."""
    tensor = torch.as_tensor(tensor)
    if tensor.dim() != 2:
        raise ValueError(f"a heat map needs two axes, (query_length, key_length), not {tuple(tensor.shape)}: pick one")
    return array(tensor.to(torch.float64))


def _figure(width: float, height: float) -> Any:
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), facecolor="white", layout="constrained")


def single(width: float = 5.6, height: float = 3.4) -> tuple[Any, Any]:
    """A figure with one plot."""
    figure = _figure(width, height)
    axis = figure.subplots()
    axis.spines[["top", "right"]].set_visible(False)
    return figure, axis


def row_of(count: int, size: tuple[float, float]) -> tuple[Any, list[Any]]:
    """A figure with `count` plots of one size side by side."""
    figure = _figure(size[0] * count, size[1])
    return figure, list(figure.subplots(1, count, squeeze=False)[0])


def panels(matrices: Sequence[Any], cell: float = SQUARE) -> tuple[Any, list[Any]]:
    """A figure with one heat map per matrix side by side, each as wide as it has columns."""
    widths = [max(part.shape[1] * cell, NARROWEST) for part in matrices]
    height = max(part.shape[0] for part in matrices) * cell + 0.9
    figure = _figure(sum(widths) + 0.7 * len(widths), max(height, NARROWEST))
    return figure, list(figure.subplots(1, len(widths), squeeze=False, width_ratios=widths)[0])


def draw_weights(axis: Any, weights: Any, rows: Sequence[str] | None, columns: Sequence[str] | None) -> None:
    """One heat map, with numbers if they fit."""
    axis.imshow(weights, cmap=WEIGHT_MAP, vmin=0, vmax=1)
    grid(axis, weights.shape)
    name_axes(axis, rows, columns)
    axis.set_xlabel("key")
    if weights.shape[1] <= NUMBERS_UP_TO:
        for row, values in enumerate(weights):
            for column, value in enumerate(values):
                text = f"{value:.0f}" if value in (0, 1) else f"{value:.2f}".removeprefix("0")  # "0": nothing at all
                colour = "white" if value > DARK else "#333333"
                axis.text(column, row, text, ha="center", va="center", fontsize=8, color=colour)


def grid(axis: Any, shape: tuple[int, int]) -> None:
    """Whole-number ticks, and thin lines between the squares."""
    axis.set_xticks(range(shape[1]))
    axis.set_yticks(range(shape[0]))
    axis.set_xticks([column - 0.5 for column in range(1, shape[1])], minor=True)
    axis.set_yticks([row - 0.5 for row in range(1, shape[0])], minor=True)
    axis.grid(which="minor", color="#dddddd", linewidth=0.6)
    axis.tick_params(which="both", length=0)


def name_axes(axis: Any, rows: Sequence[str] | None, columns: Sequence[str] | None) -> None:
    """Names instead of numbers along the axes, where they are given."""
    if rows is not None:
        axis.set_yticks(range(len(rows)), rows)
    if columns is not None:
        axis.set_xticks(range(len(columns)), columns)


def style(number: int) -> str:
    """The line style of the curve with this number: curves differ in more than colour."""
    return LINES[number % len(LINES)]


def show(figure: Any, description: str) -> None:
    """Shows the picture in the notebook; its text form, for readers who do not see it, is `description`."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=PIXELS_PER_INCH, facecolor="white", bbox_inches="tight")
    pixels = file.getvalue()
    width, height = (round(side * SHOWN_AT) for side in struct.unpack(">II", pixels[16:24]))  # from the PNG's head
    try:
        from IPython.display import display
    except ImportError:
        print(description)
        return
    display(
        {"image/png": base64.b64encode(pixels).decode(), "text/plain": description},
        raw=True,
        metadata={"image/png": {"width": width, "height": height, "alt": description}},
    )
