"""Pictures of the learner's own arrays: attention, masks, curves. Called by the lessons.

Every picture has a white background, so that it reads in light and dark themes, colours that colour-blind people can
tell apart (Okabe and Ito's, and one-hue maps), labelled axes, and a description in words as its text form.
matplotlib is imported when the first picture is drawn, so that `import coach` stays quick.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from coach import drawing
from coach.drawing import COLOURS, WEIGHT_MAP

CELL = 0.27  # inches per square of a heat map whose columns are letters
SYMBOLS_UP_TO = 30  # more points than this, and a curve needs no symbols
DATE_PARTS = ("year", "", "", "", "month", "", "day", "")

# Weights of the date reader of lesson 1, as one run left them, rounded: (row, letter, weight). Rows 4, 5 are not told.
PUZZLE = ("Friday, 20 November 2026", "20261120")
PUZZLE_WEIGHTS = ((0, 20, 1.0), (1, 20, 1.0), (2, 22, 1.0), (3, 23, 1.0), (6, 8, 1.0), (7, 9, 1.0))
PUZZLE_HIDDEN = (4, 5)


def show_attention(
    weights: Tensor | Mapping[str, Tensor],
    rows: Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    title: str = "",
) -> None:
    """Heat maps of attention weights, (query_length, key_length); a dict of several, by title, stands side by side.

    Dark is much, white is nothing; small maps also carry their numbers. `rows` and `columns` name queries and keys.
    Raises ValueError, with the shape, for weights that have not two axes.
    """
    maps = dict(weights) if isinstance(weights, Mapping) else {title: weights}
    figure, axes = drawing.panels([drawing.matrix(matrix) for matrix in maps.values()])
    for axis, (name, matrix) in zip(axes, maps.items(), strict=True):
        drawing.draw_weights(axis, drawing.matrix(matrix), rows, columns)
        axis.set_title(name)
    axes[0].set_ylabel("query")
    if isinstance(weights, Mapping) and title:
        figure.suptitle(title)
    drawing.show(figure, f"Heat map of attention weights: {title or ', '.join(maps)}. Rows: queries, columns: keys.")


def show_masks(masks: Mapping[str, Tensor], *, xlabel: str = "key", ylabel: str = "query") -> None:
    """Bool masks, (query_length, key_length) each, side by side by title. ● = True = may attend; hatched = may not.

    Raises ValueError, with the shape, for a mask that has not two axes.
    """
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Rectangle

    figure, axes = drawing.panels([drawing.matrix(mask) for mask in masks.values()])
    for axis, (name, mask) in zip(axes, masks.items(), strict=True):
        array = drawing.matrix(mask)
        axis.imshow(array, cmap=ListedColormap(["#f0f0f0", COLOURS[0]]), vmin=0, vmax=1)
        for row, column in [(r, c) for r in range(array.shape[0]) for c in range(array.shape[1])]:
            if array[row, column]:
                axis.text(column, row, "●", ha="center", va="center", color="white", fontsize=8)
            else:
                axis.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, hatch="///", ec="#b0b0b0", lw=0))
        drawing.grid(axis, array.shape)
        axis.set(xlabel=xlabel, title=name)
    axes[0].set_ylabel(ylabel)
    drawing.show(figure, f"Masks: {', '.join(masks)}. A dot marks True. Rows: {ylabel}, columns: {xlabel}.")


def show_date_attention(weights: Tensor, text: str, digits: str, hidden: Sequence[int] = ()) -> None:
    """Which letters of `text` (columns) a date reader looks at for each of eight ISO digits (rows).

    weights (8, at least len(text)); columns beyond the text are padding and not drawn.
    Rows listed in `hidden` are covered with a question mark. Raises ValueError if a size does not fit.
    """
    array = drawing.matrix(weights)[:, : len(text)]
    if array.shape != (len(digits), len(text)):
        raise ValueError(f"weights {tuple(weights.shape)} do not fit {len(digits)} digits and {len(text)} letters")
    figure, (axis,) = drawing.panels([array], cell=CELL)
    drawn = array.copy()
    drawn[list(hidden)] = 0
    axis.imshow(drawn, cmap=WEIGHT_MAP, vmin=0, vmax=1)
    for row in hidden:
        axis.axhspan(row - 0.5, row + 0.5, color="#e6e6e6")
        axis.text(len(text) / 2 - 0.5, row, "?", ha="center", va="center", fontsize=11, color=COLOURS[1], weight="bold")
    names = [f"{part}  {digit}" for part, digit in zip(DATE_PARTS, digits, strict=True)]
    drawing.grid(axis, array.shape)
    drawing.name_axes(axis, names, [character if character.strip() else "␣" for character in text])
    axis.set(xlabel="letter of the text (key)", ylabel="digit written (query)")
    for edge in (3.5, 5.5):  # between year and month, month and day
        axis.axhline(edge, color="black", linewidth=0.8)
    drawing.show(figure, f"Heat map: which letters of “{text}” are looked at for each digit of the ISO date.")


def show_lines(
    x: Sequence[float], curves: Mapping[str, Sequence[float]], *, xlabel: str, ylabel: str, log: str = "", base: int = 2
) -> None:
    """Curves over `x`, by name; `log` names the axes with a logarithmic scale: "", "x", "y" or "xy"."""
    figure, axis = drawing.single()
    marks = "os^Dv"
    for number, (name, y) in enumerate(curves.items()):
        mark = marks[number % len(marks)] if len(x) <= SYMBOLS_UP_TO else None
        axis.plot(x, y, marker=mark, color=COLOURS[number % len(COLOURS)], label=name, linestyle=drawing.style(number))
    axis.set(xlabel=xlabel, ylabel=ylabel)
    if "x" in log:
        axis.set_xscale("log", base=base)
    if "y" in log:
        axis.set_yscale("log", base=base)
    if len(curves) > 1:
        axis.legend(frameon=False)
    drawing.show(figure, f"Line plot: {', '.join(curves)}; {ylabel} over {xlabel}.")


def show_scatter(panels: Mapping[str, tuple[Tensor, Tensor]], *, xlabel: str, ylabel: str) -> None:
    """One scatter plot per entry, y against x, between the same axes, with the diagonal on which both are equal."""
    figure, axes = drawing.row_of(len(panels), (3.6, 3.6))
    top = max(float(torch.cat([x.flatten(), y.flatten()]).max()) for x, y in panels.values()) * 1.05
    for axis, (name, (x, y)) in zip(axes, panels.items(), strict=True):
        axis.plot([0, top], [0, top], color="#999999", linewidth=1, zorder=1)
        axis.scatter(drawing.array(x).ravel(), drawing.array(y).ravel(), s=12, color=COLOURS[0], alpha=0.7, zorder=2)
        axis.set(xlabel=xlabel, title=name, xlim=(0, top), ylim=(0, top), aspect="equal")
    axes[0].set_ylabel(ylabel)
    drawing.show(figure, f"Scatter plots: {', '.join(panels)}; {ylabel} against {xlabel}, with the line of equality.")


def show_bars(values: Mapping[str, float], *, xlabel: str, marked: Sequence[str] = ()) -> None:
    """Horizontal bars with their values, one per name; those in `marked` are drawn in the second colour and hatched."""
    figure, axis = drawing.single(height=0.6 + 0.3 * len(values))
    for place, (name, value) in enumerate(values.items()):
        special = name in marked
        axis.barh(place, value, color=COLOURS[special], hatch="//" if special else "", edgecolor="white")
        axis.text(value, place, f" {value:.0f}", va="center", fontsize=9)
    axis.set_yticks(range(len(values)), list(values))
    axis.invert_yaxis()
    axis.set(xlabel=xlabel)
    drawing.show(figure, f"Bar chart of {xlabel}: {', '.join(values)}.")


def show_images(images: Tensor, titles: Sequence[str], title: str = "") -> None:
    """Grey pictures in a row: images (count, side * side) or (count, side, side), from 0 (white) to 1 (black)."""
    side = round(images[0].numel() ** 0.5)
    figure, axes = drawing.row_of(len(images), (0.85, 1.35))
    for axis, image, name in zip(axes, images, titles, strict=True):
        axis.imshow(drawing.array(image).reshape(side, side), cmap="Greys", vmin=0, vmax=1)
        axis.set_title(name, fontsize=9)
        axis.set(xticks=[], yticks=[])
    if title:
        figure.suptitle(title)
    drawing.show(figure, f"Pictures: {title or ', '.join(titles)}.")


def show_date_puzzle() -> None:
    """The opening question of lesson 1: a finished reader's heat map, with the two rows of the month covered."""
    text, digits = PUZZLE
    weights = torch.zeros(len(digits), len(text))
    for row, letter, weight in PUZZLE_WEIGHTS:
        weights[row, letter] = weight
    show_date_attention(weights, text, digits, hidden=PUZZLE_HIDDEN)


