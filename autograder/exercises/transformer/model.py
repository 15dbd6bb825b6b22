"""Exercise `Transformer` of lesson 6: cases and hints. Its mistakes lie beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.model import (
    ALL,
    FEW,
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
from autograder.exercises.rules import TRANSFORMER as FORBIDDEN
from autograder.exercises.transformer import headings, model_mistakes

Steps = list[dict]


@dataclass(frozen=True)
class Sizes:
    """What a model and its batch are made of; all sizes differ."""

    batch: int
    source: int
    target: int
    source_vocabulary: int
    target_vocabulary: int
    d_model: int
    num_heads: int
    d_ff: int
    pad: int


def sizes_of(draw: Draw) -> Sizes:
    num_heads, d_head = draw.sizes(2, low=2, high=3)
    source, target = draw.sizes(2, low=4, high=7)
    first = draw.integer(9, 11)
    return Sizes(
        3, source, target, first, first + draw.integer(2, 4), num_heads * d_head, num_heads, 13, draw.integer(2, 5)
    )


def tokens(draw: Draw, batch: int, length: int, vocabulary: int, pad: int, real: torch.Tensor | None = None):
    """Tokens without padding, but behind the lengths in `real`."""
    drawn = draw.integers(0, vocabulary, batch, length)
    drawn[drawn == pad] = (pad + 1) % vocabulary
    if real is not None:
        drawn[torch.arange(length) >= real.unsqueeze(1)] = pad
    return drawn


def model(sizes: Sizes, layers: int = 2, **options: object) -> dict:
    """`pad_id` is left out where it is 0."""
    numbers = (sizes.source_vocabulary, sizes.target_vocabulary, sizes.d_model, sizes.num_heads, layers, sizes.d_ff)
    return build(*numbers, **({"pad_id": sizes.pad} if sizes.pad else {}), **options)


def _batch(draw: Draw, padded: bool, batch: int | None = None, length: int | None = None, pad: int | None = None):
    sizes = sizes_of(draw)
    sizes = sizes if pad is None else replace(sizes, pad=pad)
    count = batch or sizes.batch
    pair = []
    for size, vocabulary in ((sizes.source, sizes.source_vocabulary), (sizes.target, sizes.target_vocabulary)):
        size = length or size
        real = draw.lengths(count, size) if padded else None
        pair.append(tokens(draw, count, size, vocabulary, sizes.pad, real))
    return sizes, pair


def _forward(draw: Draw, padded: bool = False, layers: int = 2, pad: int | None = None, **options: bool) -> Steps:
    sizes, pair = _batch(draw, padded, pad=pad)
    return [model(sizes, layers, **options), call(*pair, name="layer")]


def _one(draw: Draw) -> Steps:
    sizes, pair = _batch(draw, False, batch=1, length=1)
    return [model(sizes), call(*pair, name="layer")]


def _long(draw: Draw) -> Steps:
    """A source longer than any table of positions that somebody might cut short."""
    sizes, (_, target) = _batch(draw, False, batch=1)
    source = tokens(draw, 1, 600, sizes.source_vocabulary, sizes.pad)
    return [model(sizes, 1), call(source, target, name="layer")]


def _in_two_steps(draw: Draw, padded: bool) -> Steps:
    """encode, then decode on a memory of the case's own."""
    sizes, (source, target) = _batch(draw, padded)
    memory = draw.normal(len(source), source.shape[1], sizes.d_model)
    return [model(sizes), call(source, name="layer.encode"), call(target, memory, source, name="layer.decode")]


def _later_changes(draw: Draw) -> Steps:
    """Two targets that differ in the last token only: earlier logits stay."""
    sizes, (source, target) = _batch(draw, False)
    other = target.clone()
    other[:, -1] = (target[:, -1] + 1) % sizes.target_vocabulary
    other[other == sizes.pad] = (sizes.pad + 2) % sizes.target_vocabulary
    return [model(sizes), *(call(source, each, name="layer") for each in (target, other))]


def _gradients(draw: Draw, norm_first: bool = False) -> Steps:
    """Every token occurs on both sides, so that each row of the embeddings must have its gradient, or none."""
    sizes = sizes_of(draw)
    pair = []
    for vocabulary in (sizes.source_vocabulary, sizes.target_vocabulary):
        rows = torch.stack([draw.normal(vocabulary).argsort() for _ in range(2)])
        rows = rows[rows != sizes.pad].view(2, vocabulary - 1)
        ends = torch.stack([rows[1, :2], torch.tensor([sizes.pad] * 2)])
        pair.append(torch.cat([rows, ends], dim=1))
    return [model(sizes, 1, norm_first=norm_first, double=True), call(*pair, name="layer", grad=True)]


def _more_padding(draw: Draw) -> Steps:
    """The same sentences in a longer batch."""
    sizes, (source, target) = _batch(draw, True)
    wider = torch.cat([source, torch.full((len(source), 3), sizes.pad)], dim=1)
    return [model(sizes), call(source, target, name="layer"), call(wider, target, name="layer")]


