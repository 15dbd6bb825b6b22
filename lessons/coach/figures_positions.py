"""Pictures of positions: tables of waves, matrices with signs, shuffled patches. Lesson 3's.

As in `coach.figures`: white background, colours for colour-blind people, and a description in words as the text form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from torch import Tensor

from coach import drawing

SIGNED_MAP = "PuOr_r"  # violet below 0, orange above, white at 0; told apart by colour-blind people too
LONGEST = 3.4  # inches: the longer side of a heat map
LARGEST = 0.34  # inches per square of a small heat map
NUMBERED = 0.3  # inches: squares at least as wide hold a number, if asked for
PATCHES = 4  # patches per row and per column of a digit
APART = 2.6  # between the middles of two waves, each of which goes from -1 to 1
DARK = 0.6  # numbers on squares darker than this are white


def show_signed(
    maps: Mapping[str, Tensor],
    *,
    xlabel: str = "column",
    ylabel: str = "position",
    limit: float | None = None,
    numbers: bool = False,
) -> None:
    """Heat maps of numbers with a sign, (rows, columns) each, side by side by title: orange above 0, violet below.

    `limit` is the number of the darkest colour, the same in all maps; without it, the largest that occurs.
    With `numbers`, maps of large enough squares also carry theirs, as whole numbers.
    Raises ValueError, with the shape, for a tensor that has not two axes.
    """
    arrays = {name: drawing.matrix(tensor) for name, tensor in maps.items()}
    limit = limit or max(abs(array).max() for array in arrays.values())
    cell = min(LARGEST, LONGEST / max(max(array.shape) for array in arrays.values()))
    figure, axes = drawing.panels(list(arrays.values()), cell=cell)
    for axis, (name, array) in zip(axes, arrays.items(), strict=True):
        image = axis.imshow(array, cmap=SIGNED_MAP, vmin=-limit, vmax=limit, interpolation="nearest")
        axis.set(title=name, xlabel=xlabel)
        if cell >= NUMBERED:
            drawing.grid(axis, array.shape)
        if numbers and cell >= NUMBERED:
            _write_numbers(axis, array, limit)
    axes[0].set_ylabel(ylabel)
    if not numbers:
        figure.colorbar(image, ax=axes, shrink=0.72, pad=0.02)
    words = f"Heat map: {', '.join(maps)}. Rows: {ylabel}, columns: {xlabel}. Orange above 0, violet below."
    drawing.show(figure, words)


def show_waves(table: Tensor, columns: Sequence[int]) -> None:
    """Some columns of a table (length, d_model) as curves over the position, one below the other."""
    figure, axis = drawing.single(height=0.75 * len(columns) + 0.6)
    levels = [-APART * number for number in range(len(columns))]
    for number, (level, column) in enumerate(zip(levels, columns, strict=True)):
        axis.axhline(level, color="#dddddd", linewidth=0.8)
        axis.plot(level + drawing.array(table)[:, column], color=drawing.COLOURS[number % len(drawing.COLOURS)])
    axis.set_yticks(levels, [f"column {column}" for column in columns])
    axis.set(xlabel="position")
    drawing.show(figure, f"Curves over the position, between -1 and 1: columns {', '.join(map(str, columns))}.")


def show_shuffled(images: Tensor, order: Sequence[int] | Tensor, titles: Sequence[str]) -> None:
    """Digits, (count, 64), with their 16 patches laid out in another order: patch order[n] stands in place n."""
    figure, axes = drawing.row_of(len(images), (1.15, 1.6))
    patches = images.reshape(-1, PATCHES, 2, PATCHES, 2).transpose(2, 3).reshape(len(images), PATCHES**2, 2, 2)
    moved = patches[:, order].reshape(-1, PATCHES, PATCHES, 2, 2).transpose(2, 3).reshape(len(images), 8, 8)
    for axis, image, title in zip(axes, moved, titles, strict=True):
        axis.imshow(drawing.array(image), cmap="Greys", vmin=0, vmax=1)
        edges = [2 * n - 0.5 for n in range(1, PATCHES)]
        axis.set(xticks=[], yticks=[])
        for edge in edges:
            axis.axhline(edge, color="#56B4E9", linewidth=0.7)
            axis.axvline(edge, color="#56B4E9", linewidth=0.7)
        axis.set_title(title, fontsize=9)
    drawing.show(figure, f"Digits whose 16 patches have been laid out in another order: {', '.join(titles)}.")


def _write_numbers(axis: object, array: object, limit: float) -> None:
    for row, values in enumerate(array):
        for column, value in enumerate(values):
            colour = "white" if abs(value) > DARK * limit else "#333333"
            axis.text(column, row, f"{value:.0f}", ha="center", va="center", fontsize=9, color=colour)
