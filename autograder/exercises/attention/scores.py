"""Exercise `attention_scores` of lesson 1: cases, mistakes, hints."""

from __future__ import annotations

import torch

from autograder.exercises.attention import headings
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises, refused
from autograder.exercises.rules import ATTENTION

DOUBLE = torch.float64


def _scores_patch(new: str) -> tuple[tuple[str, str], ...]:
    return (("return query @ key.transpose(-2, -1) / math.sqrt(d_k)", f"return {new}"),)


MISTAKES = (
    Mistake(
        "no_scale",
        "The scores are not divided by √d_k.",
        "Their spread grows with √d_k, so that for large d_k the softmax looks at a single key.",
        headings.SCALE,
        patches=_scores_patch("query @ key.transpose(-2, -1)"),
    ),
    Mistake(
        "scale_by_d",
        "The scores are divided by d_k instead of √d_k.",
        "The standard deviation of the dot products is √d_k; dividing by d_k makes the weights almost equal.",
        headings.SCALE,
        patches=_scores_patch("query @ key.transpose(-2, -1) / d_k"),
    ),
    Mistake(
        "scale_by_length",
        "The scores are divided by the square root of the number of keys.",
        "d_k is the size of the last axis; the number of keys has nothing to do with the spread of the scores.",
        headings.SCALE,
        patches=_scores_patch("query @ key.transpose(-2, -1) / math.sqrt(key.shape[-2])"),
    ),
    Mistake(
        "scale_multiplied",
        "The scores are multiplied by √d_k instead of divided.",
        "That makes their spread larger, not 1.",
        headings.SCALE,
        patches=_scores_patch("query @ key.transpose(-2, -1) * math.sqrt(d_k)"),
    ),
    Mistake(
        "transposed",
        "The scores are transposed: key times query.",
        "Rows belong to queries, columns to keys.",
        headings.SCALE,
        patches=_scores_patch("key @ query.transpose(-2, -1) / math.sqrt(d_k)"),
    ),
    Mistake(
        "distances",
        "These are distances, not dot products.",
        "The paper's scores are dot products; a later section of the lesson shows when both agree.",
        headings.SCALE,
        patches=_scores_patch("-torch.cdist(query, key) ** 2 / 2 / math.sqrt(d_k)"),
    ),
    Mistake(
        "cosine",
        "Queries and keys are divided by their lengths first.",
        "The length of a key carries information: how strongly it wants to be found.",
        headings.SCALE,
        patches=_scores_patch("F.normalize(query, dim=-1) @ F.normalize(key, dim=-1).transpose(-2, -1)"),
    ),
    Mistake(
        "query_with_itself",
        "The queries are compared with themselves, not with the keys.",
        "The second matrix of the product must be made of keys.",
        headings.SCALE,
        patches=_scores_patch("query @ query.transpose(-2, -1) / math.sqrt(d_k)"),
    ),
    Mistake(
        "softmax_included",
        "The softmax is already applied.",
        "This exercise asks for the scores before it.",
        headings.SCALE,
        patches=_scores_patch("stable_softmax(query @ key.transpose(-2, -1) / math.sqrt(d_k))"),
    ),
    Mistake(
        "squeezed",
        "Axes of size 1 are dropped from the result.",
        "A batch of one is still a batch: squeeze only axes that you name.",
        headings.SCALE,
        patches=_scores_patch("(query @ key.transpose(-2, -1) / math.sqrt(d_k)).squeeze()"),
    ),
    Mistake(
        "changed_input",
        "The query is scaled in place.",
        "The caller still needs it: `query /= …` changes the caller's tensor.",
        headings.SCALE,
        patches=_scores_patch("query.div_(math.sqrt(d_k)) @ key.transpose(-2, -1)"),
    ),
    Mistake(
        "no_gradient",
        "The values are right, but no gradient flows back to query and key.",
        "`detach`, `.data`, `no_grad` or a tensor made anew cut the graph: nothing before it would learn.",
        headings.SCALE,
        patches=_scores_patch("(query @ key.transpose(-2, -1) / math.sqrt(d_k)).detach()"),
    ),
    Mistake(
        "unchecked",
        "The shapes are not checked.",
        "Sizes that do not fit must give a ValueError with both shapes, not torch's own error or a silent broadcast.",
        headings.SCALE,
        code=(
            "def attention_scores(query, key):\n    return query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])\n"
        ),
    ),
)


def _query_key(draw: Draw, leading: int = 1, dtype: torch.dtype = torch.float32, **options: bool) -> dict:
    *lead, queries, keys, d_k = draw.sizes(leading + 3)
    return call(draw.normal(*lead, queries, d_k, dtype=dtype), draw.normal(*lead, keys, d_k, dtype=dtype), **options)


def _many(draw: Draw) -> dict:
    queries, keys, d_k = draw.large(3)
    return call(draw.normal(2, queries, d_k), draw.normal(2, keys, d_k))


def _different_d_k(draw: Draw, fault: bool = True) -> dict:
    (d_k, other, queries), (batch, keys) = draw.trio(fault), draw.sizes(2, high=5)
    step = call(draw.normal(batch, queries, d_k), draw.normal(batch, keys, other))
    return raises(step, batch, queries, d_k, keys, other, fault=fault)


def _one_axis(draw: Draw, which: int) -> dict:
    length, d_k = draw.large(2)
    inputs = [draw.normal(length, d_k), draw.normal(length, d_k)]
    inputs[which] = inputs[which][0]
    return raises(call(*inputs), length, d_k)


def _different_batch(draw: Draw, fault: bool = True) -> dict:
    (batch, other, queries), (keys, d_k) = draw.trio(fault), draw.sizes(2, high=5)
    step = call(draw.normal(batch, queries, d_k), draw.normal(other, keys, d_k))
    return raises(step, batch, queries, other, keys, fault=fault)


ATTENTION_SCORES = Exercise(
    name="attention_scores",
    points={"values": 2.0, "gradients": 1.0, "errors": 1.0},
    section=headings.SCALE,
    forbidden=(ATTENTION,),
    cases=(
        Case("values", "a batch", _query_key, public=True),
        Case("values", "batch and heads", lambda draw: _query_key(draw, 2), public=True),
        Case("values", "no leading axis", lambda draw: _query_key(draw, 0)),
        Case("values", "many queries and keys", _many),
        Case("values", "float64", lambda draw: _query_key(draw, 1, DOUBLE)),
        Case("values", "inputs in another memory order", lambda draw: _query_key(draw, 1, strided=True)),
        Case("values", "one of everything", lambda draw: call(draw.normal(1, 1, 3), draw.normal(1, 1, 3)), public=True),
        Case("gradients", "gradients", lambda draw: _query_key(draw, 0, grad=True), public=True),
        Case("gradients", "gradients in a batch", lambda draw: _query_key(draw, 1, grad=True)),
        *refused("different d_k", _different_d_k, public=True),
        *refused("different batches", _different_batch),
        Case("errors", "a query with one axis", lambda draw: _one_axis(draw, 0)),
        Case("errors", "a key with one axis", lambda draw: _one_axis(draw, 1)),
    ),
    mistakes=MISTAKES,
    hints=(
        "Write down the shapes. Which axis of both inputs is summed over, and which one stays from each?",
        "A batched matrix product needs (..., d_k, key_length) on the right: exchange the last two axes of one input.",
        "Divide by the square root of the size of the last axis. Check the shapes first, leading axes included.",
    ),
)
