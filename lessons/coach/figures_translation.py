"""Pictures of a model that translates: its plan, where it looks, and the tree that a search walks through. Lesson 6's.

As in `coach.figures`: white background, colours for colour-blind people, and a description in words as the text form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from torch import Tensor

from coach import drawing
from coach.drawing import COLOURS, WEIGHT_MAP

CELL = 0.2  # inches per square of a heat map whose rows and columns are letters
BLUE, ORANGE, GREEN, GREY = COLOURS[0], COLOURS[1], COLOURS[2], "#888888"
WIDTH, HEIGHT = 3.4, 0.62  # of a box of the plan
LEFT, RIGHT = 0.0, 5.2  # where its two columns stand
# Boxes of the plan: (column, height, text, colour, how many times as high as others)
BOXES = (
    (LEFT, 1, "source_embedding · √d_model", BLUE, 1),
    (LEFT, 2, "+ positional_encoding", GREY, 1),
    (LEFT, 3.75, "encoder: N layers\nself-attention\nfeed-forward", GREEN, 3),
    (RIGHT, 1, "target_embedding · √d_model", BLUE, 1),
    (RIGHT, 2, "+ positional_encoding", GREY, 1),
    (RIGHT, 3.75, "decoder: N layers\nself-attention (no future)\ncross-attention\nfeed-forward", GREEN, 3),
    (RIGHT, 5.5, "output_projection", BLUE, 1),
)


def show_model() -> None:
    """The plan of the whole model: encoder on the left, decoder on the right, data flows upwards."""
    from matplotlib.patches import FancyBboxPatch

    figure, axis = drawing.single(width=7.4, height=4.6)
    for x, y, text, colour, times in BOXES:
        high = HEIGHT * times
        box = FancyBboxPatch(
            (x - WIDTH / 2, y - high / 2),
            WIDTH,
            high,
            boxstyle="round,pad=0.02,rounding_size=0.1",
            fc=colour,
            ec="none",
        )
        axis.add_patch(box)
        axis.text(x, y, text, ha="center", va="center", color="white", fontsize=9.5, linespacing=1.5)
    half, tall = HEIGHT / 2, HEIGHT * 1.5
    for x in (LEFT, RIGHT):
        for start, end in ((0.3, 1 - half), (1 + half, 2 - half), (2 + half, 3.75 - tall)):
            _arrow(axis, (x, start), (x, end))
    _arrow(axis, (RIGHT, 3.75 + tall), (RIGHT, 5.5 - half))
    _arrow(axis, (RIGHT, 5.5 + half), (RIGHT, 6.25))
    _arrow(axis, (LEFT + WIDTH / 2, 3.6), (RIGHT - WIDTH / 2, 3.6), colour=ORANGE)
    axis.text((LEFT + RIGHT) / 2, 3.72, "memory", ha="center", color=ORANGE, fontsize=10)
    axis.text(LEFT, 0.05, "→hu 20. November 2026 end", ha="center", fontsize=10, family="monospace")
    axis.text(RIGHT, 0.05, "start 2026. november 20.", ha="center", fontsize=10, family="monospace")
    axis.text(RIGHT, 6.35, "2026. november 20. end", ha="center", fontsize=10, family="monospace")
    axis.set(xlim=(LEFT - WIDTH / 2 - 0.2, RIGHT + WIDTH / 2 + 0.2), ylim=(-0.2, 6.8))
    axis.set_axis_off()
    drawing.show(
        figure,
        "Plan of the Transformer. Left, from below: source tokens, embedding times the root of d_model, positions, N "
        "encoder layers; they give the memory. Right: target tokens behind a start, embedding, positions, N decoder "
        "layers, which also read the memory, output projection; it gives the next token at each position.",
    )


def _arrow(axis: Any, start: tuple[float, float], end: tuple[float, float], colour: str = "#333333") -> None:
    axis.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.6})


def show_lookups(maps: Mapping[str, Tensor], written: Sequence[str], read: Sequence[str]) -> None:
    """Where a writer looks: weights (letters written, letters read), several maps side by side by title.

    Raises ValueError, with the shape and both numbers, if a map does not fit the letters.
    """
    matrices = {name: drawing.matrix(weights) for name, weights in maps.items()}
    for matrix in matrices.values():
        if matrix.shape != (len(written), len(read)):
            raise ValueError(f"weights {matrix.shape} do not fit {len(written)} letters written, {len(read)} read")
    figure, axes = drawing.panels(list(matrices.values()), cell=CELL)
    for axis, (name, matrix) in zip(axes, matrices.items(), strict=True):
        axis.imshow(matrix, cmap=WEIGHT_MAP, vmin=0, vmax=1)
        drawing.grid(axis, matrix.shape)
        drawing.name_axes(axis, [_visible(symbol) for symbol in written], [_visible(symbol) for symbol in read])
        axis.tick_params(labelsize=8)
        for label, symbol in zip(axis.get_xticklabels(), read, strict=True):
            label.set_rotation(90 if len(symbol) > 1 else 0)
        axis.set(title=name, xlabel="read (key)")
    axes[0].set_ylabel("written next (query)")
    names = ", ".join(maps)
    drawing.show(
        figure, f"Heat maps ({names}): which symbols of “{''.join(read)}” are looked at for “{''.join(written)}”."
    )


def _visible(symbol: str) -> str:
    return {" ": "␣"}.get(symbol, symbol)


def show_tree(steps: Mapping[str, Mapping[str, float]], marked: Mapping[str, str] | None = None) -> None:
    """All texts that can be written, as a tree: steps[text so far] = {next letter: its probability}.

    `marked`: name → whole text, whose path is drawn thick. With it, every whole text also gets its probability, which
    is the question without it. The root is "".
    """
    asked, marked = marked is None, marked or {}
    places: dict[str, tuple[float, float]] = {}
    _place(steps, "", places, 0)
    figure, axis = drawing.single(width=6.4, height=0.5 + 0.42 * sum(text not in steps for text in places))
    paths = {text[:end]: number for number, text in enumerate(marked.values()) for end in range(1, len(text) + 1)}
    for text, (x, y) in places.items():
        if text:
            x0, y0 = places[text[:-1]]
            colour = COLOURS[paths[text]] if text in paths else "#AAAAAA"
            axis.plot([x0, x], [y0, y], color=colour, linewidth=2.5 if text in paths else 1, zorder=1)
            share = f"{steps[text[:-1]][text[-1]]:.2f}".removeprefix("0")
            axis.text(x0 + 0.6 * (x - x0), y0 + 0.6 * (y - y0) + 0.12, share, ha="center", fontsize=9, color="#333333")
        axis.plot(x, y, "o", markersize=17, color="white", markeredgecolor="#666666", zorder=2)
        axis.text(x, y, text[-1:] or "start", ha="center", va="center", fontsize=10 if text else 6.5, zorder=3)
        if text and text not in steps and not asked:
            names = [name for name, path in marked.items() if path == text]
            product = _product(steps, text)
            colour = COLOURS[paths[text]] if names else "#333333"
            axis.text(x + 0.12, y, f"P = {product:.2f}  {', '.join(names)}", va="center", fontsize=10, color=colour)
    axis.set(xlim=(-0.2, 2.9), ylim=(-0.6, max(y for _, y in places.values()) + 0.6))
    axis.set_axis_off()
    letters = [f"after “{text}” {letter} {share:.2f}" for text, row in steps.items() for letter, share in row.items()]
    named = ", ".join(f"{name}: {text} {_product(steps, text):.2f}" for name, text in marked.items())
    drawing.show(
        figure, f"Tree of texts with the probabilities of their letters: {', '.join(letters)}. {named}".strip()
    )


def _place(steps: Mapping[str, Mapping[str, float]], text: str, places: dict, below: float) -> float:
    """Gives `text` and all its continuations a place; returns the height that they take. Leaves are 1 apart."""
    if text not in steps:
        places[text] = (len(text), below)
        return 1
    taken = 0.0
    for letter in reversed(steps[text]):  # the first one on top
        taken += _place(steps, text + letter, places, below + taken)
    children = [places[text + letter][1] for letter in steps[text]]
    places[text] = (len(text), sum(children) / len(children))
    return taken


def _product(steps: Mapping[str, Mapping[str, float]], text: str) -> float:
    product = 1.0
    for end in range(len(text)):
        product *= steps[text[:end]][text[end]]
    return product
