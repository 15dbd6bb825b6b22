"""Exercise `merge_heads` of lesson 2: cases, mistakes, hints."""

from __future__ import annotations

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises
from autograder.exercises.multi_head import headings
from autograder.exercises.rules import ATTENTION

DOUBLE = torch.float64


def _instead(new: str) -> tuple[tuple[str, str], ...]:
    return (("return x.transpose(1, 2).flatten(2)", f"return {new}"),)


MISTAKES = (
    Mistake(
        "merge_without_transpose",
        "The heads are reshaped together without exchanging heads and positions first.",
        "In memory, a head's positions lie side by side. A reshape alone glues positions of one head together, "
        "not the heads of one position.",
        headings.SPLIT,
        patches=_instead("x.reshape(x.shape[0], x.shape[2], -1)"),
    ),
    Mistake(
        "interleaved_heads",
        "The heads are interleaved: one number of each head in turn.",
        "The d_head numbers of a head stay together, the first head's first.",
        headings.SPLIT,
        patches=_instead("x.permute(0, 2, 3, 1).flatten(2)"),
    ),
    Mistake(
        "heads_averaged",
        "The heads are averaged.",
        "Concat puts them side by side: what one head has found must not be mixed with the others' here.",
        headings.SPLIT,
        patches=_instead("x.mean(dim=1)"),
    ),
    Mistake(
        "heads_added",
        "The heads are added up.",
        "Concat puts them side by side: what one head has found must not be mixed with the others' here.",
        headings.SPLIT,
        patches=_instead("x.sum(dim=1)"),
    ),
    Mistake(
        "only_the_first_head",
        "Only the first head is kept.",
        "The result has the numbers of all heads: num_heads · d_head of them per position.",
        headings.SPLIT,
        patches=_instead("x[:, 0]"),
    ),
    Mistake(
        "positions_side_by_side",
        "The heads are put behind one another along the positions.",
        "The length stays as it was; the last axis becomes longer.",
        headings.SPLIT,
        patches=_instead("x.flatten(1, 2)"),
    ),
    Mistake(
        "positions_merged",
        "The positions are merged into the last axis instead of the heads.",
        "Each position keeps a vector of its own, of num_heads · d_head numbers.",
        headings.SPLIT,
        patches=_instead("x.flatten(2)"),
    ),
    Mistake(
        "not_flattened",
        "The heads still have an axis of their own.",
        "The result has three axes: (batch, length, d_model).",
        headings.SPLIT,
        patches=_instead("x.transpose(1, 2)"),
    ),
    Mistake(
        "reversed_heads",
        "The heads are in reverse order.",
        "The first head comes first.",
        headings.SPLIT,
        patches=_instead("x.flip(1).transpose(1, 2).flatten(2)"),
    ),
    Mistake(
        "batch_and_length_swapped",
        "Batch and positions have changed places.",
        "The batch stays the first axis.",
        headings.SPLIT,
        patches=_instead("x.permute(2, 0, 1, 3).flatten(2)"),
    ),
    Mistake(
        "squeezed",
        "Axes of size 1 are dropped from the result.",
        "A batch of one is still a batch: squeeze only axes that you name.",
        headings.SPLIT,
        patches=_instead("x.transpose(1, 2).flatten(2).squeeze()"),
    ),
    Mistake(
        "no_gradient",
        "The values are right, but no gradient flows back to x.",
        "`detach`, `.data`, `no_grad` or a tensor made anew cut the graph: the heads would never learn.",
        headings.SPLIT,
        patches=_instead("x.transpose(1, 2).flatten(2).detach()"),
    ),
    Mistake(
        "view_after_transpose",
        "`view` is used after the transpose, which refuses tensors in that memory order.",
        "`transpose` moves nothing in memory, and `view` cannot follow it; `reshape` copies where it must.",
        headings.SPLIT,
        patches=_instead("x.transpose(1, 2).view(x.shape[0], x.shape[2], -1)"),
    ),
    Mistake(
        "unchecked",
        "The number of axes is not checked.",
        "Anything but four axes must give a ValueError with the shape in its message.",
        headings.SPLIT,
        patches=(("x.dim() != 4", "False"),),
    ),
)


def _merge(draw: Draw, dtype: torch.dtype = torch.float32, **options: bool) -> dict:
    batch, length, num_heads, d_head = draw.sizes(4, low=2, high=6)
    return call(draw.normal(batch, num_heads, length, d_head, dtype=dtype), **options)


def _numbered(draw: Draw) -> dict:
    """Small whole numbers in order, so that a learner can follow each with a finger."""
    return call(torch.arange(12, dtype=torch.float32).reshape(1, 3, 2, 2))


def _axes(draw: Draw, count: int) -> dict:
    shape = [*draw.large(2), *draw.sizes(count - 2, low=2, high=6)]
    return raises(call(draw.normal(*shape)), *shape)


MERGE_HEADS = Exercise(
    name="merge_heads",
    points={"values": 2.0, "gradients": 1.0, "errors": 1.0},
    section=headings.SPLIT,
    forbidden=(ATTENTION,),
    cases=(
        Case("values", "the numbers 0 to 11, three heads", _numbered, public=True),
        Case("values", "a batch", _merge, public=True),
        Case("values", "float64", lambda draw: _merge(draw, DOUBLE)),
        Case("values", "an input in another memory order", lambda draw: _merge(draw, strided=True)),
        Case("values", "a batch of one", lambda draw: call(draw.normal(1, 3, 4, 2)), public=True),
        Case("values", "a single position", lambda draw: call(draw.normal(2, 3, 1, 4))),
        Case("values", "a single head", lambda draw: call(draw.normal(3, 1, 4, 5))),
        Case("values", "heads of size one", lambda draw: call(draw.normal(2, 4, 3, 1))),
        Case("values", "a long sequence", lambda draw: call(draw.normal(*draw.large(2), 3, 2))),
        Case("gradients", "gradients", lambda draw: _merge(draw, grad=True), public=True),
        Case("errors", "three axes", lambda draw: _axes(draw, 3), public=True),
        Case("errors", "five axes", lambda draw: _axes(draw, 5)),
    ),
    mistakes=MISTAKES,
    hints=(
        "It is split_heads backwards. Which of its two steps has to be undone first?",
        "First bring the positions before the heads again; only then may the last two axes become one.",
        "Exchange axes 1 and 2, then flatten from axis 2 on. After a transpose, `view` may refuse where `reshape` "
        "does not.",
    ),
)
