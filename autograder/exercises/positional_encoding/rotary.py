"""Exercise `rotate` of lesson 3: cases, mistakes, hints."""

from __future__ import annotations

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises, refused
from autograder.exercises.positional_encoding import headings

_ODD = "if d % 2 != 0:"
_COUNT = "if positions.shape != (length,):"
_ANGLES = "angles = positions.unsqueeze(1) / base ** (even / d)"
_PAIRS = "first, second = x[..., 0::2], x[..., 1::2]"
_TURN = "turned = torch.stack((first * cosine - second * sine, first * sine + second * cosine), dim=-1)"
_RETURN = "return turned.flatten(-2)"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.ROTATE, patches=patches)


def _turned(first: str, second: str) -> tuple[str, str]:
    return (_TURN, f"turned = torch.stack(({first}, {second}), dim=-1)")


MISTAKES = (
    _mistake(
        "turned_backwards",
        "The pairs are turned the other way round.",
        "Products of two turned vectors would be the same, but the contract, and trained weights, fix the direction.",
        _turned("first * cosine + second * sine", "second * cosine - first * sine"),
    ),
    _mistake(
        "no_minus",
        "Both sines have the same sign.",
        "A turn has one minus. Without it lengths change, and the product depends on more than the distance.",
        _turned("first * cosine + second * sine", "first * sine + second * cosine"),
    ),
    _mistake(
        "cosine_only",
        "The numbers are multiplied by cosines only.",
        "A turn mixes both numbers of a pair.",
        _turned("first * cosine", "second * cosine"),
    ),
    _mistake(
        "sine_and_cosine_swapped",
        "Sine and cosine have changed places.",
        "At position 0 nothing may change: its angle is 0, its cosine 1.",
        _turned("first * sine - second * cosine", "first * cosine + second * sine"),
    ),
    _mistake(
        "halves",
        "The pairs are made of x[i] and x[i + d / 2].",
        "Some libraries do that. Here neighbours are a pair; weights trained for one do not fit the other.",
        (_PAIRS, "first, second = x.chunk(2, dim=-1)"),
        (_RETURN, "return turned.transpose(-1, -2).flatten(-2)"),
    ),
    _mistake(
        "not_put_back_in_pairs",
        "The result holds all first numbers, then all second ones.",
        "Every number must come back to its own column.",
        (_RETURN, "return turned.transpose(-1, -2).flatten(-2)"),
    ),
    _mistake(
        "positions_ignored",
        "The given positions are ignored: the rows are counted from 0.",
        "A cache, in lesson 5, sends a single vector whose position is not 0.",
        (_ANGLES, "angles = torch.arange(length).unsqueeze(1) / base ** (even / d)"),
    ),
    _mistake(
        "positions_from_one",
        "One is added to every position.",
        "Position 0 is turned by an angle of 0.",
        (_ANGLES, "angles = (positions + 1).unsqueeze(1) / base ** (even / d)"),
    ),
    _mistake(
        "base_ignored",
        "The angles use 10000 whatever `base` says.",
        "The base is an argument, because long texts need slower turns.",
        (_ANGLES, "angles = positions.unsqueeze(1) / 10000 ** (even / d)"),
    ),
    _mistake(
        "one_angle_for_all",
        "Every pair is turned by the same angle.",
        "Each pair has a speed of its own: fast pairs see small distances, slow pairs large ones.",
        (_ANGLES, "angles = positions.unsqueeze(1) / base ** (0 * even)"),
    ),
    _mistake(
        "not_doubled",
        "The exponent is i / d, half of what it should be.",
        "The exponent of pair i is 2i / d.",
        (_ANGLES, "angles = positions.unsqueeze(1) / base ** (even / 2 / d)"),
    ),
    _mistake(
        "doubled_twice",
        "The exponent is 4i / d: 2i is doubled a second time.",
        "Whoever counts 0, 2, 4, … has 2i already.",
        (_ANGLES, "angles = positions.unsqueeze(1) / base ** (2 * even / d)"),
    ),
    _mistake(
        "multiplied_by_the_divisor",
        "The position is multiplied by base^(2i / d) instead of divided.",
        "The turns get faster from pair to pair, until neighbours have nothing in common.",
        (_ANGLES, "angles = positions.unsqueeze(1) * base ** (even / d)"),
    ),
    _mistake(
        "added",
        "The sines and cosines are added, as in the table, instead of turning the pairs.",
        "Rotary embedding multiplies: it turns the vector and keeps its length.",
        _turned("first + sine", "second + cosine"),
    ),
    _mistake(
        "changed_input",
        "The caller's vectors are overwritten.",
        "Writing into x changes what the caller still needs.",
        (_PAIRS, "x.mul_(1.5); first, second = x[..., 0::2] / 1.5, x[..., 1::2] / 1.5"),
    ),
    _mistake(
        "no_gradient",
        "The values are right, but no gradient flows back to x.",
        "`detach`, `.data`, `no_grad` or a tensor made anew cut the graph: the projections would not learn.",
        (_RETURN, "return turned.flatten(-2).detach()"),
    ),
    _mistake(
        "odd_unchecked",
        "An odd number of columns is not refused.",
        "The last number has no partner: say so with a ValueError.",
        (_ODD, "if False:"),
    ),
    _mistake(
        "positions_unchecked",
        "Positions that do not fit the vectors are not refused.",
        "Both numbers belong in a ValueError; one position for many vectors would be broadcast in silence.",
        (_COUNT, "if False:"),
    ),
)