def _source_of_padding(draw: Draw) -> Steps:
    sizes, (source, target) = _batch(draw, True)
    source[1] = sizes.pad
    return [model(sizes), call(source, target, name="layer")]


def _dropped(draw: Draw, train: bool, norm_first: bool = False) -> Steps:
    """Dropout of everything: what then still comes out says where dropout sits, without any chance."""
    sizes, pair = _batch(draw, False)
    x = draw.normal(2, 3, sizes.d_model)
    parts = [call(x, name="layer.positional_encoding"), call(x, name="layer.encoder"), call(x, x, name="layer.decoder")]
    made = model(sizes, 1, dropout=ALL, norm_first=norm_first, train=train)
    step = call(*pair, name="layer")
    return [made, *parts, step, load(train=not train), step]


def _some_dropped(draw: Draw) -> Steps:
    """Rates that are no whole numbers reach the parts: something is dropped, and something is not."""
    sizes, pair = _batch(draw, False)
    x = draw.normal(2, 3, sizes.d_model)
    inputs = {"layer": pair, "layer.positional_encoding": [x], "layer.encoder": [x], "layer.decoder": [x, x]}
    asked = [call(*given, name=name, times=FEW, differ=True) for name, given in inputs.items()]
    made = [model(sizes, 1, dropout=rate, train=True) for rate in RATES]
    return [made[0], *asked, made[1], *asked]


def _some_dropped_unseen(draw: Draw) -> Steps:
    """Chance is at work, and the logits do not show it: they are the output projection's bias alone."""
    sizes, pair = _batch(draw, False)
    blind = {"output_projection.weight": torch.zeros(sizes.target_vocabulary, sizes.d_model)}
    return [model(sizes, 1, dropout=draw.rate(), train=True, fixed=blind), call(*pair, name="layer")]


def _used(draw: Draw, form: Callable[..., Steps], **options: float) -> Steps:
    """Where dropout is left out, it is 0."""
    sizes, first = _batch(draw, True)
    second = tuple(torch.cat([tokens.roll(1, dims=0)[1:], tokens[:1]]) for tokens in first)
    return form(model(sizes, 1, **options), tuple(first), second)


PAIRS = tuple(
    (first, second)
    for first in ("no_positions", "scaled_twice", "no_causal_mask")
    for second in ("no_source_mask", "memory_padding_seen")
)

TRANSFORMER = Exercise(
    name="Transformer",
    points={"values": 3.0, "masks": 3.0, "gradients": 1.0, "dropout": 1.0},
    section=headings.MODEL,
    forbidden=(FORBIDDEN,),
    cases=(
        Case("values", "a batch without padding", _forward, public=True),
        Case("values", "norm_first", lambda draw: _forward(draw, norm_first=True), public=True),
        Case("values", "one token to one token", _one),
        Case("values", "a long source", _long, public=True),
        Case("values", "three layers in float64", lambda draw: _forward(draw, double=True, layers=3)),
        Case("values", "encode and decode", lambda draw: _in_two_steps(draw, False), public=True),
        Case("values", "two models, asked in turn", lambda draw: _used(draw, in_turn)),
        Case("masks", "padding on both sides", lambda draw: _forward(draw, padded=True), public=True),
        Case("masks", "pad_id left out", lambda draw: _forward(draw, padded=True, pad=0)),
        Case("masks", "padding, encode and decode", lambda draw: _in_two_steps(draw, True), public=True),
        Case("masks", "the same in a longer batch", _more_padding),
        Case("masks", "a later target token changes", _later_changes, public=True),
        Case("masks", "a source of padding", _source_of_padding),
        Case("gradients", "gradients", _gradients, public=True),
        Case("gradients", "gradients in training", lambda draw: _used(draw, in_training)),
        Case("gradients", "gradients, norm_first", lambda draw: _gradients(draw, True)),
        Case("dropout", "everything dropped, in training", lambda draw: _dropped(draw, True), public=True),
        Case("dropout", "everything dropped, norm_first", lambda draw: _dropped(draw, True, True)),
        Case("dropout", "dropout outside of training", lambda draw: _dropped(draw, False)),
        Case("dropout", "next to nothing dropped, norms behind", lambda d: _used(d, in_training, dropout=NONE)),
        Case("dropout", "next to nothing dropped, norms before", lambda d: _used(d, in_training, **NOTHING_BEFORE)),
        Case("dropout", "some dropped, in a few copies", _some_dropped),
        Case("dropout", "some dropped, where it cannot be seen", _some_dropped_unseen),
    ),
    mistakes=model_mistakes.MISTAKES,
    pairs=PAIRS,
    hints=(
        "You have every part. encode and decode embed their tokens, add positions, and call a stack with its masks.",
        "Two masks: where a text is real, (batch, 1, length), by comparing tokens with pad_id; and causal_mask. "
        "Which of the three attentions needs which?",
        "Encoder: the source's mask. Decoder: the target's mask & the causal mask for self-attention, the source's "
        "mask for cross-attention. forward encodes, then decodes.",
    ),
)
