"""Pictures of letters and their probabilities. Called by lesson 5; made as those of `coach.figures` are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from torch import Tensor

from coach import drawing
from coach.drawing import COLOURS

PER_LINE = 56  # letters in a line of text; fits a notebook's width
LETTER, LINE = 0.135, 0.3  # inches
SURE, LOST = 0.0, 5.0  # nats: the ends of the scale of surprise; ln 100 = 4.6 is a plain guess among 100
BARS = 16  # letters in a bar chart of a distribution
MEANS_OVER = 10  # steps to either side: the curve of losses is the mean of as many

# A sentence as it could stand in the documentation, and places in it to guess before the model does
PUZZLE = "The function is called with the name of the attribute."
PUZZLE_HIDDEN = (4, 8, 11, 16, 20, 32, 35, 44, 47)


def visible(letter: str) -> str:
    """A letter as a label: spaces and line ends get a sign."""
    return {" ": "␣", "\n": "¶"}.get(letter, letter)


def show_guessing_game(text: str = PUZZLE, hidden: Sequence[int] = PUZZLE_HIDDEN) -> None:
    """The text with some letters covered by numbered boxes."""
    numbers = {place: str(number) for number, place in enumerate(hidden, 1)}
    boxes = [
        (numbers.get(place, visible(letter)), "#E6E6E6" if place in numbers else None)
        for place, letter in enumerate(text)
    ]
    written = "".join(f"[{numbers[place]}]" if place in numbers else letter for place, letter in enumerate(text))
    _show_boxes(boxes, f"A guessing game: {written}")


def show_surprise(text: str, surprise: Tensor) -> None:
    """The text, each letter on a ground as dark as it was surprising: surprise (length,), −ln p of each letter."""
    from matplotlib import colormaps

    if len(surprise) != len(text):
        raise ValueError(f"{len(text)} letters have {len(surprise)} surprises")
    shades = colormaps["Oranges"]
    levels = [(float(value) - SURE) / (LOST - SURE) for value in surprise]
    boxes = [
        (visible(letter), shades(0.8 * min(max(level, 0.0), 1.0))) for letter, level in zip(text, levels, strict=True)
    ]
    _show_boxes(boxes, f"Text, each letter the darker the less the model expected it: {text}")


def _show_boxes(boxes: Sequence[tuple[str, object]], description: str) -> None:
    from matplotlib.patches import Rectangle

    lines = [boxes[start : start + PER_LINE] for start in range(0, len(boxes), PER_LINE)]
    figure, axis = drawing.single(width=PER_LINE * LETTER, height=len(lines) * LINE + 0.1)
    for row, line in enumerate(lines):
        for column, (letter, ground) in enumerate(line):
            if ground is not None:
                axis.add_patch(Rectangle((column, row), 1, 1, facecolor=ground, edgecolor="white", linewidth=0.4))
            axis.text(column + 0.5, row + 0.5, letter, ha="center", va="center", fontsize=9.5, family="monospace")
    axis.set(xlim=(0, PER_LINE), ylim=(len(lines), 0))
    axis.axis("off")
    drawing.show(figure, description)


def show_losses(losses: Sequence[float], landmarks: Mapping[str, float]) -> None:
    """A training curve, smoothed, between named levels drawn as lines across."""
    figure, axis = drawing.single(width=6.6, height=3.8)
    around = [losses[max(0, step - MEANS_OVER) : step + MEANS_OVER + 1] for step in range(len(losses))]
    means = [sum(part) / len(part) for part in around]
    axis.plot(losses, color=COLOURS[4], linewidth=0.6, alpha=0.7)
    axis.plot(means, color=COLOURS[0], linewidth=1.8)
    for number, (name, level) in enumerate(landmarks.items()):
        axis.axhline(level, color=COLOURS[1], linestyle=drawing.style(number), linewidth=1)
        axis.text(len(losses), level, f"{name}  {level:.2f}", ha="right", va="bottom", fontsize=9, color=COLOURS[1])
    axis.set(xlabel="step", ylabel="loss (nats per letter)", ylim=(0, None))
    drawing.show(figure, f"Training loss over steps, with lines at {', '.join(landmarks)}.")


def show_distributions(panels: Mapping[str, Tensor], letters: Sequence[str], same_letters: bool = True) -> None:
    """Bar charts side by side by title: the most probable letters of probabilities (vocabulary,), in order.

    same_letters: all panels show those of the first one, so that they can be compared bar by bar; else each its own.
    """
    figure, axes = drawing.row_of(len(panels), (3.5, 2.7))
    first = next(iter(panels.values()))
    for axis, (name, probabilities) in zip(axes, panels.items(), strict=True):
        ranked = first if same_letters else probabilities
        shown = ranked.argsort(descending=True, stable=True)[:BARS].tolist()
        axis.bar(range(BARS), [float(probabilities[letter]) for letter in shown], color=COLOURS[0], edgecolor="white")
        axis.set_xticks(range(BARS), [visible(letters[letter]) for letter in shown], family="monospace")
        axis.set(title=name, ylim=(0, 1))
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].set_ylabel("probability")
    drawing.show(figure, f"Bar charts of the next letter's probabilities: {', '.join(panels)}.")
