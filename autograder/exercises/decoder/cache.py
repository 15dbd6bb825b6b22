"""Exercise `KeyValueCache` of lesson 5: cases and hints. Its mistakes lie beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import torch

from autograder.exercises.decoder import cache_mistakes, headings
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, build, call, get, raises, refused


def _sizes(draw: Draw) -> tuple[int, int, int]:
    """batch, num_heads, d_head; lengths in the cases below are others."""
    return tuple((5, 6, 7, 9)[place] for place in draw.sizes(3, low=0, high=3))


def _append(draw: Draw, batch: int, heads: int, length: int, size: int, cache: str = "cache", **options) -> dict:
    shape = (batch, heads, length, size)
    dtype = options.pop("dtype", torch.float32)
    return call(draw.normal(*shape, dtype=dtype), draw.normal(*shape, dtype=dtype), name=f"{cache}.append", **options)


LENGTH = get("cache.length")


def _pieces(draw: Draw, *lengths: int, lead: Sequence[int] = (), **options) -> list[dict]:
    """Pieces of these lengths, one after the other, with the length asked for before, between and after."""
    batch, heads, size = lead or _sizes(draw)
    steps = [build(keep="cache", state=False), LENGTH]
    for length in lengths:
        steps += [_append(draw, batch, heads, length, size, **options), LENGTH]
    return steps


def _two_caches(draw: Draw) -> list[dict]:
    """Two caches side by side, as two layers use them."""
    batch, heads, size = _sizes(draw)
    steps = [build(keep=name, state=False) for name in ("cache", "other")]
    for name, length in (("cache", 2), ("other", 3), ("cache", 1), ("other", 1)):
        steps.append(_append(draw, batch, heads, length, size, cache=name))
    return [*steps, get("cache.length"), get("other.length")]


def _returned_stays(draw: Draw) -> list[dict]:
    """What append has returned is looked at again after the next one."""
    batch, heads, size = _sizes(draw)
    return [
        build(keep="cache", state=False),
        _append(draw, batch, heads, 3, size, keep="first"),
        _append(draw, batch, heads, 1, size, keep="second"),
        _append(draw, batch, heads, 2, size),
        get("first"),
        get("second"),
    ]


def _key_and_value_differ(draw: Draw, axis: int, fault: bool = True) -> list[dict]:
    shape = [2, 3, 5, 4]
    shape[axis], length_or_size, shape[axis - 2] = draw.trio(fault)
    other = [*shape[:axis], length_or_size, *shape[axis + 1 :]]
    step = call(draw.normal(*shape), draw.normal(*other), name="cache.append")
    return [build(keep="cache", state=False), LENGTH, raises(step, *shape, *other, fault=fault), LENGTH]


def _does_not_fit(draw: Draw, axis: int, fault: bool = True) -> list[dict]:
    lead = [2, 3, 4]
    lead[axis], size, lead[axis - 1] = draw.trio(fault)
    other = [*lead[:axis], size, *lead[axis + 1 :]]
    batch, heads, size = other
    fits = _append(draw, *lead[:2], 3, lead[2])
    step = raises(_append(draw, batch, heads, 1, size), *lead, *other, fault=fault)
    return [build(keep="cache", state=False), LENGTH, fits, LENGTH, step, LENGTH]


KEY_VALUE_CACHE = Exercise(
    name="KeyValueCache",
    points={"values": 2.0, "edges": 1.0, "errors": 1.0},
    section=headings.CACHE,
    cases=(
        Case("values", "a prompt, then one by one", lambda draw: _pieces(draw, 3, 1, 1), public=True),
        Case("values", "one by one from the start", lambda draw: _pieces(draw, 1, 1, 1, 1), public=True),
        Case("values", "pieces of several lengths", lambda draw: _pieces(draw, 2, 4, 1, 3)),
        Case("values", "one piece alone", lambda draw: _pieces(draw, 4)),
        Case("values", "many sequences and heads", lambda draw: _pieces(draw, 3, 1, lead=draw.large(3))),
        Case("values", "float64", lambda draw: _pieces(draw, 3, 1, dtype=torch.float64)),
        Case("values", "another memory order", lambda draw: _pieces(draw, 2, 3, strided=True)),
        Case("edges", "two caches", _two_caches, public=True),
        Case("edges", "one of everything", lambda draw: _pieces(draw, 1, 1, lead=(1, 1, 1)), public=True),
        Case("edges", "what was returned stays as it was", _returned_stays),
        *refused("keys and values of different lengths", partial(_key_and_value_differ, axis=2), public=True),
        *refused("keys and values of different d_head", partial(_key_and_value_differ, axis=3)),
        *refused("another batch", partial(_does_not_fit, axis=0)),
        *refused("another number of heads", partial(_does_not_fit, axis=1), public=True),
        *refused("another d_head", partial(_does_not_fit, axis=2)),
    ),
    mistakes=cache_mistakes.MISTAKES,
    hints=(
        "Which of the four axes grows when the text does?",
        "Keep two tensors. The first time there is nothing to join; later the old ones come first.",
        "torch.cat along axis 2, once for keys and once for values; keep the results, and their length, before you "
        "return them. Compare the shapes without axis 2.",
    ),
)
