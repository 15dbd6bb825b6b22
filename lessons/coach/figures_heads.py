"""Pictures of attention heads: how a vector is split, where each head looks, what is left without it. Lesson 2's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from coach import drawing
from coach.drawing import COLOURS, WEIGHT_MAP

CELL = 0.27  # inches per square of a heat map whose columns are letters
SQUARE = 0.42  # inches per square that holds a small number
GAP = 0.6  # between two heads, in squares
PALE = 0.45  # of a head's colour, so that black numbers can be read on it

# The heads of lesson 2's date reader, as one run left them, rounded: (head, letter, weight). Head 1 is not told.
PUZZLE = "Friday, 20 November 2026"
PUZZLE_WEIGHTS = ((0, 23, 1.0), (2, 8, 0.9), (2, 9, 0.1), (3, 22, 1.0))
PUZZLE_HIDDEN = (1,)
PUZZLE_HEADS = 4


def show_heads_puzzle() -> None:
    """The opening question of lesson 2: four heads of a finished reader, one of them covered."""
    weights = torch.zeros(PUZZLE_HEADS, len(PUZZLE))
    for head, letter, weight in PUZZLE_WEIGHTS:
        weights[head, letter] = weight
    show_heads({PUZZLE: weights}, hidden=PUZZLE_HIDDEN)


def show_split_example() -> None:
    """Two positions of six numbers, and what three heads get of them."""
    x = torch.arange(12.0).reshape(2, 6)
    show_split(x, {"what the three heads get": torch.stack([x[:, :2], x[:, 2:4], x[:, 4:]])})


def show_heads(texts: Mapping[str, Tensor], hidden: Sequence[int] = ()) -> None:
    """Which letters each head looks at, one heat map per text: weights (num_heads, at least len(text)), by text.

    Columns beyond the text are padding and not drawn. Heads listed in `hidden` are covered with a question mark.
    Raises ValueError, with both sizes, if a text is longer than its weights.
    """
    for text, weights in texts.items():
        if weights.dim() != 2 or weights.shape[1] < len(text):
            raise ValueError(f"weights {tuple(weights.shape)} do not fit a text of {len(text)} letters")
    heights = [len(weights) for weights in texts.values()]
    widest = max(len(text) for text in texts)
    size = (widest * CELL + 1.2, sum(heights) * CELL + 0.55 * len(texts) + 0.3)
    figure = _blank(*size)
    axes = figure.subplots(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0]
    for axis, (text, weights) in zip(axes, texts.items(), strict=True):
        matrix = drawing.matrix(weights)[:, : len(text)]
        matrix[list(hidden)] = 0
        axis.imshow(matrix, cmap=WEIGHT_MAP, vmin=0, vmax=1)
        for row in hidden:
            axis.axhspan(row - 0.5, row + 0.5, color="#e6e6e6")
            middle = len(text) / 2 - 0.5
            axis.text(middle, row, "?", ha="center", va="center", fontsize=11, color=COLOURS[1], weight="bold")
        drawing.grid(axis, matrix.shape)
        letters = [letter if letter.strip() else "␣" for letter in text]
        drawing.name_axes(axis, [f"head {head}" for head in range(len(matrix))], letters)
        axis.set_xlim(-0.5, widest - 0.5)
        axis.spines[["right", "top"]].set_visible(False)
    axes[-1].set_xlabel("letter of the text (key)")
    drawing.show(figure, f"Heat maps: the letters that each head looks at in {', '.join(texts)}.")


def show_table(rows: Mapping[str, Mapping[str, float]], *, ylabel: str, title: str = "") -> None:
    """Shares of 100 as a heat map with numbers: row name → column name → value; every row has the same columns."""
    columns = list(next(iter(rows.values())))
    values = torch.tensor([[row[column] for column in columns] for row in rows.values()], dtype=torch.float64)
    figure, axis = drawing.single(width=1.6 + 1.05 * len(columns), height=0.8 + SQUARE * len(rows))
    axis.imshow(values, cmap=WEIGHT_MAP, vmin=0, vmax=100, aspect="auto")
    drawing.grid(axis, tuple(values.shape))
    drawing.name_axes(axis, list(rows), columns)
    for place, value in enumerate(values.flatten().tolist()):
        row, column = divmod(place, len(columns))
        colour = "white" if value > 100 * drawing.DARK else "#333333"
        axis.text(column, row, f"{value:.0f}", ha="center", va="center", color=colour)
    axis.spines[["right", "top"]].set_visible(True)
    axis.xaxis.tick_top()
    axis.set_ylabel(ylabel)
    if title:
        axis.set_title(title)
    drawing.show(figure, f"Table of shares of 100; rows: {', '.join(rows)}; columns: {', '.join(columns)}.")


def show_split(x: Tensor, heads: Mapping[str, Tensor]) -> None:
    """Numbers (length, d_model) on the left, and what each head gets of them (num_heads, length, d_head), by title.

    Colours follow the block of columns that a number comes from, whoever has it in the end. Numbers must be 0, 1, 2, …
    in the order of x, so that each is known again. Raises ValueError, with the shape, if they are not.
    """
    length, d_model = x.shape
    if x.flatten().tolist() != list(range(length * d_model)):
        raise ValueError(f"x {tuple(x.shape)} must hold 0, 1, 2, … in order")
    num_heads = len(next(iter(heads.values())))
    block = d_model // num_heads
    parts = [("x", [x])] + [(title, list(parts)) for title, parts in heads.items()]
    widths = [sum(part.shape[1] + GAP for part in group) + GAP for _, group in parts]  # and some air behind
    figure = _blank(sum(widths) * SQUARE, length * SQUARE + 1.0)
    axes = figure.subplots(1, len(widths), squeeze=False, width_ratios=widths)[0]
    for axis, (title, group), width in zip(axes, parts, widths, strict=True):
        left = 0.0
        for number, part in enumerate(group):
            for row, column in [(r, c) for r in range(part.shape[0]) for c in range(part.shape[1])]:
                value = int(part[row, column])
                _square(axis, left + column, row, value, COLOURS[value % d_model // block])
            if len(group) > 1:
                middle = left + part.shape[1] / 2
                axis.text(middle, length + 0.15, f"head {number}", ha="center", va="top", fontsize=9)
            left += part.shape[1] + GAP
        axis.set(xlim=(-0.1, width - 0.1), ylim=(length + 0.7, -0.1), aspect="equal", title=title)
        axis.axis("off")
    drawing.show(figure, f"Coloured numbers: x, and what each head gets of it: {', '.join(heads)}.")


def _blank(width: float, height: float) -> Any:
    """A figure without plots yet, in the style of all others."""
    figure, _ = drawing.single(width, height)
    figure.clear()
    return figure


def _square(axis: Any, x: float, y: float, value: int, colour: str) -> None:
    from matplotlib.patches import Rectangle

    axis.add_patch(Rectangle((x, y), 1, 1, facecolor=colour, alpha=PALE, edgecolor="white", linewidth=1.5))
    axis.text(x + 0.5, y + 0.5, str(value), ha="center", va="center", fontsize=10)
