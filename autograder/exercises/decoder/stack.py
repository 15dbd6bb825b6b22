"""Exercise `Decoder` of lesson 5: cases and hints. Its mistakes lie beside it."""

from __future__ import annotations

import torch

from autograder.exercises.decoder import headings, stack_mistakes
from autograder.exercises.decoder.layer import inputs_of, sizes_of, used
from autograder.exercises.draw import Draw
from autograder.exercises.encoder.stack import TWO_DROPPED, two_numbers
from autograder.exercises.model import (
    ALL,
    FEW,
    MANY,
    NONE,
    NOTHING_BEFORE,
    RATES,
    Case,
    Exercise,
    build,
    call,
    in_training,
    in_turn,
    load,
)
from autograder.exercises.rules import TRANSFORMER


def _forward(
    draw: Draw,
    num_layers: int = 2,
    norm_first: bool = False,
    double: bool = False,
    masked: bool = True,
    **options: bool,
) -> list[dict]:
    sizes = sizes_of(draw)
    inputs = inputs_of(draw, sizes, torch.float64 if double else torch.float32)
    masks = sizes.masks(draw) if masked else ()
    return [
        build(num_layers, *sizes.layer, norm_first=norm_first, double=double),
        call(*inputs, *masks, name="layer", **options),
    ]


def _shared_masks(draw: Draw) -> list[dict]:
    """Masks of two axes: the same for the whole batch."""
    sizes = sizes_of(draw)
    masks = draw.mask(sizes.target, sizes.target), draw.mask(sizes.target, sizes.source)
    return [build(2, *sizes.layer), call(*inputs_of(draw, sizes), *masks, name="layer")]


def _left_out(draw: Draw) -> list[dict]:
    """Left out, dropout is 0: training changes nothing."""
    sizes = sizes_of(draw)
    return [build(2, *sizes.layer, train=True), call(*inputs_of(draw, sizes), name="layer")]


def _dropped(draw: Draw, norm_first: bool, train: bool = True) -> list[dict]:
    sizes = sizes_of(draw)
    step = call(*inputs_of(draw, sizes), *sizes.masks(draw), name="layer")
    made = build(2, *sizes.layer, dropout=ALL, norm_first=norm_first, train=train)
    return [made, step, load(train=not train), step]


def _some_dropped(draw: Draw) -> list[dict]:
    """Rates that are no whole numbers reach all layers: something is dropped, and something is not."""
    sizes = sizes_of(draw)
    step = call(*inputs_of(draw, sizes), name="layer", times=FEW, differ=True)
    layers = [step | {"name": f"layer.layers.{number}"} for number in range(2)]
    made = [build(2, *sizes.layer, dropout=rate, train=True) for rate in RATES]
    return [made[0], step, *layers, made[1], step, *layers]


def _some_of_two(draw: Draw) -> list[dict]:
    state = two_numbers(draw, "self_attention", "cross_attention")
    made = build(1, 2, 1, 3, dropout=TWO_DROPPED, norm_first=True, train=True, state=state)
    step = call(torch.zeros(6, 8, 2), draw.normal(6, 5, 2), name="layer", times=MANY)
    return [made, step, step]


DECODER = Exercise(
    name="Decoder",
    points={"values": 2.0, "masks": 1.0, "gradients": 1.0, "dropout": 1.0},
    section=headings.STACK,
    forbidden=(TRANSFORMER,),
    cases=(
        Case("values", "two layers, norms behind", lambda draw: _forward(draw, masked=False), public=True),
        Case("values", "two layers, norms before", lambda draw: _forward(draw, 2, True, masked=False), public=True),
        Case("values", "one layer", lambda draw: _forward(draw, 1, masked=False)),
        Case("values", "four layers", lambda draw: _forward(draw, 4, True, masked=False)),
        Case("values", "float64", lambda draw: _forward(draw, 2, True, double=True, masked=False)),
        Case("values", "two decoders, asked in turn", lambda draw: used(draw, in_turn, lead=(2,))),
        Case("masks", "three layers with masks", lambda draw: _forward(draw, 3), public=True),
        Case("masks", "norms before, with masks", lambda draw: _forward(draw, norm_first=True), public=True),
        Case("masks", "one pair of masks for the whole batch", _shared_masks),
        Case("gradients", "gradients of inputs and weights", lambda draw: _forward(draw, 2, True, grad=True)),
        Case("gradients", "gradients in training", lambda draw: used(draw, in_training, lead=(2,))),
        Case("gradients", "gradients, norms behind", lambda draw: _forward(draw, 2, grad=True)),
        Case("dropout", "everything dropped, norms behind", lambda draw: _dropped(draw, False), public=True),
        Case("dropout", "everything dropped, norms before", lambda draw: _dropped(draw, True), public=True),
        Case("dropout", "dropout outside of training", lambda draw: _dropped(draw, True, train=False)),
        Case("dropout", "next to nothing dropped, norms behind", lambda d: used(d, in_training, (2,), dropout=NONE)),
        Case(
            "dropout", "next to nothing dropped, norms before", lambda d: used(d, in_training, (2,), **NOTHING_BEFORE)
        ),
        Case("dropout", "dropout left out, in training", _left_out),
        Case("dropout", "some dropped, in a few copies", _some_dropped),
        Case("dropout", "some dropped, in many copies", _some_of_two),
    ),
    mistakes=stack_mistakes.MISTAKES,
    hints=(
        "It is your Encoder, whose layers are given three things more.",
        "An nn.ModuleList with layers made one by one; a loop in which x becomes the layer's output, and the memory "
        "stays what it is.",
        "With norm_first there is one more LayerNorm, after the last layer; without it there is none.",
    ),
)
