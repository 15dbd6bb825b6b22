"""Exercise `DecoderLayer` of lesson 5: cases and hints. Its mistakes lie beside it.

`Sizes` and what draws them serve `stack` and `step` too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from autograder.exercises.decoder import headings, layer_around, layer_mistakes
from autograder.exercises.draw import Draw
from autograder.exercises.encoder.layer import only_a_bias
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
    get,
    in_training,
    in_turn,
    load,
)
from autograder.exercises.rules import TRANSFORMER

Steps = list[dict]
LENGTHS = (4, 5, 7, 8)  # none of them can be num_heads, d_head, d_model or d_ff below


@dataclass(frozen=True)
class Sizes:
    """Sizes that are pairwise different, so that no two axes can be confused unnoticed."""

    batch: int
    target: int
    source: int
    d_model: int
    num_heads: int
    d_ff: int

    @property
    def layer(self) -> tuple[int, int, int]:
        return self.d_model, self.num_heads, self.d_ff

    def masks(self, draw: Draw) -> tuple[torch.Tensor, torch.Tensor]:
        """Which text and which memory each position may look at; all rows differ."""
        causal = torch.ones(self.target, self.target).tril().bool()
        return causal & draw.mask(self.batch, 1, self.target), draw.mask(self.batch, self.target, self.source)


def sizes_of(draw: Draw) -> Sizes:
    num_heads, d_head = draw.sizes(2, low=2, high=3)
    batch, target, source = (LENGTHS[place] for place in draw.sizes(3, low=0, high=3))
    return Sizes(batch, target, source, num_heads * d_head, num_heads, draw.integer(9, 13))


def inputs_of(draw: Draw, sizes: Sizes, dtype: torch.dtype = torch.float32) -> tuple[torch.Tensor, torch.Tensor]:
    """x and memory."""
    lengths = (sizes.target, sizes.source)
    return tuple(draw.normal(sizes.batch, length, sizes.d_model, dtype=dtype) for length in lengths)


def _plain(draw: Draw, norm_first: bool = False, double: bool = False, **options: bool) -> Steps:
    sizes = sizes_of(draw)
    inputs = inputs_of(draw, sizes, torch.float64 if double else torch.float32)
    return [
        build(*sizes.layer, norm_first=norm_first, double=double),
        call(*inputs, name="layer", **options),
    ]


def _sized(draw: Draw, sizes: Sizes, norm_first: bool = False, masked: bool = False, **options: bool) -> Steps:
    inputs = (*inputs_of(draw, sizes), *(sizes.masks(draw) if masked else ()))
    return [build(*sizes.layer, norm_first=norm_first), call(*inputs, name="layer", **options)]


def _masked(draw: Draw, norm_first: bool = False, **options: bool) -> Steps:
    return _sized(draw, sizes_of(draw), norm_first, masked=True, **options)


def _one_mask(draw: Draw, which: str) -> Steps:
    sizes = sizes_of(draw)
    masks = dict(zip(("target_mask", "memory_mask"), sizes.masks(draw), strict=True))
    step = call(*inputs_of(draw, sizes), name="layer", **{which: masks[which]})
    return [build(*sizes.layer), step]


def _causal_and_padded(draw: Draw, norm_first: bool = False) -> Steps:
    """The masks of every training step: a staircase for the text, padding for the memory."""
    sizes = sizes_of(draw)
    causal = torch.ones(sizes.target, sizes.target).tril().bool()
    padding = torch.arange(sizes.source) < draw.lengths(sizes.batch, sizes.source).unsqueeze(1)
    step = call(*inputs_of(draw, sizes), causal, padding.unsqueeze(1), name="layer")
    return [build(*sizes.layer, norm_first=norm_first), step]


def _as_long_as_the_memory(draw: Draw, norm_first: bool = False, masked: bool = False) -> Steps:
    """Text and memory of equal length, so that a layer that confuses them answers at all."""
    sizes = sizes_of(draw)
    return _sized(draw, Sizes(sizes.batch, 5, 5, sizes.d_model, sizes.num_heads, sizes.d_ff), norm_first, masked)


def _empty_memory(draw: Draw, **options: bool) -> Steps:
    """One sequence whose memory is all padding."""
    sizes = sizes_of(draw)
    target_mask, memory_mask = sizes.masks(draw)
    memory_mask[0] = False
    step = call(*inputs_of(draw, sizes), target_mask, memory_mask, name="layer", **options)
    return [build(*sizes.layer), step]


def _hidden_changes(draw: Draw) -> Steps:
    """Two calls that differ only in what no position may see: the last letter, and the memory's padding."""
    sizes = sizes_of(draw)
    x, memory = inputs_of(draw, sizes)
    other_x, other_memory = x.clone(), memory.clone()
    other_memory[:, -1] += draw.normal(sizes.batch, sizes.d_model, scale=3.0)
    other_x[:, -1] += draw.normal(sizes.batch, sizes.d_model, scale=3.0)
    causal = torch.ones(sizes.target, sizes.target).tril().bool()
    real = (torch.arange(sizes.source) < sizes.source - 1).unsqueeze(0)
    calls = [call(a, b, causal, real, name="layer") for a, b in ((x, memory), (other_x, other_memory))]
    return [build(*sizes.layer), *calls]


