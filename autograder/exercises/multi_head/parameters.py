"""Exercise `count_parameters` of lesson 2: cases, mistakes, hints."""

from __future__ import annotations

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call
from autograder.exercises.multi_head import headings
from autograder.exercises.rules import ATTENTION


def _instead(new: str) -> tuple[tuple[str, str], ...]:
    return (("return 4 * (d_model * d_model + d_model)", f"return {new}"),)


MISTAKES = (
    Mistake(
        "no_biases",
        "The biases are not counted.",
        "Each projection also learns one number per output.",
        headings.COST,
        patches=_instead("4 * d_model * d_model"),
    ),
    Mistake(
        "three_projections",
        "One projection is missing: only three are counted.",
        "Query, key, value, and output: there are four.",
        headings.COST,
        patches=_instead("3 * (d_model * d_model + d_model)"),
    ),
    Mistake(
        "one_projection",
        "Only one projection is counted.",
        "Query, key, value, and output: there are four.",
        headings.COST,
        patches=_instead("d_model * d_model + d_model"),
    ),
    Mistake(
        "full_size_for_every_head",
        "Every head is counted with projections of the full size.",
        "A head's own matrices have d_model / num_heads columns; all heads together have d_model.",
        headings.COST,
        patches=_instead("4 * num_heads * (d_model * d_model + d_model)"),
    ),
    Mistake(
        "full_size_for_every_input_head",
        "Query, key and value are counted with the full size for every head.",
        "A head's own matrices have d_model / num_heads columns; all heads together have d_model.",
        headings.COST,
        patches=_instead("(3 * num_heads + 1) * (d_model * d_model + d_model)"),
    ),
    Mistake(
        "one_head_only",
        "Only the share of one head is counted.",
        "There are num_heads of them.",
        headings.COST,
        patches=_instead("4 * (d_model * (d_model // num_heads) + d_model // num_heads)"),
    ),
    Mistake(
        "heads_see_their_part_only",
        "Each head is taken to read only its own d_head numbers.",
        "The projections come before the split: every head reads all d_model numbers of a position.",
        headings.COST,
        patches=_instead("4 * num_heads * ((d_model // num_heads) ** 2 + d_model // num_heads)"),
    ),
    Mistake(
        "one_bias_each",
        "Each projection is counted with a single number as its bias.",
        "A bias has one number for each output, d_model in all.",
        headings.COST,
        patches=_instead("4 * (d_model * d_model + 1)"),
    ),
    Mistake(
        "a_float",
        "The result is a float.",
        "A count is an int: divide by // where you divide.",
        headings.COST,
        patches=_instead("4.0 * (d_model * d_model + d_model)"),
    ),
)


def _sizes(draw: Draw, low: int = 2, high: int = 9) -> dict:
    num_heads, d_head = draw.sizes(2, low=low, high=high)
    return call(num_heads * d_head, num_heads)


COUNT_PARAMETERS = Exercise(
    name="count_parameters",
    points={"values": 1.0},
    section=headings.COST,
    forbidden=(ATTENTION,),
    cases=(
        Case("values", "small sizes", _sizes, public=True),
        Case("values", "larger sizes", lambda draw: _sizes(draw, 10, 40), public=True),
        Case("values", "a single head", lambda draw: call(draw.integer(3, 30), 1)),
        Case("values", "heads of size one", lambda draw: call(*[draw.integer(3, 30)] * 2)),
    ),
    mistakes=MISTAKES,
    hints=(
        "Which of the things that you wrote in __init__ learn anything? List their weights and biases with shapes.",
        "An nn.Linear(a, b) has a · b weights and b biases.",
        "Four projections, each from d_model to d_model. Does the number of heads appear anywhere?",
    ),
)
