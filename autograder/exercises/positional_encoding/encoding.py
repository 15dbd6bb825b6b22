"""Exercise `PositionalEncoding` of lesson 3: cases and hints. Its mistakes lie beside it."""

from __future__ import annotations

from collections.abc import Callable

from autograder.exercises.draw import Draw
from autograder.exercises.model import (
    ALL,
    MANY,
    NONE,
    Case,
    Exercise,
    build,
    call,
    in_training,
    in_turn,
    load,
    raises,
    refused,
)
from autograder.exercises.positional_encoding import encoding_mistakes, headings

SHORT = 6
MAX_LENGTH = 20  # of the modules that cases build: small, so that a wrong row is found soon


def _added(
    draw: Draw, batch: int | None = None, length: int | None = None, odd: int = 0, **options: bool
) -> list[dict]:
    sizes = draw.sizes(2, low=2, high=6)
    d_model = 2 * draw.integer(4, 7) + odd
    x = draw.normal(batch or sizes[0], length or sizes[1] + 1, d_model)
    return [build(d_model, MAX_LENGTH), call(x, name="layer", **options)]


def _default_length(draw: Draw) -> list[dict]:
    batch, length = draw.sizes(2, low=2, high=6)
    d_model = 2 * draw.integer(4, 7)
    return [build(d_model), call(draw.normal(batch, 25 + length, d_model), name="layer")]


def _as_long_as_the_default(draw: Draw, more: int = 0) -> list[dict]:
    """The whole of a table whose length is left out, or more than that."""
    x = draw.normal(1, 5000 + more, 2)
    step = call(x, name="layer")
    return [build(2), raises(step, 5000 + more, 5000) if more else step]


def _moved(draw: Draw) -> list[dict]:
    """A module and its input in float16: a table that has stayed float32 makes the sum float32."""
    batch, length = draw.sizes(2, low=2, high=6)
    d_model = 2 * draw.integer(4, 7)
    return [build(d_model, MAX_LENGTH, half=True), call(draw.normal(batch, length, d_model).half(), name="layer")]


def _two_lengths(draw: Draw) -> list[dict]:
    """The same module on sequences of two lengths: nothing of the first call may stay."""
    d_model = 2 * draw.integer(4, 7)
    calls = [call(draw.normal(2, length, d_model), name="layer") for length in draw.sizes(2, low=3, high=9)]
    return [build(d_model, MAX_LENGTH), *calls]


def _used(draw: Draw, form: Callable[..., list[dict]], *rate: float) -> list[dict]:
    d_model = 2 * draw.integer(4, 7)
    options = {"other": build(d_model, SHORT)} if form is in_turn else {}
    inputs = ((draw.normal(2, length, d_model),) for length in (MAX_LENGTH - draw.integer(1, 5), SHORT))
    return form(build(d_model, MAX_LENGTH, *rate), *inputs, **options)


def _dropped(draw: Draw, train: bool) -> list[dict]:
    """Dropout of everything: what then still comes out says where dropout sits, without any chance."""
    batch, length = draw.sizes(2, low=2, high=6)
    d_model = 2 * draw.integer(4, 7)
    step = call(draw.normal(batch, length, d_model), name="layer", grad=True)
    return [build(d_model, MAX_LENGTH, ALL, train=train), step, load(train=not train), step]


def _some_dropped(draw: Draw, *rate: float) -> list[dict]:
    """What is left of each number in many copies: 0 or all of it, times 1 / (1 − rate). Without a rate, all of it."""
    x = draw.normal(2, 4, 2 * draw.integer(4, 7))
    step = call(x, name="layer", times=MANY, grad=True)
    return [build(x.shape[-1], MAX_LENGTH, *rate, train=True), step, step]


def _too_long(draw: Draw, fault: bool = True) -> list[dict]:
    d_model = 2 * draw.integer(2, 5)
    longest, length = sorted(draw.large(2), reverse=not fault)
    step = call(draw.normal(2, length, d_model), name="layer")
    return [build(d_model, longest), raises(step, length, longest, fault=fault)]


def _other_width(draw: Draw, width: int | None = None, fault: bool = True) -> list[dict]:
    d_model, other = draw.pair(fault)
    width = width or other
    step = call(draw.normal(2, 3, width), name="layer")
    return [build(d_model, MAX_LENGTH), raises(step, width, d_model, fault=fault)]


POSITIONAL_ENCODING = Exercise(
    name="PositionalEncoding",
    points={"values": 2.0, "gradients": 1.0, "dropout": 1.0, "errors": 1.0},
    section=headings.ADD,
    cases=(
        Case("values", "a batch of sequences", _added, public=True),
        Case("values", "as many sequences as positions", lambda draw: _added(draw, 4, 4)),
        Case("values", "a batch of one", lambda draw: _added(draw, batch=1), public=True),
        Case("values", "a single position", lambda draw: _added(draw, length=1)),
        Case("values", "a sequence of max_length", lambda draw: _added(draw, 2, MAX_LENGTH), public=True),
        Case("values", "an odd d_model", lambda draw: _added(draw, odd=1)),
        Case("values", "two lengths, one after the other", _two_lengths),
        Case("values", "two encodings, asked in turn", lambda draw: _used(draw, in_turn)),
        Case("values", "max_length left out", _default_length),
        Case("values", "a sequence of 5000, max_length left out", _as_long_as_the_default),
        Case("values", "a module of float16", _moved, public=True),
        Case("values", "inputs in another memory order", lambda draw: _added(draw, strided=True)),
        Case("gradients", "gradients", lambda draw: _added(draw, grad=True), public=True),
        Case("gradients", "gradients in training", lambda draw: _used(draw, in_training)),
        Case("dropout", "everything dropped, in training", lambda draw: _dropped(draw, True), public=True),
        Case("dropout", "dropout outside of training", lambda draw: _dropped(draw, False), public=True),
        Case("dropout", "some dropped, in many copies", lambda draw: _some_dropped(draw, draw.rate()), public=True),
        Case("dropout", "next to nothing dropped, in training", lambda draw: _used(draw, in_training, NONE)),
        Case("dropout", "dropout left out, in training", _some_dropped, public=True),
        *refused("a sequence longer than max_length", _too_long, public=True),
        Case("errors", "longer than 5000, max_length left out", lambda draw: _as_long_as_the_default(draw, 1)),
        *refused("vectors of another size", _other_width, public=True),
        Case("errors", "vectors of size one", lambda draw: _other_width(draw, 1)),
    ),
    mistakes=encoding_mistakes.MISTAKES,
    pairs=(("trained_table", "no_dropout"), ("learned_embedding", "no_dropout")),
    hints=(
        "Compute the table once, in __init__, for max_length positions. How many of its rows does a sequence need?",
        "register_buffer keeps a tensor that moves with the module and is not trained. Which axis of x is that of the "
        "positions?",
        "In forward: check the two sizes, add table[: x.shape[1]] to x (broadcasting does the batch), and send the sum "
        "through an nn.Dropout.",
    ),
)