def _rotated(draw: Draw, axes: int = 1, start: int = 0, base: float | None = None, **options: bool) -> dict:
    *lead, length = draw.sizes(axes + 1, low=2, high=6)
    x = draw.normal(*lead, length + 1, 2 * draw.integer(4, 6))
    more = options if base is None else options | {"base": base}
    return call(x, torch.arange(start, start + length + 1), **more)


def _scattered(draw: Draw) -> dict:
    """Positions in no order, one of them twice, none of them the number of its row."""
    x = draw.normal(2, 5, 2 * draw.integer(4, 6))
    return call(x, torch.tensor([9, 3, 17, 3, 1]) + draw.integer(1, 5))


def _odd(draw: Draw, fault: bool = True) -> dict:
    d = 2 * draw.integer(5, 40) + fault
    return raises(call(draw.normal(2, 3, d), torch.arange(3)), d, fault=fault)


def _other_count(draw: Draw, count: int | None = None, fault: bool = True) -> dict:
    length, other = draw.pair(fault)
    count = count if count and fault else other
    return raises(call(draw.normal(2, length, 4), torch.arange(count)), length, count, fault=fault)


ROTATE = Exercise(
    name="rotate",
    points={"values": 3.0, "base": 1.0, "gradients": 1.0, "errors": 1.0},
    section=headings.ROTATE,
    cases=(
        Case("values", "a batch of sequences", _rotated, public=True),
        Case("values", "batch and heads", lambda draw: _rotated(draw, axes=2)),
        Case("values", "no leading axis", lambda draw: _rotated(draw, axes=0)),
        Case("values", "positions in no order", _scattered, public=True),
        Case("values", "one vector, far from the start", lambda draw: _one(draw), public=True),
        Case("values", "a single pair", lambda draw: call(draw.normal(3, 4, 2), torch.arange(2, 6))),
        Case("values", "inputs in another memory order", lambda draw: _rotated(draw, start=3, strided=True)),
        Case("base", "another base", lambda draw: _rotated(draw, base=draw.integer(20, 90) * 1.0), public=True),
        Case("gradients", "gradients", lambda draw: _rotated(draw, start=2, grad=True), public=True),
        *refused("an odd number of columns", _odd, public=True),
        *refused("another number of positions", _other_count, public=True),
        Case("errors", "one position for many vectors", lambda draw: _other_count(draw, 1)),
    ),
    mistakes=MISTAKES,
    pairs=tuple(
        (name, "turned_backwards") for name in ("halves", "doubled_twice", "base_ignored", "positions_from_one")
    ),
    hints=(
        "Take the first numbers of all pairs, and the second numbers of all pairs, as two tensors.",
        "The angles are those of sinusoidal_encoding, with the given positions: (length, pairs). Each pair is turned "
        "as a point in the plane.",
        "Slices with a step of 2 give the first and the second numbers of all pairs. Compute the docstring's two "
        "lines, stack both along a new last axis, and flatten the last two axes.",
    ),
)


def _one(draw: Draw) -> dict:
    return call(draw.normal(2, 1, 2 * draw.integer(4, 6)), torch.tensor([draw.integer(11, 30)]))
