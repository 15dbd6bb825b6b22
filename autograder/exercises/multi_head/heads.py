"""Exercise `MultiHeadAttention` of lesson 2: cases and hints. Its mistakes lie beside it."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch

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
from autograder.exercises.multi_head import headings, heads_masks, heads_mistakes
from autograder.exercises.rules import ATTENTION

Steps = list[dict]
Inputs = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


# Times 1 / √d_model: with weights of standard deviation 0.5, queries and keys then have about 1, and so have scores
SPREAD = 2.0


def layer_inputs(
    draw: Draw, dtype: torch.dtype = torch.float32, spread: float = SPREAD, lengths: list[int] | None = None
) -> tuple[tuple[int, int], Inputs]:
    """(d_model, num_heads) and query, key, value, whose sizes are pairwise different."""
    batch, num_heads, d_head, queries = draw.sizes(4, low=2, high=5)
    # so many that a mask leaves several
    queries, keys = (queries, draw.integer(6, 8)) if lengths is None else lengths
    d_model = num_heads * d_head
    scale = spread / math.sqrt(d_model)
    shapes = ((batch, length, d_model) for length in (queries, keys, keys))
    return (d_model, num_heads), tuple(draw.normal(*shape, dtype=dtype, scale=scale) for shape in shapes)


def _forward(draw: Draw, double: bool = False, **options: bool) -> Steps:
    sizes, inputs = layer_inputs(draw, torch.float64 if double else torch.float32)
    return [build(*sizes, double=double), call(*inputs, name="layer", **options)]


def _masked(draw: Draw, axes: int = 3, batch: int | None = None, **options: bool) -> Steps:
    """Rows of the mask differ; with three axes so do the sequences, unless `batch` is 1."""
    sizes, inputs = layer_inputs(draw)
    lead = (batch or len(inputs[0]),) if axes == 3 else ()
    mask = draw.mask(*lead, inputs[0].shape[1], inputs[1].shape[1])
    return [build(*sizes), call(*inputs, mask, name="layer", **options)]


def _padded(draw: Draw) -> Steps:
    sizes, inputs = layer_inputs(draw)
    keys = inputs[1].shape[1]
    mask = torch.arange(keys) < draw.lengths(len(inputs[0]), keys).unsqueeze(1)
    return [build(*sizes), call(*inputs, mask.unsqueeze(1), name="layer")]


def _nothing_allowed(draw: Draw, **options: bool) -> Steps:
    sizes, inputs = layer_inputs(draw)
    mask = draw.mask(len(inputs[0]), inputs[0].shape[1], inputs[1].shape[1])
    mask[0, 1] = False
    mask[1, :] = False
    return [build(*sizes), call(*inputs, mask, name="layer", **options)]


def _hidden_changes(draw: Draw) -> Steps:
    """Two calls that differ only behind the mask: in what is padding, and in the future. The answers are the same."""
    batch, num_heads, d_head, length = draw.sizes(4, low=2, high=5)
    d_model, real = num_heads * d_head, length - 1
    x = draw.normal(batch, length, d_model, scale=SPREAD / math.sqrt(d_model))
    y = x.clone()
    y[:, real:] += draw.normal(batch, length - real, d_model)
    mask = torch.ones(length, length).tril().bool() & (torch.arange(length) < real)
    calls = [call(x, changed, changed, mask, name="layer") for changed in (x, y)]
    return [build(d_model, num_heads), *calls]


def _self_attention(draw: Draw, causal: bool = False, **options: bool) -> Steps:
    batch, num_heads, d_head, length = draw.sizes(4, low=2, high=6)
    d_model = num_heads * d_head
    x = draw.normal(batch, length, d_model, scale=SPREAD / math.sqrt(d_model))
    mask = [torch.ones(length, length).tril().bool()] if causal else []
    return [build(d_model, num_heads), call(x, x, x, *mask, name="layer", **options)]


def _sized(draw: Draw, batch: int, num_heads: int, d_head: int, queries: int, keys: int) -> Steps:
    d_model = num_heads * d_head
    scale = SPREAD / math.sqrt(d_model)
    inputs = (draw.normal(batch, length, d_model, scale=scale) for length in (queries, keys, keys))
    return [build(d_model, num_heads), call(*inputs, name="layer")]


def _far_from_zero(draw: Draw) -> Steps:
    """Scores down to −50, and rows that see one or two of them: a blocked score of −10 would win."""
    sizes, inputs = layer_inputs(draw, spread=10.0)
    mask = draw.mask(len(inputs[0]), inputs[0].shape[1], inputs[1].shape[1], share=0.2)
    return [build(*sizes), call(*inputs, mask, name="layer")]


def _used(draw: Draw, form: Callable[..., Steps], *rate: float) -> Steps:
    sizes, first = layer_inputs(draw)
    mask = draw.mask(len(first[0]), first[0].shape[1], first[1].shape[1])
    second = [each + draw.normal(*each.shape, scale=each.std().item()) for each in first]
    return form(build(*sizes, *rate), (*first, mask), (*second, mask))


def _some_dropped(draw: Draw, *rate: float) -> Steps:
    """Each weight by itself, in many copies: 0, or all of it times 1 / (1 − rate); without a rate, all of it.

    Only the first number of each head knows the first key, only the second one the second key, …; and values and mixed
    values are handed on as they are. Once with several heads, and once with one, where a query's weights stand alone.
    """
    steps = []
    for num_heads, d_head in (draw.sizes(2, low=2, high=3), (1, draw.integer(3, 5))):
        d_model = num_heads * d_head
        names = [f"{role}_projection" for role in ("query", "key")]
        state = {f"{name}.weight": draw.normal(d_model, d_model, scale=0.3) for name in names}
        state |= {f"{name}.bias": draw.normal(d_model, scale=0.3) for name in names}
        for name in ("value_projection", "output_projection"):
            state |= {f"{name}.weight": torch.eye(d_model), f"{name}.bias": torch.zeros(d_model)}
        query, key = (draw.normal(2, length, d_model) for length in (7, d_head))
        value = torch.eye(d_head).repeat(2, 1, num_heads) * (1 + draw.normal(2, d_head, d_model).abs())
        step = call(query, key, value, name="layer", times=MANY, grad=True)
        steps += [build(d_model, num_heads, *rate, train=True, state=state), step, step]
    return steps


def _dropped(draw: Draw, train: bool) -> Steps:
    """Dropout of everything: what then still comes out says where dropout sits, without any chance."""
    sizes, inputs = layer_inputs(draw)
    step = call(*inputs, name="layer", grad=True)
    return [build(*sizes, dropout=ALL, train=train), step, load(train=not train), step]


def _dropped_unseen(draw: Draw) -> Steps:
    """Half of the weights are dropped, and yet the output does not depend on chance: all values are alike, so that each
    head finds a multiple of one vector, whichever weights are left; and the output projection takes no notice of it.
    If single numbers of it were dropped, it would.
    """
    (d_model, num_heads), (query, key, value) = layer_inputs(draw)
    names = [f"{role}_projection" for role in ("query", "key", "value", "output")]
    state = {f"{name}.weight": draw.normal(d_model, d_model, scale=0.5) for name in names}
    state |= {f"{name}.bias": draw.normal(d_model, scale=0.5) for name in names}
    alike = value[:1, :1].expand_as(value).contiguous()
    found = (alike[0, 0].double() @ state["value_projection.weight"].T.double()) + state["value_projection.bias"]
    heads = (found.view(num_heads, -1) / found.view(num_heads, -1).norm(dim=-1, keepdim=True)).unsqueeze(0)
    rows = state["output_projection.weight"].double().view(d_model, num_heads, -1)
    blind = rows - (rows * heads).sum(dim=-1, keepdim=True) * heads
    state["output_projection.weight"] = blind.flatten(1).float()
    return [build(d_model, num_heads, dropout=0.5, train=True, state=state), call(query, key, alike, name="layer")]


def _not_divisible(draw: Draw, fault: bool = True) -> Steps:
    """Then it goes on like any other case: that there is nothing to call would say that it is refused."""
    num_heads = draw.integer(11, 30)
    d_model = num_heads * draw.integer(3, 6) + fault * draw.integer(1, num_heads)
    x = draw.normal(2, 3, d_model)
    made = raises(build(d_model, num_heads), d_model, num_heads, fault=fault, like=build(d_model, 1))
    return [made, call(x, x, x, name="layer")]


def _number_mask(draw: Draw) -> Steps:
    sizes, inputs = layer_inputs(draw)
    mask = torch.zeros(len(inputs[0]), inputs[0].shape[1], inputs[1].shape[1])
    return [build(*sizes), raises(call(*inputs, mask, name="layer"))]


def _mask_that_does_not_fit(draw: Draw, fault: bool = True) -> Steps:
    queries, (keys, other) = draw.integer(30, 40), draw.pair(fault)
    sizes, inputs = layer_inputs(draw, lengths=[queries, keys])
    step = call(*inputs, draw.mask(len(inputs[0]), queries, other), name="layer")
    return [build(*sizes), raises(step, queries, other, keys, fault=fault)]


def _values_of_another_length(draw: Draw, fault: bool = True) -> Steps:
    queries, (keys, other) = draw.integer(30, 40), draw.pair(fault)
    sizes, (query, key, _) = layer_inputs(draw, lengths=[queries, keys])
    step = call(query, key, draw.normal(len(key), other, sizes[0]), name="layer")
    return [build(*sizes), raises(step, keys, other, fault=fault)]


# Two that are often made together: one with the heads or the projections, one with the mask
PAIRS = tuple(
    (first, second)
    for first in ("no_output_projection", "query_and_key_weights_swapped", "merge_without_transpose", "one_wide_head")
    for second in ("mask_not_passed_on", "mask_inverted")
) + (("no_dropout", "no_output_projection"), ("no_dropout", "mask_not_passed_on"))

MULTI_HEAD_ATTENTION = Exercise(
    name="MultiHeadAttention",
    points={"values": 3.0, "masks": 2.0, "gradients": 1.0, "dropout": 1.0, "errors": 1.0},
    section=headings.HEADS,
    forbidden=(ATTENTION,),
    cases=(
        Case("values", "query and key of different lengths", _forward, public=True),
        Case("values", "self-attention", _self_attention, public=True),
        Case("values", "float64", lambda draw: _forward(draw, double=True)),
        Case("values", "inputs in another memory order", lambda draw: _forward(draw, strided=True)),
        Case("values", "a batch of one", lambda draw: _sized(draw, 1, 3, 2, 4, 5), public=True),
        Case("values", "one position", lambda draw: _sized(draw, 2, 3, 4, 1, 1)),
        Case("values", "a single head", lambda draw: _sized(draw, 2, 1, 5, 3, 4)),
        Case("values", "heads of size one", lambda draw: _sized(draw, 2, 6, 1, 3, 4)),
        Case("values", "two modules, asked in turn", lambda draw: _used(draw, in_turn)),
        Case("masks", "a mask of its own for every sequence", _masked, public=True),
        Case("masks", "one mask for the whole batch", lambda draw: _masked(draw, axes=2), public=True),
        Case("masks", "one mask for the whole batch, with three axes", lambda draw: _masked(draw, batch=1)),
        Case("masks", "padding", _padded),
        Case("masks", "causal self-attention", lambda draw: _self_attention(draw, causal=True)),
        Case("masks", "scores far from zero", _far_from_zero, public=True),
        Case("masks", "queries that may attend to nothing", _nothing_allowed, public=True),
        Case("masks", "changes behind the mask", _hidden_changes),
        Case("gradients", "gradients of inputs and weights", lambda draw: _forward(draw, True, grad=True)),
        Case("gradients", "gradients in training", lambda draw: _used(draw, in_training)),
        Case("gradients", "gradients with empty rows", lambda draw: _nothing_allowed(draw, grad=True), public=True),
        Case("dropout", "everything dropped, in training", lambda draw: _dropped(draw, True), public=True),
        Case("dropout", "half dropped, where it cannot be seen", _dropped_unseen, public=True),
        Case("dropout", "dropout outside of training", lambda draw: _dropped(draw, False), public=True),
        Case("dropout", "some dropped, in many copies", lambda draw: _some_dropped(draw, draw.rate()), public=True),
        Case("dropout", "next to nothing dropped, in training", lambda draw: _used(draw, in_training, NONE)),
        Case("dropout", "dropout left out, in training", _some_dropped, public=True),
        *refused("num_heads does not divide d_model", _not_divisible, public=True),
        Case("errors", "a mask of numbers", _number_mask),
        *refused("a mask that does not fit", _mask_that_does_not_fit, public=True),
        *refused("values of another length", _values_of_another_length),
    ),
    mistakes=(*heads_mistakes.MISTAKES, *heads_masks.MISTAKES),
    pairs=PAIRS,
    hints=(
        "Four steps: project, split, attend, merge and project again. You have a function for three of them.",
        "Project first, then split: a head sees all d_model numbers, through its own columns of the projection. "
        "A mask of (batch, query_length, key_length) needs an axis of size 1 where the heads are.",
        "attention.scaled_dot_product_attention gives weights and mixed values. With dropout, put the weights through "
        "an nn.Dropout and mix the values anew. Merge, apply output_projection; return the weights without dropout.",
    ),
)
