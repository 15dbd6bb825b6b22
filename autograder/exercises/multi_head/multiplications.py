"""Exercise `count_multiplications` of lesson 2: cases, mistakes, hints."""

from __future__ import annotations

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call
from autograder.exercises.multi_head import headings
from autograder.exercises.rules import ATTENTION

_PROJECTIONS = "projections = 2 * (query_length + key_length) * d_model * d_model"
_ATTENDING = "attending = 2 * query_length * key_length * d_model"
_SUM = "return projections + attending"


def _projections(new: str) -> tuple[tuple[str, str], ...]:
    return ((_PROJECTIONS, f"projections = {new}"),)


def _attending(new: str) -> tuple[tuple[str, str], ...]:
    return ((_ATTENDING, f"attending = {new}"),)


MISTAKES = (
    Mistake(
        "attention_times_heads",
        "The products of attention are counted with the full d_model for every head.",
        "A head's queries, keys and values have d_model / num_heads numbers; all heads together have d_model.",
        headings.COST,
        patches=_attending("2 * query_length * key_length * d_model * num_heads"),
    ),
    Mistake(
        "attention_of_one_head",
        "The products of attention are counted for one head only.",
        "Each of the num_heads heads has its own weights.",
        headings.COST,
        patches=_attending("2 * query_length * key_length * (d_model // num_heads)"),
    ),
    Mistake(
        "scores_only",
        "Only one of the two products of attention is counted.",
        "Queries meet keys, and then the weights mix the values: two products of the same size.",
        headings.COST,
        patches=_attending("query_length * key_length * d_model"),
    ),
    Mistake(
        "projections_only",
        "The products of attention itself are missing.",
        "Queries meet keys, and then the weights mix the values: two more products.",
        headings.COST,
        patches=((_SUM, "return projections"),),
    ),
    Mistake(
        "attention_only",
        "The projections are missing.",
        "Four matrices of size (d_model, d_model) are multiplied as well.",
        headings.COST,
        patches=((_SUM, "return attending"),),
    ),
    Mistake(
        "output_projection_missing",
        "The output projection is missing.",
        "After the heads are merged, each of the query_length positions is projected once more.",
        headings.COST,
        patches=_projections("(query_length + 2 * key_length) * d_model * d_model"),
    ),
    Mistake(
        "everything_has_query_length",
        "All four projections are counted with the length of the query.",
        "Keys and values are projected for each of the key_length positions.",
        headings.COST,
        patches=_projections("4 * query_length * d_model * d_model"),
    ),
    Mistake(
        "everything_has_key_length",
        "All four projections are counted with the length of the keys.",
        "The query and the output have query_length positions.",
        headings.COST,
        patches=_projections("4 * key_length * d_model * d_model"),
    ),
    Mistake(
        "output_has_key_length",
        "The output projection is counted with the length of the keys.",
        "The output has one position per query.",
        headings.COST,
        patches=_projections("(query_length + 3 * key_length) * d_model * d_model"),
    ),
    Mistake(
        "self_attention_scores",
        "The weights are counted as a square, query_length by query_length.",
        "Each query meets key_length keys.",
        headings.COST,
        patches=_attending("2 * query_length * query_length * d_model"),
    ),
    Mistake(
        "projections_of_one_head",
        "The projections are counted for one head only.",
        "All heads together have d_model columns.",
        headings.COST,
        patches=_projections("2 * (query_length + key_length) * d_model * (d_model // num_heads)"),
    ),
    Mistake(
        "projections_for_every_head",
        "The projections are counted with the full size for every head.",
        "A head's share of a projection has d_model / num_heads columns; all heads together have d_model.",
        headings.COST,
        patches=_projections("2 * (query_length + key_length) * d_model * d_model * num_heads"),
    ),
    Mistake(
        "flops",
        "Every multiplication is counted with an addition: twice as many.",
        "That is how floating point operations are often counted. Asked are the multiplications alone.",
        headings.COST,
        patches=((_SUM, "return 2 * (projections + attending)"),),
    ),
    Mistake(
        "a_float",
        "The result is a float.",
        "A count is an int: divide by // where you divide.",
        headings.COST,
        patches=((_SUM, "return float(projections + attending)"),),
    ),
)


def _sizes(draw: Draw, low: int = 2, high: int = 9) -> dict:
    query_length, key_length, num_heads, d_head = draw.sizes(4, low=low, high=high)
    return call(query_length, key_length, num_heads * d_head, num_heads)


def _long(draw: Draw) -> dict:
    """Long sequences and a narrow model: here attention itself costs most."""
    return call(draw.integer(300, 600), draw.integer(700, 900), 12, 3)


COUNT_MULTIPLICATIONS = Exercise(
    name="count_multiplications",
    points={"values": 2.0},
    section=headings.COST,
    forbidden=(ATTENTION,),
    cases=(
        Case("values", "small sizes", _sizes, public=True),
        Case("values", "larger sizes", lambda draw: _sizes(draw, 10, 40), public=True),
        Case("values", "long sequences", _long, public=True),
        Case("values", "one query", lambda draw: call(1, draw.integer(5, 9), 12, 4)),
        Case(
            "values",
            "a single head",
            lambda draw: call(draw.integer(2, 5), draw.integer(6, 9), draw.integer(10, 20), 1),
        ),
    ),
    mistakes=MISTAKES,
    hints=(
        "List the matrix products of your forward in order, with the shapes of both sides, for one head or for all.",
        "Projecting n positions takes n · d_model · d_model. Which two of the four have query_length positions?",
        "One head's scores take query_length · d_head · key_length, and mixing the values as many. Sum over heads: "
        "what is num_heads · d_head?",
    ),
)