def used(draw: Draw, form: Callable[..., Steps], lead: tuple[int, ...] = (), **options: float) -> Steps:
    sizes = sizes_of(draw)
    made = build(*lead, *sizes.layer, **options)
    return form(made, *((*inputs_of(draw, sizes), *sizes.masks(draw)) for _ in range(2)))


def _some_dropped(draw: Draw, *rate: float) -> Steps:
    """What each part adds to 0 in many copies: 0 or all of it, times 1 / (1 − rate); without a rate, all of it."""
    sizes = sizes_of(draw)
    attentions = ("self_attention", "cross_attention")
    memory = draw.normal(sizes.batch, sizes.source, sizes.d_model)
    steps = []
    for bias in (*(f"{attention}.output_projection.bias" for attention in attentions), "feed_forward.contract.bias"):
        state = only_a_bias(draw, bias, sizes.d_model, sizes.d_ff, *attentions)
        steps.append(build(*sizes.layer, *rate, norm_first=True, train=True, state=state))
        x = torch.zeros(sizes.batch, sizes.target, sizes.d_model)
        step = call(x, memory, name="layer", times=MANY, grad=True)
        steps += [step, step]
    return steps


def _dropped_in_part(draw: Draw) -> Steps:
    """A rate that is no whole number acts in either order, and reaches all parts: copies differ.

    In the paper's order each part gives a bias alone, which hides what it drops itself; then the parts are asked.
    """
    sizes, rate = sizes_of(draw), draw.rate()
    x, memory = inputs_of(draw, sizes)
    attentions = ("self_attention", "cross_attention")
    steps = []
    for bias in (*(f"{attention}.output_projection.bias" for attention in attentions), "feed_forward.contract.bias"):
        state = only_a_bias(draw, bias, sizes.d_model, sizes.d_ff, *attentions)
        made = build(*sizes.layer, rate, train=True, state=state)
        steps += [made, call(torch.zeros_like(x), memory, name="layer", times=FEW, differ=True)]
    return [*steps, build(*sizes.layer, rate, train=True), *_parts(x, memory, times=FEW, differ=True)]


def _dropped(draw: Draw, norm_first: bool, train: bool) -> Steps:
    """Dropout of everything: what then still comes out says where dropout sits, without any chance."""
    sizes = sizes_of(draw)
    step = call(*inputs_of(draw, sizes), name="layer", grad=True)
    made = build(*sizes.layer, dropout=ALL, norm_first=norm_first, train=train)
    return [made, step, load(train=not train), step]


def _dropped_inside(draw: Draw) -> Steps:
    """The same, asked of the parts: what they drop themselves does not show in the whole, which drops it all again."""
    sizes = sizes_of(draw)
    return [build(*sizes.layer, dropout=ALL, train=True), *_parts(*inputs_of(draw, sizes))]


def _parts(x: torch.Tensor, memory: torch.Tensor, **options: int) -> Steps:
    return [
        call(x, name="layer.feed_forward", **options),
        call(x, x, x, name="layer.self_attention", **options),
        call(x, memory, memory, name="layer.cross_attention", **options),
    ]


def _kept(draw: Draw, norm_first: bool) -> Steps:
    """All parts are asked, too: a class of nothing but these two numbers has kept no layer."""
    sizes = sizes_of(draw)
    x, memory = inputs_of(draw, sizes)
    norms = [call(x, name=f"layer.{part}_norm") for part in ("attention", "cross_attention", "feed_forward")]
    kept = [get("layer.norm_first"), get("layer.num_heads")]
    return [build(*sizes.layer, norm_first=norm_first), *kept, *_parts(x, memory), *norms]


TINY = Sizes(batch=1, target=3, source=2, d_model=4, num_heads=2, d_ff=3)
ONE = Sizes(batch=2, target=1, source=1, d_model=6, num_heads=3, d_ff=5)
ONE_HEAD = Sizes(batch=1, target=4, source=3, d_model=5, num_heads=1, d_ff=7)

