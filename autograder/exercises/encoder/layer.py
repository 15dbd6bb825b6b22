"""Exercise `EncoderLayer` of lesson 4: cases and hints; and the inputs that all stacks of layers are tried with."""

from __future__ import annotations

from collections.abc import Callable

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.encoder import headings, layer_mistakes
from autograder.exercises.model import (
    ALL,
    FEW,
    MANY,
    NONE,
    NOTHING_BEFORE,
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
from autograder.exercises.rules import TRANSFORMER

Steps = list[dict]


def layer_sizes(draw: Draw) -> tuple[int, int, int, int, int]:
    """batch, length, d_model, num_heads, d_ff, pairwise different."""
    num_heads, d_head = draw.sizes(2, low=2, high=3)
    d_model = num_heads * d_head  # 6
    batch, length, _ = sorted(draw.sizes(3, low=2, high=5))
    return batch, length + 3, d_model + (d_model == length + 3) * num_heads, num_heads, draw.integer(9, 13)


def forward(
    draw: Draw,
    norm_first: bool = False,
    lead: tuple[int, ...] = (),
    double: bool = False,
    batch: int | None = None,
    length: int | None = None,
    **options: bool,
) -> Steps:
    """A layer, or with `lead` = (num_layers,) a stack, on a batch without a mask."""
    own_batch, own_length, d_model, num_heads, d_ff = layer_sizes(draw)
    dtype = torch.float64 if double else torch.float32
    x = draw.normal(batch or own_batch, length or own_length, d_model, dtype=dtype)
    made = build(*lead, d_model, num_heads, d_ff, norm_first=norm_first, double=double)
    return [made, call(x, name="layer", **options)]


def masked(draw: Draw, kind: str, norm_first: bool = False, lead: tuple[int, ...] = (), **options: bool) -> Steps:
    """The same with a mask: "own" for each sequence, "shared" by all, "causal", "padding", or "empty" rows."""
    batch, length, d_model, num_heads, d_ff = layer_sizes(draw)
    masks = {
        "own": lambda: draw.mask(batch, length, length),
        "shared": lambda: draw.mask(length, length),
        "causal": lambda: torch.ones(length, length).tril().bool(),
        "padding": lambda: (torch.arange(length) < draw.lengths(batch, length).unsqueeze(1)).unsqueeze(1),
        "empty": lambda: draw.mask(batch, length, length) & (torch.arange(length) != 1).unsqueeze(1),
    }
    x = draw.normal(batch, length, d_model)
    made = build(*lead, d_model, num_heads, d_ff, norm_first=norm_first)
    return [made, call(x, masks[kind](), name="layer", **options)]


def hidden_changes(draw: Draw, norm_first: bool = False, lead: tuple[int, ...] = ()) -> Steps:
    """Two calls that differ only in a position behind the mask: every other position's answer stays as it is."""
    batch, length, d_model, num_heads, d_ff = layer_sizes(draw)
    x = draw.normal(batch, length, d_model)
    y = x.clone()
    y[:, -1] += draw.normal(batch, d_model)
    mask = torch.ones(length, length).tril().bool()
    calls = [call(z, mask, name="layer") for z in (x, y)]
    return [build(*lead, d_model, num_heads, d_ff, norm_first=norm_first), *calls]


def only_a_bias(draw: Draw, name: str, d_model: int, d_ff: int, *attentions: str) -> dict[str, torch.Tensor]:
    """Weights with which every part of a layer gives 0, but for one: whatever it gets, it gives the bias `name`."""
    shapes = {"feed_forward.expand": (d_ff, d_model), "feed_forward.contract": (d_model, d_ff)}
    for attention in attentions:
        shapes |= {f"{attention}.{role}_projection": (d_model, d_model) for role in ("query", "key", "value", "output")}
    state = {f"{layer}.weight": torch.zeros(shape) for layer, shape in shapes.items()}
    state |= {f"{layer}.bias": torch.zeros(shape[0]) for layer, shape in shapes.items()}
    for norm in ("feed_forward_norm", *(f"{attention}_norm".removeprefix("self_") for attention in attentions)):
        state |= {f"{norm}.weight": torch.ones(d_model), f"{norm}.bias": torch.zeros(d_model)}
    return state | {name: draw.normal(d_model)}


def used(draw: Draw, form: Callable[..., Steps], lead: tuple[int, ...] = (), **options: float) -> Steps:
    batch, length, d_model, num_heads, d_ff = layer_sizes(draw)
    made = build(*lead, d_model, num_heads, d_ff, **options)
    return form(made, *((draw.normal(batch, length, d_model),) for _ in range(2)))


def some_dropped(draw: Draw, *rate: float) -> Steps:
    """What each part adds to 0 in many copies: 0 or all of it, times 1 / (1 − rate); without a rate, all of it."""
    batch, length, d_model, num_heads, d_ff = layer_sizes(draw)
    steps = []
    for bias in ("self_attention.output_projection.bias", "feed_forward.contract.bias"):
        state = only_a_bias(draw, bias, d_model, d_ff, "self_attention")
        steps.append(build(d_model, num_heads, d_ff, *rate, norm_first=True, train=True, state=state))
        step = call(torch.zeros(batch, length, d_model), name="layer", times=MANY, grad=True)
        steps += [step, step]
    return steps


def dropped_in_part(draw: Draw) -> Steps:
    """A rate that is no whole number acts in either order, and reaches both parts: copies differ.

    In the paper's order each part gives a bias alone, which hides what it drops itself; then the parts are asked.
    """
    batch, length, d_model, num_heads, d_ff = layer_sizes(draw)
    x, zeros, rate = draw.normal(batch, length, d_model), torch.zeros(batch, length, d_model), draw.rate()
    steps = []
    for bias in ("self_attention.output_projection.bias", "feed_forward.contract.bias"):
        state = only_a_bias(draw, bias, d_model, d_ff, "self_attention")
        made = build(d_model, num_heads, d_ff, rate, train=True, state=state)
        steps += [made, call(zeros, name="layer", times=FEW, differ=True)]
    parts = (call(x, name="layer.feed_forward", times=FEW, differ=True),)
    parts += (call(x, x, x, name="layer.self_attention", times=FEW, differ=True),)
    return [*steps, build(d_model, num_heads, d_ff, rate, train=True), *parts]


def dropped(draw: Draw, train: bool, norm_first: bool = False, lead: tuple[int, ...] = ()) -> Steps:
    """Dropout of everything: what then still comes out says where dropout sits, without any chance."""
    batch, length, d_model, num_heads, d_ff = layer_sizes(draw)
    made = build(*lead, d_model, num_heads, d_ff, dropout=ALL, norm_first=norm_first, train=train)
    step = call(draw.normal(batch, length, d_model), name="layer", grad=True)
    return [made, step, load(train=not train), step]


def dropped_inside(draw: Draw) -> Steps:
    """The same, asked of the parts: what they drop themselves does not show in the whole, which drops it all again."""
    batch, length, d_model, num_heads, d_ff = layer_sizes(draw)
    x = draw.normal(batch, length, d_model)
    parts = [call(x, name="layer.feed_forward"), call(x, x, x, name="layer.self_attention")]
    return [build(d_model, num_heads, d_ff, dropout=ALL, train=True), *parts]


def not_divisible(draw: Draw, lead: tuple[int, ...] = (), fault: bool = True) -> Steps:
    """Then it goes on like any other case: that there is nothing to call would say that it is refused."""
    num_heads = draw.integer(11, 30)
    d_model = num_heads * draw.integer(3, 6) + fault * draw.integer(1, num_heads)
    made, one_head = (build(*lead, d_model, heads, num_heads, norm_first=False) for heads in (num_heads, 1))
    first = raises(made, d_model, num_heads, fault=fault, like=one_head)
    return [first, call(draw.normal(2, 3, d_model), name="layer")]


# Two that are often made together: one with the sums or norms, one with the mask
PAIRS = tuple(
    (first, second)
    for first in ("no_residuals", "norms_swapped", "norm_first_ignored")
    for second in ("mask_not_passed_on", "mask_inverted")
)

ENCODER_LAYER = Exercise(
    name="EncoderLayer",
    points={"values": 2.0, "norm_first": 2.0, "masks": 1.0, "gradients": 1.0, "dropout": 1.0, "errors": 1.0},
    section=headings.LAYER,
    forbidden=(TRANSFORMER,),
    cases=(
        Case("values", "a batch of sequences", forward, public=True),
        Case("values", "one sequence of one position", lambda draw: forward(draw, batch=1, length=1)),
        Case("values", "float64", lambda draw: forward(draw, double=True)),
        Case("values", "inputs in another memory order", lambda draw: forward(draw, strided=True)),
        Case("values", "two layers, asked in turn", lambda draw: used(draw, in_turn)),
        Case("norm_first", "norm_first", lambda draw: forward(draw, True), public=True),
        Case("norm_first", "norm_first in float64", lambda draw: forward(draw, True, double=True)),
        Case("masks", "a mask of its own for every sequence", lambda draw: masked(draw, "own"), public=True),
        Case("masks", "the same with norm_first", lambda draw: masked(draw, "own", True), public=True),
        Case("masks", "one mask for the whole batch", lambda draw: masked(draw, "shared")),
        Case("masks", "one mask for the whole batch, norm_first", lambda draw: masked(draw, "shared", True)),
        Case("masks", "causal", lambda draw: masked(draw, "causal")),
        Case("masks", "padding", lambda draw: masked(draw, "padding", True)),
        Case("masks", "positions that may attend to nothing", lambda draw: masked(draw, "empty")),
        Case("masks", "changes behind the mask", hidden_changes),
        Case("gradients", "gradients", lambda draw: forward(draw, double=True, grad=True), public=True),
        Case("gradients", "gradients in training", lambda draw: used(draw, in_training)),
        Case("gradients", "gradients with norm_first", lambda draw: forward(draw, True, double=True, grad=True)),
        Case("gradients", "gradients with a mask", lambda draw: masked(draw, "empty", grad=True)),
        Case("dropout", "everything dropped, in training", lambda draw: dropped(draw, True), public=True),
        Case("dropout", "everything dropped, norm_first", lambda draw: dropped(draw, True, True), public=True),
        Case("dropout", "dropout outside of training", lambda draw: dropped(draw, False)),
        Case("dropout", "dropout inside the parts", dropped_inside, public=True),
        Case("dropout", "some dropped, in many copies", lambda draw: some_dropped(draw, draw.rate()), public=True),
        Case("dropout", "next to nothing dropped, norms behind", lambda d: used(d, in_training, dropout=NONE)),
        Case("dropout", "next to nothing dropped, norms before", lambda d: used(d, in_training, **NOTHING_BEFORE)),
        Case("dropout", "dropout left out, in training", some_dropped, public=True),
        Case("dropout", "some dropped, in a few copies", dropped_in_part),
        *refused("num_heads does not divide d_model", not_divisible, public=True),
    ),
    mistakes=layer_mistakes.MISTAKES,
    pairs=PAIRS,
    hints=(
        "Two sub-layers, each with a norm, a dropout and a sum. Write the paper's order first, then the other one.",
        "In self-attention query, key and value are the same vectors. It returns two things; you need the first.",
        "For each sub-layer f with its norm n: n(x + dropout(f(x))), or, with norm_first, x + dropout(f(n(x))).",
    ),
)
