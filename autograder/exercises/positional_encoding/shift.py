"""Exercise `shift_matrix` of lesson 3: cases, mistakes, hints."""

from __future__ import annotations

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises, refused
from autograder.exercises.positional_encoding import headings

_CHECK = "if d_model % 2 != 0:"
_ANGLES = "angles = offset / base ** (even / d_model)"
_UP = "matrix[sines, cosines] = angles.sin()"
_DOWN = "matrix[cosines, sines] = -angles.sin()"
_PLACES = "sines, cosines = torch.arange(0, d_model, 2), torch.arange(1, d_model, 2)"
_RETURN = "return matrix.float()"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.SHIFT, patches=patches)


MISTAKES = (
    _mistake(
        "turned_backwards",
        "The matrix moves the other way: it is the transpose of the right one.",
        "Check the signs with sin(a + b) = sin a · cos b + cos a · sin b, and on which side M.T stands.",
        (_UP, "matrix[sines, cosines] = -angles.sin()"),
        (_DOWN, "matrix[cosines, sines] = angles.sin()"),
    ),
    _mistake(
        "no_minus",
        "Both sines have the same sign.",
        "A turn has one minus: cos(a + b) = cos a · cos b − sin a · sin b. Without it lengths change.",
        (_DOWN, "matrix[cosines, sines] = angles.sin()"),
    ),
    _mistake(
        "diagonal_only",
        "Only the diagonal is filled.",
        "Sine and cosine of a pair mix; a diagonal matrix cannot turn.",
        (_UP, "pass"),
        (_DOWN, "pass"),
    ),
    _mistake(
        "sine_and_cosine_swapped",
        "Sine and cosine of the angle have changed places.",
        "An offset of 0 must give the identity: cosines stand on the diagonal.",
        ("matrix[sines, sines] = angles.cos()", "matrix[sines, sines] = angles.sin()"),
        (_UP, "matrix[sines, cosines] = angles.cos()"),
        (_DOWN, "matrix[cosines, sines] = -angles.cos()"),
        ("matrix[cosines, cosines] = angles.cos()", "matrix[cosines, cosines] = angles.sin()"),
    ),
    _mistake(
        "halves",
        "The pairs are made of column i and column i + d_model / 2.",
        "In this course's table the sine and the cosine of a pair stand side by side.",
        (_PLACES, "sines, cosines = torch.arange(d_model // 2), torch.arange(d_model // 2, d_model)"),
    ),
    _mistake(
        "one_angle_for_all",
        "Every pair turns by the same angle.",
        "Each pair has a wave of its own speed, and so an angle of its own.",
        (_ANGLES, "angles = offset / base ** (0 * even)"),
    ),
    _mistake(
        "doubled_twice",
        "The exponent is 4i / d_model: 2i is doubled a second time.",
        "The angles must be those of sinusoidal_encoding.",
        (_ANGLES, "angles = offset / base ** (2 * even / d_model)"),
    ),
    _mistake(
        "not_doubled",
        "The exponent is i / d_model, half of what it should be.",
        "The angles must be those of sinusoidal_encoding.",
        (_ANGLES, "angles = offset / base ** (even / 2 / d_model)"),
    ),
    _mistake(
        "base_ignored",
        "The matrix uses 10000 whatever `base` says.",
        "It must fit a table of the same base.",
        (_ANGLES, "angles = offset / 10000 ** (even / d_model)"),
    ),
    _mistake(
        "multiplied_by_the_divisor",
        "The offset is multiplied by base^(2i / d_model) instead of divided.",
        "The angles must be those of sinusoidal_encoding.",
        (_ANGLES, "angles = offset * base ** (even / d_model)"),
    ),
    _mistake(
        "offset_ignored",
        "The matrix does not depend on the offset.",
        "Further away means a larger turn.",
        (_ANGLES, "angles = 1 / base ** (even / d_model)"),
    ),
    _mistake(
        "offset_without_sign",
        "A negative offset moves forward.",
        "−3 moves back by three positions.",
        (_ANGLES, "angles = abs(offset) / base ** (even / d_model)"),
    ),
    _mistake(
        "float64",
        "The matrix is float64.",
        "The table is float32, and a product of both would fail.",
        (_RETURN, "return matrix"),
    ),
    _mistake(
        "odd_unchecked",
        "An odd d_model is not refused.",
        "The last sine has no cosine, and cannot be moved by a matrix: say so with a ValueError.",
        (_CHECK, "if False:"),
    ),
)


def _shift(draw: Draw, sign: int = 1, **options: float) -> dict:
    return call(sign * draw.integer(2, 9), 2 * draw.integer(3, 6), **options)


def _odd(draw: Draw, fault: bool = True) -> dict:
    d_model = 2 * draw.integer(5, 40) + fault
    return raises(call(draw.integer(1, 4), d_model), d_model, fault=fault)


SHIFT_MATRIX = Exercise(
    name="shift_matrix",
    points={"values": 3.0, "base": 1.0, "errors": 1.0},
    section=headings.SHIFT,
    cases=(
        Case("values", "forwards", _shift, public=True),
        Case("values", "backwards", lambda draw: _shift(draw, -1), public=True),
        Case("values", "no shift", lambda draw: call(0, 2 * draw.integer(3, 6))),
        Case("values", "a single pair", lambda draw: call(draw.integer(2, 9), 2)),
        Case("values", "far away", lambda draw: call(draw.integer(20, 40), 2 * draw.integer(5, 9))),
        Case("base", "another base", lambda draw: _shift(draw, base=draw.integer(20, 90) * 1.0), public=True),
        *refused("an odd d_model", _odd, public=True),
    ),
    mistakes=MISTAKES,
    pairs=tuple(("turned_backwards", name) for name in ("doubled_twice", "not_doubled", "base_ignored", "halves")),
    hints=(
        "Look at one pair. By which angle does it turn when the position grows by the offset?",
        "Write sin(a + b) and cos(a + b) as sums of products. The factors in front of sin a and cos a are one row of "
        "M each.",
        "M has one 2 × 2 block per pair on its diagonal, and zeros elsewhere. The block's rows are (cos b, sin b) and "
        "(−sin b, cos b), where b = offset / base^(2i / d_model).",
    ),
)