# Two that are often made together: one with a mask, one with what stands around a part
PAIRS = (
    ("text_mask_not_passed_on", "memory_mask_not_passed_on"),
    ("no_dropout", "text_mask_not_passed_on"),
    ("no_dropout", "memory_mask_not_passed_on"),
    ("no_dropout", "cross_uses_text_mask"),
    ("norm_first_ignored", "no_dropout"),
    ("norm_first_ignored", "text_mask_not_passed_on"),
    ("norm_first_ignored", "memory_mask_not_passed_on"),
    ("norm_first_ignored", "cross_uses_text_mask"),
)

DECODER_LAYER = Exercise(
    name="DecoderLayer",
    points={"values": 3.0, "masks": 2.0, "gradients": 1.0, "dropout": 1.0, "sizes kept": 1.0},
    section=headings.LAYER,
    forbidden=(TRANSFORMER,),
    cases=(
        Case("values", "norms behind", _plain, public=True),
        Case("values", "norms before", lambda draw: _plain(draw, norm_first=True), public=True),
        Case("values", "a text as long as the memory", _as_long_as_the_memory, public=True),
        Case("values", "as long as the memory, norms before", lambda draw: _as_long_as_the_memory(draw, True)),
        Case("values", "float64", lambda draw: _plain(draw, double=True)),
        Case("values", "inputs in another memory order", lambda draw: _plain(draw, norm_first=True, strided=True)),
        Case("values", "one position, one memory", lambda draw: _sized(draw, ONE)),
        Case("values", "a single head", lambda draw: _sized(draw, ONE_HEAD, norm_first=True)),
        Case("values", "two layers, asked in turn", lambda draw: used(draw, in_turn)),
        Case("masks", "a staircase and padding", _causal_and_padded, public=True),
        Case("masks", "a staircase and padding, norms before", lambda draw: _causal_and_padded(draw, True)),
        Case("masks", "every row of both masks differs", lambda draw: _masked(draw, norm_first=True), public=True),
        Case("masks", "only a mask for the text", lambda draw: _one_mask(draw, "target_mask"), public=True),
        Case("masks", "only a mask for the memory", lambda draw: _one_mask(draw, "memory_mask"), public=True),
        Case("masks", "text and memory of one length", lambda d: _as_long_as_the_memory(d, masked=True), public=True),
        Case("masks", "a memory that is all padding", _empty_memory),
        Case("masks", "changes behind the masks", _hidden_changes),
        Case(
            "gradients",
            "gradients of a small layer",
            lambda draw: _sized(draw, TINY, masked=True, grad=True),
            public=True,
        ),
        Case("gradients", "gradients in training", lambda draw: used(draw, in_training)),
        Case("gradients", "gradients, norms behind", lambda draw: _masked(draw, grad=True)),
        Case("gradients", "gradients, norms before", lambda draw: _masked(draw, norm_first=True, grad=True)),
        Case("gradients", "gradients with an empty memory", lambda draw: _empty_memory(draw, grad=True)),
        Case("dropout", "some dropped, in many copies", lambda draw: _some_dropped(draw, draw.rate()), public=True),
        Case("dropout", "next to nothing dropped, norms behind", lambda d: used(d, in_training, dropout=NONE)),
        Case("dropout", "next to nothing dropped, norms before", lambda d: used(d, in_training, **NOTHING_BEFORE)),
        Case("dropout", "dropout left out, in training", _some_dropped, public=True),
        Case("dropout", "some dropped, in a few copies", _dropped_in_part),
        Case("dropout", "everything dropped, norms behind", lambda d: _dropped(d, False, train=True), public=True),
        Case("dropout", "everything dropped, norms before", lambda d: _dropped(d, True, train=True), public=True),
        Case("dropout", "dropout outside of training", lambda d: _dropped(d, False, train=False), public=True),
        Case("dropout", "dropout inside the parts", _dropped_inside, public=True),
        Case("sizes kept", "norms behind, kept", lambda draw: _kept(draw, False), public=True),
        Case("sizes kept", "norms before, kept", lambda draw: _kept(draw, True), public=True),
    ),
    mistakes=(*layer_mistakes.MISTAKES, *layer_around.MISTAKES),
    pairs=PAIRS,
    hints=(
        "It is your EncoderLayer with a third part in the middle. Where does the query of that part come from, and "
        "where do its keys and values?",
        "Self-attention: all three from the text, with target_mask. Cross-attention: the query from the text, keys and "
        "values from the memory, with memory_mask. Residual and norm are around each part, as in the encoder.",
        "Write one small method that puts residual, dropout and norm around any part, in the order that norm_first "
        "asks for, and use it three times. Attention returns two things: you need the first.",
    ),
)
