"""Exercise `split_heads` of lesson 2: cases, mistakes, hints."""

from __future__ import annotations

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises, refused
from autograder.exercises.multi_head import headings
from autograder.exercises.rules import ATTENTION

DOUBLE = torch.float64

_CUT = "x = x.reshape(batch, length, num_heads, d_model // num_heads)"
_TURN = "return x.transpose(1, 2)"
_CHECKS = (("x.dim() != 3", "False"), ("d_model % num_heads != 0", "False"))

MISTAKES = (
    Mistake(
        "split_without_transpose",
        "The result is reshaped straight into (batch, num_heads, length, d_head).",
        "That cuts the sequence into pieces, not the vectors: a head gets all numbers of some positions "
        "instead of some numbers of all positions.",
        headings.SPLIT,
        patches=((_CUT, "x = x.reshape(batch, num_heads, length, d_model // num_heads)"), (_TURN, "return x")),
    ),
    Mistake(
        "interleaved_heads",
        "The heads take turns: neighbouring columns go to different heads.",
        "Head h gets one block of columns, those from h · d_head on. Given weights only make sense in that order.",
        headings.SPLIT,
        patches=(
            (_CUT, "x = x.reshape(batch, length, d_model // num_heads, num_heads)"),
            (_TURN, "return x.permute(0, 3, 1, 2)"),
        ),
    ),
    Mistake(
        "head_axis_last_but_one",
        "The heads stand behind the positions: (batch, length, num_heads, d_head).",
        "Attention works on the last two axes, so that these must be length and d_head; the heads come before.",
        headings.SPLIT,
        patches=((_TURN, "return x"),),
    ),
    Mistake(
        "heads_in_the_batch",
        "Batch and heads share one axis.",
        "The heads get an axis of their own: four axes in all.",
        headings.SPLIT,
        patches=((_TURN, "return x.transpose(1, 2).flatten(0, 1)"),),
    ),
    Mistake(
        "heads_before_the_batch",
        "The heads stand before the batch: (num_heads, batch, length, d_head).",
        "The batch stays the first axis.",
        headings.SPLIT,
        patches=((_TURN, "return x.permute(2, 0, 1, 3)"),),
    ),
    Mistake(
        "num_heads_taken_for_d_head",
        "num_heads is taken for the size of a head.",
        "num_heads says how many parts there are. The size of each is d_model / num_heads.",
        headings.SPLIT,
        patches=((_CUT, "x = x.reshape(batch, length, d_model // num_heads, num_heads)"),),
    ),
    Mistake(
        "transposed_twice",
        "Positions and features have changed places: (batch, num_heads, d_head, length).",
        "The positions come before the features of a head.",
        headings.SPLIT,
        patches=((_TURN, "return x.permute(0, 2, 3, 1)"),),
    ),
    Mistake(
        "copied_heads",
        "Every head gets the first block of columns.",
        "The columns are shared out: each belongs to exactly one head.",
        headings.SPLIT,
        patches=((_TURN, "return x.transpose(1, 2)[:, :1].repeat(1, num_heads, 1, 1)"),),
    ),
    Mistake(
        "reversed_heads",
        "The heads are in reverse order.",
        "Head 0 gets the first block of columns.",
        headings.SPLIT,
        patches=((_TURN, "return x.transpose(1, 2).flip(1)"),),
    ),
    Mistake(
        "squeezed",
        "Axes of size 1 are dropped from the result.",
        "A batch of one is still a batch: squeeze only axes that you name.",
        headings.SPLIT,
        patches=((_TURN, "return x.transpose(1, 2).squeeze()"),),
    ),
    Mistake(
        "a_list_of_heads",
        "The heads are returned as a list.",
        "One tensor with an axis for the heads lets all of them be computed at once.",
        headings.SPLIT,
        patches=((_TURN, "return list(x.transpose(1, 2).unbind(1))"),),
    ),
    Mistake(
        "no_gradient",
        "The values are right, but no gradient flows back to x.",
        "`detach`, `.data`, `no_grad` or a tensor made anew cut the graph: the projections would never learn.",
        headings.SPLIT,
        patches=((_TURN, "return x.transpose(1, 2).detach()"),),
    ),
    Mistake(
        "remainder_dropped",
        "If num_heads does not divide d_model, the columns that are left over are dropped.",
        "Numbers would be lost without a word: that must be a ValueError with both numbers.",
        headings.SPLIT,
        patches=(
            ("d_model % num_heads != 0", "False"),
            (_CUT, "x = x[..., : d_model - d_model % num_heads].reshape(batch, length, num_heads, -1)"),
        ),
    ),
    Mistake(
        "unchecked",
        "Nothing is checked.",
        "A d_model that num_heads does not divide, and a number of axes other than three, must give a ValueError that "
        "says so.",
        headings.SPLIT,
        code=("def split_heads(x, num_heads):\n    return torch.stack(x.tensor_split(num_heads, dim=-1), dim=-3)\n"),
    ),
    Mistake(
        "torch_speaks",
        "Sizes that do not fit give torch's own error.",
        "A ValueError is expected, with d_model and num_heads, or the shape, in its message.",
        headings.SPLIT,
        patches=_CHECKS,
    ),
)


