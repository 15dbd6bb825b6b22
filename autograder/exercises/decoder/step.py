"""Exercise `cached_step` of lesson 5: cases and hints. Its mistakes lie beside it."""

from __future__ import annotations

from functools import partial

import torch

from autograder.exercises.decoder import headings, step_around, step_mistakes
from autograder.exercises.decoder.layer import Sizes, sizes_of
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, build, call, get, raises, ref, refs, refused
from autograder.exercises.rules import TRANSFORMER

Steps = list[dict]


def _setup(sizes: Sizes, layers: int, norm_first: bool, double: bool = False) -> tuple[Steps, list[str]]:
    """A decoder, called "decoder", and a cache for each of its layers."""
    names = [f"cache{number}" for number in range(layers)]
    made = [build(layers, *sizes.layer, norm_first=norm_first, double=double, keep="decoder", name="Decoder")]
    return made + [build(keep=name, name="KeyValueCache", state=False) for name in names], names


def _written(
    draw: Draw,
    pieces: tuple[int, ...],
    *,
    layers: int = 2,
    norm_first: bool = False,
    double: bool = False,
    padded: bool = False,
    shared: bool = False,
    sizes: Sizes | None = None,
    contents: bool = False,
    strided: bool = False,
) -> Steps:
    """A text that comes in pieces of these lengths; with `contents`, what the caches hold afterwards.

    padded: some of the memory is hidden, differently for each sequence; or, if `shared`, for all alike.
    """
    sizes = sizes or sizes_of(draw)
    dtype = torch.float64 if double else torch.float32
    steps, names = _setup(sizes, layers, norm_first, double)
    memory = draw.normal(sizes.batch, sizes.source, sizes.d_model, dtype=dtype)
    mask = (draw.mask(*(() if shared else (sizes.batch,)), 1, sizes.source),) if padded else ()
    for length in pieces:
        x = draw.normal(sizes.batch, length, sizes.d_model, dtype=dtype)
        steps.append(call(ref("decoder"), x, memory, refs(*names), *mask, strided=strided))
    if contents:
        shape = (sizes.batch, sizes.num_heads, 1, sizes.d_model // sizes.num_heads)
        for name in names:
            steps.append(get(f"{name}.length"))
            steps.append(call(draw.normal(*shape), draw.normal(*shape), name=f"{name}.append"))
    return steps


def _two_texts(draw: Draw) -> Steps:
    """Two texts in turn, with one decoder and a set of caches each: what a step needs of the old positions is there."""
    sizes = sizes_of(draw)
    steps, first = _setup(sizes, 2, norm_first=bool(draw.integer(0, 2)))
    second = [f"other {name}" for name in first]
    steps += [build(keep=name, name="KeyValueCache", state=False) for name in second]
    memories = [draw.normal(sizes.batch, sizes.source, sizes.d_model) for _ in range(2)]
    for length in (2, 1):
        for memory, names in zip(memories, (first, second), strict=True):
            steps.append(call(ref("decoder"), draw.normal(sizes.batch, length, sizes.d_model), memory, refs(*names)))
    return steps


def _filled(draw: Draw) -> Steps:
    """Caches that hold three positions already, of a text that nobody else has seen."""
    sizes = sizes_of(draw)
    steps, names = _setup(sizes, 2, norm_first=bool(draw.integer(0, 2)))
    held = (sizes.batch, sizes.num_heads, 3, sizes.d_model // sizes.num_heads)
    steps += [call(draw.normal(*held), draw.normal(*held), name=f"{name}.append") for name in names]
    x, memory = (draw.normal(sizes.batch, length, sizes.d_model) for length in (2, sizes.source))
    return [*steps, call(ref("decoder"), x, memory, refs(*names))]


def _wrong_number_of_caches(draw: Draw, wrong: int = 0, fault: bool = True) -> Steps:
    """`wrong` caches for two layers; without it, so many that no message holds the number by chance."""
    caches = 2 if not fault else wrong or draw.integer(11, 30)
    sizes = sizes_of(draw)
    steps, names = _setup(sizes, 2, norm_first=bool(draw.integer(0, 2)))
    x, memory = (draw.normal(sizes.batch, length, sizes.d_model) for length in (1, sizes.source))
    return [*steps, raises(call(ref("decoder"), x, memory, refs(*(names * 15)[:caches])), caches, 2, fault=fault)]


ONE = Sizes(batch=1, target=1, source=1, d_model=6, num_heads=3, d_ff=5)
ONE_HEAD = Sizes(batch=2, target=3, source=4, d_model=5, num_heads=1, d_ff=7)

# One mistake with the text, one with the memory or around the parts
PAIRS = (
    ("mask_not_offset", "memory_mask_not_passed_on"),
    ("no_mask", "memory_mask_not_passed_on"),
    ("cache_not_used", "memory_mask_not_passed_on"),
    ("norm_first_ignored", "no_mask"),
    ("norm_first_ignored", "mask_not_offset"),
    ("no_final_norm", "no_mask"),
    ("no_final_norm", "memory_mask_not_passed_on"),
)

CACHED_STEP = Exercise(
    name="cached_step",
    points={"values": 3.0, "prompts": 2.0, "memory": 1.0, "caches": 1.0, "errors": 1.0},
    section=headings.CACHE,
    forbidden=(TRANSFORMER,),
    cases=(
        Case("values", "token by token, norms behind", lambda d: _written(d, (1, 1, 1)), public=True),
        Case("values", "token by token, norms before", lambda d: _written(d, (1, 1, 1), norm_first=True), public=True),
        Case("values", "three layers", lambda draw: _written(draw, (1, 1), layers=3, norm_first=True)),
        Case("values", "one layer, five tokens", lambda draw: _written(draw, (1, 1, 1, 1, 1), layers=1)),
        Case("values", "float64", lambda draw: _written(draw, (1, 1), norm_first=True, double=True)),
        Case("values", "one of everything", lambda draw: _written(draw, (1, 1, 1), sizes=ONE)),
        Case("values", "a single head", lambda draw: _written(draw, (1, 1), sizes=ONE_HEAD, norm_first=True)),
        Case("values", "two texts in turn", _two_texts),
        Case("values", "caches that hold a text already", _filled),
        Case("prompts", "a prompt, then tokens", lambda draw: _written(draw, (3, 1, 1)), public=True),
        Case("prompts", "a text in pieces", lambda d: _written(d, (2, 3, 1, 2), norm_first=True), public=True),
        Case("prompts", "inputs in another memory order", lambda draw: _written(draw, (3, 2), strided=True)),
        Case("memory", "padding in the memory", lambda d: _written(d, (1, 1), padded=True), public=True),
        Case("memory", "padding and a prompt", lambda d: _written(d, (3, 1, 1), norm_first=True, padded=True)),
        Case("memory", "one mask for the whole batch", lambda d: _written(d, (1, 2), padded=True, shared=True)),
        Case("caches", "what the caches hold", lambda d: _written(d, (2, 1), contents=True), public=True),
        Case("caches", "what they hold, norms before", lambda d: _written(d, (1, 2), norm_first=True, contents=True)),
        *refused("too many caches", _wrong_number_of_caches, public=True),
        *refused("too few caches", partial(_wrong_number_of_caches, wrong=1)),
        Case("errors", "one cache too many", partial(_wrong_number_of_caches, wrong=3)),
    ),
    mistakes=(*step_mistakes.MISTAKES, *step_around.MISTAKES),
    pairs=PAIRS,
    hints=(
        "Go through one DecoderLayer. For which of its three parts do the new positions need anything of the old ones?",
        "Only self-attention. Project the new positions, split them into heads, append keys and values to the layer's "
        "cache, and let the new queries attend to all that it returns. Everything else is done with the new alone.",
        "Of the causal mask of the whole length only the last rows are needed. After scaled_dot_product_attention and "
        "merge_heads come output_projection, residual and norm as in the layer; at the very end final_norm, if "
        "norm_first.",
    ),
)