def show_keys(query: Tensor, keys: Tensor, weights: Tensor, names: Sequence[str], axes: Sequence[str]) -> None:
    """A query (2,) as an arrow, keys (n, 2) as discs in the plane, all numbers ≥ 0; a disc's area is its weight (n,).

    `names` are those of the keys, `axes` those of the two numbers.
    """
    figure, axis = drawing.single(width=4.6, height=4.2)
    points, arrow, shares = drawing.array(keys), drawing.array(query), drawing.array(weights)
    axis.scatter(points[:, 0], points[:, 1], s=2500 * shares, color=COLOURS[4], edgecolor=COLOURS[0])
    for (x, y), share, name in zip(points, shares, names, strict=True):
        axis.annotate(f"{name} {share:.2f}", (x, y), xytext=(24, 0), textcoords="offset points", va="center")
    axis.annotate("", arrow, (0, 0), arrowprops={"arrowstyle": "->", "color": COLOURS[1], "lw": 2})
    axis.annotate("query", arrow / 2, xytext=(8, 0), textcoords="offset points", color=COLOURS[1], va="center")
    reach = max(points.max(), arrow.max()) * 1.6
    axis.set(xlim=(-0.4, reach), ylim=(-0.4, reach), xlabel=axes[0], ylabel=axes[1], aspect="equal")
    drawing.show(figure, f"A query and the keys {', '.join(names)} in the plane; larger discs have more weight.")


def temperature_slider(draw: Callable[[float], None], lowest: float = -3.0, highest: float = 3.0) -> None:
    """Calls `draw(temperature)` for the temperature that a slider chooses, 10^lowest to 10^highest.

    Without ipywidgets, or without a notebook, it says so in one sentence: the still pictures tell the same.
    """
    try:
        from ipywidgets import FloatLogSlider, interact
    except ImportError:
        print("The slider needs the package ipywidgets, which is not installed: the pictures above tell the same.")
        return
    slider = FloatLogSlider(value=1.0, base=10, min=lowest, max=highest, step=0.1, continuous_update=False)
    interact(lambda temperature: draw(temperature), temperature=slider)
