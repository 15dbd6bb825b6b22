"""Exercise `sinusoidal_encoding` of lesson 3: cases, mistakes, hints."""

from __future__ import annotations

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call
from autograder.exercises.positional_encoding import headings

_POSITIONS = "positions = torch.arange(length, dtype=torch.float64).unsqueeze(1)"
_ANGLES = "angles = positions / base ** (even / d_model)"
_SINES = "table[:, 0::2] = angles.sin()"
_COSINES = "table[:, 1::2] = angles[:, : d_model // 2].cos()"
_RETURN = "return table.float()"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.TABLE, patches=patches)


MISTAKES = (
    _mistake(
        "cosine_of_the_next_frequency",
        "Sine and cosine of a pair have different frequencies.",
        "Column 2i + 1 belongs to pair i, as column 2i does: both use base^(2i / d_model), so that a shift is a turn.",
        (_COSINES, "table[:, 1::2] = (positions / base ** ((even + 2) / d_model))[:, : d_model // 2].cos()"),
    ),
    _mistake(
        "cosine_exponent_of_its_column",
        "The cosine's exponent is made of its own column number, 2i + 1.",
        "i counts pairs: the exponent of the whole pair is 2i / d_model.",
        (_COSINES, "table[:, 1::2] = (positions / base ** ((even + 1) / d_model))[:, : d_model // 2].cos()"),
    ),
    _mistake(
        "doubled_twice",
        "The exponent is 4i / d_model: 2i is doubled a second time.",
        "Whoever counts 0, 2, 4, … has 2i already.",
        (_ANGLES, "angles = positions / base ** (2 * even / d_model)"),
    ),
    _mistake(
        "doubled_twice_and_of_its_column",
        "The sine's exponent is 4i / d_model, and the cosine's is larger still.",
        "Whoever counts 0, 2, 4, … has 2i already, and both columns of a pair share one exponent.",
        (_ANGLES, "angles = positions / base ** (2 * even / d_model)"),
        (_COSINES, "table[:, 1::2] = (positions / base ** (2 * (even + 1) / d_model))[:, : d_model // 2].cos()"),
    ),
    _mistake(
        "not_doubled",
        "The exponent is i / d_model, half of what it should be.",
        "The slowest wave then has a period of about √base positions, and far positions look alike.",
        (_ANGLES, "angles = positions / base ** (even / 2 / d_model)"),
    ),
    _mistake(
        "base_ignored",
        "The table uses 10000 whatever `base` says.",
        "The base is an argument, because long texts need longer waves.",
        (_ANGLES, "angles = positions / 10000 ** (even / d_model)"),
    ),
    _mistake(
        "base_1000",
        "The base is ten times smaller than asked, as 1000 is for 10000.",
        "10000 has four zeros; with 1000 the slowest wave repeats ten times earlier.",
        (_ANGLES, "angles = positions / (base / 10) ** (even / d_model)"),
    ),
    _mistake(
        "base_times_exponent",
        "The base is multiplied by the exponent instead of raised to it.",
        "The frequencies must fall geometrically, each by the same factor.",
        (_ANGLES, "angles = positions * (1 / base) * (even / d_model)"),
    ),
    _mistake(
        "integer_division",
        "The exponent is divided in whole numbers, so it is 0 everywhere.",
        "2i // d_model is 0 for every pair: all waves are equally fast, and the columns repeat.",
        (_ANGLES, "angles = positions / base ** (even // d_model)"),
    ),
    _mistake(
        "multiplied_by_the_divisor",
        "The position is multiplied by base^(2i / d_model) instead of divided.",
        "The waves get faster from pair to pair, until neighbouring positions have nothing in common.",
        (_ANGLES, "angles = positions * base ** (even / d_model)"),
    ),
    _mistake(
        "halves",
        "All sines stand on the left, all cosines on the right.",
        "Some libraries do that. In the paper, and here, they alternate; weights trained for one do not fit the other.",
        (
            _RETURN,
            "return torch.cat((angles.sin(), angles[:, : d_model // 2].cos()), dim=1).float()",
        ),
    ),
    _mistake(
        "sine_and_cosine_swapped",
        "Sine and cosine have changed places.",
        "Even columns hold sines, odd columns cosines: position 0 is 0, 1, 0, 1 and so on.",
        (_SINES, "table[:, 0::2] = angles.cos()"),
        (_COSINES, "table[:, 1::2] = angles[:, : d_model // 2].sin()"),
    ),
    _mistake(
        "sines_only",
        "Every column is a sine.",
        "Without its cosine a sine does not tell whether it rises or falls.",
        (_COSINES, "table[:, 1::2] = angles[:, : d_model // 2].sin()"),
    ),
    _mistake(
        "positions_from_one",
        "The positions are counted from 1.",
        "The first position is 0.",
        (_POSITIONS, "positions = torch.arange(1, length + 1, dtype=torch.float64).unsqueeze(1)"),
    ),
    _mistake(
        "positions_scaled",
        "The positions are divided by the length.",
        "The same position must get the same row, however long the table is.",
        (_POSITIONS, "positions = torch.arange(length, dtype=torch.float64).unsqueeze(1) / length"),
    ),
    _mistake(
        "transposed",
        "Rows and columns have changed places.",
        "One row for each position: (length, d_model).",
        (_RETURN, "return table.float().T"),
    ),
    _mistake(
        "batch_axis",
        "The table has an extra axis for the batch.",
        "The table alone is asked for: (length, d_model).",
        (_RETURN, "return table.float().unsqueeze(0)"),
    ),
    _mistake(
        "float64",
        "The table is float64.",
        "It is added to float32 vectors; the sum, and all that follows, would become float64.",
        (_RETURN, "return table"),
    ),
    Mistake(
        "odd_crashes",
        "It fails for an odd d_model.",
        "An odd d_model has one sine more than cosines.",
        headings.TABLE,
        patches=((_COSINES, "table[:, 1::2] = angles.cos()"),),
    ),
)