def split_inputs(draw: Draw, dtype: torch.dtype = torch.float32) -> tuple[torch.Tensor, int]:
    """x and num_heads; batch, length, num_heads and d_head are pairwise different."""
    batch, length, num_heads, d_head = draw.sizes(4, low=2, high=6)
    return draw.normal(batch, length, num_heads * d_head, dtype=dtype), num_heads


def _split(draw: Draw, dtype: torch.dtype = torch.float32, **options: bool) -> dict:
    return call(*split_inputs(draw, dtype), **options)


def _numbered(draw: Draw) -> dict:
    """Small whole numbers in order, so that a learner can follow each with a finger."""
    return call(torch.arange(12, dtype=torch.float32).reshape(1, 2, 6), 3)


def _one_of(draw: Draw, batch: int, length: int, num_heads: int, d_head: int) -> dict:
    return call(draw.normal(batch, length, num_heads * d_head), num_heads)


def _not_divisible(draw: Draw, fault: bool = True) -> dict:
    num_heads = draw.integer(11, 20)  # two digits, which stand in no message by chance
    d_model = draw.integer(3, 8) * num_heads + fault * draw.integer(1, num_heads)
    return raises(call(draw.normal(1, 3, d_model), num_heads), d_model, num_heads, fault=fault)


def _axes(draw: Draw, count: int) -> dict:
    *lead, num_heads = [*draw.large(2), *draw.sizes(2)][:count]
    shape = (*lead, 2 * num_heads)
    return raises(call(draw.normal(*shape), num_heads), *shape)


SPLIT_HEADS = Exercise(
    name="split_heads",
    points={"values": 2.0, "gradients": 1.0, "errors": 1.0},
    section=headings.SPLIT,
    forbidden=(ATTENTION,),
    cases=(
        Case("values", "the numbers 0 to 11, three heads", _numbered, public=True),
        Case("values", "a batch", _split, public=True),
        Case("values", "float64", lambda draw: _split(draw, DOUBLE)),
        Case("values", "an input in another memory order", lambda draw: _split(draw, strided=True)),
        Case("values", "a batch of one", lambda draw: _one_of(draw, 1, 4, 2, 3), public=True),
        Case("values", "a single position", lambda draw: _one_of(draw, 2, 1, 3, 4)),
        Case("values", "a single head", lambda draw: _one_of(draw, 3, 4, 1, 5)),
        Case("values", "heads of size one", lambda draw: _one_of(draw, 2, 3, 4, 1)),
        Case("values", "a long sequence", lambda draw: _one_of(draw, *draw.large(2), 3, 2)),
        Case("gradients", "gradients", lambda draw: _split(draw, grad=True), public=True),
        *refused("num_heads does not divide d_model", _not_divisible, public=True),
        Case("errors", "two axes", lambda draw: _axes(draw, 2)),
        Case("errors", "four axes", lambda draw: _axes(draw, 4), public=True),
    ),
    mistakes=MISTAKES,
    hints=(
        "Follow one position: its d_model numbers are cut into num_heads pieces. Which axis is cut, which ones stay?",
        "Reshape only the last axis into two, (num_heads, d_head). Then bring the axes into the order that is asked.",
        "After the reshape to (batch, length, num_heads, d_head), exchange axes 1 and 2.",
    ),
)
