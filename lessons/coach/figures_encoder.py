"""Pictures of an encoder: the plan of a layer, and what was taken for what. Lesson 4's.

As in `coach.figures`: white background, colours for colour-blind people, and a description in words as the text form.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from torch import Tensor

from coach import drawing
from coach.drawing import COLOURS, WEIGHT_MAP

SQUARE = 0.5  # inches per square of a confusion matrix
BOX = (2.6, 0.62)  # width and height of a box of the plan
STEP = 1.0  # from one box of the plan to the next
SIDE = 1.75  # how far a residual connection runs beside the boxes
PLANS = {
    "as in the paper": ("self-attention", "add, then norm", "feed-forward", "add, then norm"),
    "norm_first": ("norm", "self-attention", "add", "norm", "feed-forward", "add"),
}


def show_layer() -> None:
    """The two plans of an encoder layer side by side; data flows upwards, residual connections run beside the boxes."""
    figure, axes = drawing.row_of(len(PLANS), (3.6, 4.6))
    for axis, (title, boxes) in zip(axes, PLANS.items(), strict=True):
        _draw_plan(axis, boxes)
        axis.set_title(title)
    drawing.show(
        figure,
        "Two plans of an encoder layer, from bottom to top. As in the paper: self-attention, add x and norm, "
        "feed-forward, add and norm. norm_first: norm, self-attention, add x, norm, feed-forward, add.",
    )


def _draw_plan(axis: Any, boxes: Sequence[str]) -> None:
    from matplotlib.patches import FancyBboxPatch

    width, height = BOX
    bottom, fork = 0.0, -0.55
    for number, name in enumerate(boxes):
        middle = number * STEP
        colour = COLOURS[0] if name == "self-attention" else COLOURS[2] if name == "feed-forward" else "#888888"
        box = (-width / 2, middle - height / 2)
        style = "round,pad=0.02,rounding_size=0.12"
        axis.add_patch(FancyBboxPatch(box, width, height, boxstyle=style, facecolor=colour, edgecolor="none"))
        axis.text(0, middle, name, ha="center", va="center", color="white", fontsize=10)
        _arrow(axis, (0, middle - STEP + height / 2), (0, middle - height / 2))
        if name.startswith("add"):
            axis.plot([0, SIDE, SIDE], [fork, fork, middle], color=COLOURS[1], linewidth=2)
            _arrow(axis, (SIDE, middle), (width / 2, middle), colour=COLOURS[1])
            fork = middle + STEP / 2
    top = (len(boxes) - 1) * STEP
    _arrow(axis, (0, top + height / 2), (0, top + STEP - height / 2))
    axis.text(0, bottom - STEP + 0.1, "x", ha="center", fontsize=11)
    axis.text(SIDE + 0.1, STEP / 2, "x, unchanged", rotation=90, color=COLOURS[1], va="center", fontsize=9)
    axis.set(xlim=(-width / 2 - 0.3, SIDE + 0.6), ylim=(bottom - STEP, 6 * STEP))
    axis.set_axis_off()


def _arrow(axis: Any, start: tuple[float, float], end: tuple[float, float], colour: str = "#333333") -> None:
    axis.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.6})


def show_confusion(counts: Tensor, names: Sequence[str]) -> None:
    """How often each class (row) was taken for each class (column): counts (classes, classes), with their numbers.

    Colours are shares of a row, so that large and small classes compare. Raises ValueError, with the shape and the
    number of names, if they do not fit.
    """
    array = drawing.matrix(counts)
    if array.shape != (len(names), len(names)):
        raise ValueError(f"counts {tuple(counts.shape)} do not fit {len(names)} names")
    shares = array / array.sum(axis=1, keepdims=True).clip(min=1)
    size = SQUARE * len(names)
    figure, axis = drawing.single(width=size + 1.4, height=size + 1.1)
    axis.imshow(shares, cmap=WEIGHT_MAP, vmin=0, vmax=1)
    drawing.grid(axis, array.shape)
    drawing.name_axes(axis, names, names)
    axis.tick_params(axis="x", rotation=45)
    for row, column in [(r, c) for r in range(len(names)) for c in range(len(names)) if array[r, c]]:
        colour = "white" if shares[row, column] > drawing.DARK else "#333333"
        axis.text(column, row, f"{array[row, column]:.0f}", ha="center", va="center", fontsize=9, color=colour)
    axis.set(xlabel="predicted language", ylabel="true language")
    axis.spines[["right", "top"]].set_visible(True)
    drawing.show(figure, f"Confusion matrix of {', '.join(names)}. Rows: true, columns: predicted.")