def _table(draw: Draw, odd: bool, low: int = 3, **options: float) -> dict:
    """Two sizes that differ, so many columns that exponents, and so many rows that frequencies can be told apart."""
    d_model = 2 * draw.integer(low, low + 4) + odd
    length = draw.integer(9, 14)
    return call(length + (length == d_model), d_model, **options)


# Most code that is handed around fails for an odd d_model, whatever else is wrong with it
_OFTEN = ("doubled_twice", "not_doubled", "base_ignored", "base_1000", "integer_division", "positions_from_one")
PAIRS = tuple((name, "odd_crashes") for name in _OFTEN)

SINUSOIDAL_ENCODING = Exercise(
    name="sinusoidal_encoding",
    points={"values": 3.0, "base": 1.0, "edges": 1.0},
    section=headings.TABLE,
    cases=(
        Case("values", "an even d_model", lambda draw: _table(draw, False), public=True),
        Case("values", "another even d_model", lambda draw: _table(draw, False, low=5)),
        Case("values", "more columns than positions", lambda draw: call(draw.integer(4, 7), 2 * draw.integer(6, 10))),
        Case("base", "another base", lambda draw: _table(draw, False, base=draw.integer(20, 90) * 1.0), public=True),
        Case("base", "a large base", lambda draw: _table(draw, False, base=draw.integer(2, 9) * 1e5)),
        Case("edges", "an odd d_model", lambda draw: _table(draw, True), public=True),
        Case("edges", "a single position", lambda draw: call(1, 2 * draw.integer(2, 5))),
        Case("edges", "a single column", lambda draw: call(draw.integer(3, 9), 1)),
    ),
    mistakes=MISTAKES,
    pairs=PAIRS,
    hints=(
        "Make the angles first: one row per position, one column per pair of columns of the table.",
        "The angle of position p and pair i is p divided by a power of the base. Its exponent runs from 0 to nearly 1, "
        "in steps of 2 / d_model. Every pair uses its angle twice.",
        "Positions as a column (length, 1), exponents torch.arange(0, d_model, 2) / d_model as a row: broadcasting "
        "gives the angles. Fill table[:, 0::2] with sines, table[:, 1::2] with cosines; for an odd d_model leave out "
        "the last cosine.",
    ),
)
