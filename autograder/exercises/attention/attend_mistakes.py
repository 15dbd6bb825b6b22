"""Mistakes in scores, softmax, results and checks of `scaled_dot_product_attention`. Used by `attend`."""

from __future__ import annotations

from autograder.exercises.attention import headings
from autograder.exercises.model import Mistake

_SCORES = "scores = attention_scores(query, key)"
_WEIGHTS = "weights = stable_softmax(scores)"
_RETURN = "return weights @ value, weights"

MISTAKES = (
    Mistake(
        "no_scale",
        "The scores are not divided by √d_k.",
        "Their spread grows with √d_k, so that for large d_k the softmax looks at a single key.",
        headings.SCALE,
        patches=((_SCORES, "scores = query @ key.transpose(-2, -1)"),),
    ),
    Mistake(
        "scale_by_d",
        "The scores are divided by d_k instead of √d_k, or by √d_k twice.",
        "That makes the weights almost equal. `attention_scores` has divided already.",
        headings.SCALE,
        patches=((_SCORES, "scores = query @ key.transpose(-2, -1) / query.shape[-1]"),),
    ),
    Mistake(
        "scale_by_length",
        "The scores are divided by the square root of the number of keys.",
        "d_k is the size of the last axis of query and key.",
        headings.SCALE,
        patches=((_SCORES, "scores = query @ key.transpose(-2, -1) / math.sqrt(key.shape[-2])"),),
    ),
    Mistake(
        "scale_multiplied",
        "The scores are multiplied by √d_k instead of divided.",
        "That makes their spread larger, not 1.",
        headings.SCALE,
        patches=((_SCORES, "scores = query @ key.transpose(-2, -1) * math.sqrt(query.shape[-1])"),),
    ),
    Mistake(
        "scale_after_softmax",
        "The division by √d_k comes after the softmax.",
        "Then the weights no longer sum to 1, and the softmax was as sharp as without it.",
        headings.SCALE,
        patches=(
            (_SCORES, "scores = query @ key.transpose(-2, -1)"),
            (_WEIGHTS, "weights = stable_softmax(scores) / math.sqrt(query.shape[-1])"),
        ),
    ),
    Mistake(
        "scale_by_d_model",
        "With heads, the scores are divided by √(heads · d_k).",
        "The sum of a dot product runs over d_k numbers, however many heads there are.",
        headings.SCALE,
        patches=(
            (
                _SCORES,
                "heads = query.shape[-3] if query.dim() > 3 else 1\n"
                "    scores = query @ key.transpose(-2, -1) / math.sqrt(heads * query.shape[-1])",
            ),
        ),
    ),
    Mistake(
        "softmax_over_queries",
        "The softmax runs over the queries instead of the keys.",
        "Each query shares out its attention among the keys: the last axis must sum to 1.",
        headings.ATTENTION,
        patches=((_WEIGHTS, "weights = stable_softmax(scores, dim=-2)"),),
    ),
    Mistake(
        "softmax_over_axis_1",
        "The softmax runs along axis 1 instead of the last axis.",
        "With heads, axis 1 is the heads; without, it is the queries. The keys are always the last axis.",
        headings.ATTENTION,
        patches=((_WEIGHTS, "weights = stable_softmax(scores, dim=min(1, scores.dim() - 1))"),),
    ),
    Mistake(
        "softmax_over_axis_0",
        "The softmax runs along axis 0 instead of the last axis.",
        "Axis 0 is the batch, and sequences of a batch have nothing to do with each other. The keys are the last axis.",
        headings.ATTENTION,
        patches=((_WEIGHTS, "weights = stable_softmax(scores, dim=0)"),),
    ),
    Mistake(
        "no_maximum",
        "The softmax is written out without subtracting the maximum.",
        "Large scores overflow to ∞, and ∞ / ∞ is NaN; your stable_softmax knows what to do.",
        headings.SOFTMAX,
        patches=(
            (
                _WEIGHTS,
                "weights = torch.exp(scores)\n"
                "    total = weights.sum(dim=-1, keepdim=True)\n"
                "    weights = weights / total.masked_fill(total == 0, 1.0)",
            ),
        ),
    ),
    Mistake(
        "naive_softmax",
        "The softmax is exp divided by its sum, and nothing more.",
        "Large scores overflow, and a query that may attend to nothing gives 0 / 0; your stable_softmax handles both.",
        headings.SOFTMAX,
        patches=((_WEIGHTS, "weights = torch.exp(scores) / torch.exp(scores).sum(dim=-1, keepdim=True)"),),
    ),
    Mistake(
        "no_softmax",
        "There is no softmax: the scores themselves are used as weights.",
        "Weights are positive and sum to 1 for each query.",
        headings.ATTENTION,
        patches=((_WEIGHTS, "weights = scores"),),
    ),
    Mistake(
        "no_exponential",
        "The scores are divided by their sum, without an exponential.",
        "Negative scores would give negative weights.",
        headings.ATTENTION,
        patches=((_WEIGHTS, "weights = scores / scores.sum(dim=-1, keepdim=True)"),),
    ),
    Mistake(
        "query_and_key_swapped",
        "Query and key have changed places in the product.",
        "Rows of the weights belong to queries, columns to keys.",
        headings.ATTENTION,
        patches=((_SCORES, "scores = attention_scores(key, query)"),),
    ),
    Mistake(
        "value_is_key",
        "The keys are mixed instead of the values.",
        "Keys say where to look, values say what is found there.",
        headings.ATTENTION,
        patches=((_RETURN, "return weights @ key, weights"),),
    ),
    Mistake(
        "squeezed",
        "Axes of size 1 are dropped from the result.",
        "A batch of one is still a batch: squeeze only axes that you name.",
        headings.ATTENTION,
        patches=((_RETURN, "return (weights @ value).squeeze(), weights"),),
    ),
    Mistake(
        "results_swapped",
        "Output and weights are returned in the wrong order.",
        "The output comes first.",
        headings.ATTENTION,
        patches=((_RETURN, "return weights, weights @ value"),),
    ),
    Mistake(
        "no_weights",
        "Only the output is returned.",
        "The function returns two tensors: output and weights.",
        headings.ATTENTION,
        patches=((_RETURN, "return weights @ value"),),
    ),
    Mistake(
        "detached_weights",
        "The values are right, but no gradient flows through the weights.",
        "`detach`, `.data` or `no_grad` cut the graph: queries and keys would never learn.",
        headings.ATTENTION,
        patches=((_WEIGHTS, "weights = stable_softmax(scores).detach()"),),
    ),
    Mistake(
        "changed_input",
        "The query is scaled in place.",
        "The caller still needs it: `query /= …` changes the caller's tensor.",
        headings.ATTENTION,
        patches=((_SCORES, "scores = query.div_(math.sqrt(query.shape[-1])) @ key.transpose(-2, -1)"),),
    ),
    Mistake(
        "unchecked",
        "The mask and the shapes are not checked.",
        "A mask of numbers must be a TypeError, sizes that do not fit a ValueError with both shapes.",
        headings.ATTENTION,
        code=(
            "def scaled_dot_product_attention(query, key, value, mask=None):\n"
            "    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])\n"
            "    if mask is not None:\n"
            "        scores = torch.where(mask.bool(), scores, -math.inf)\n"
            "    weights = stable_softmax(scores)\n"
            "    return weights @ value, weights\n"
        ),
    ),
    Mistake(
        "shapes_unchecked",
        "The shapes are not checked.",
        "Sizes that do not fit must be a ValueError with both shapes, not torch's own error.",
        headings.ATTENTION,
        patches=(
            ("value.dim() < 2 or key.shape[:-1] != value.shape[:-1]", "False"),
            (
                "not 2 <= mask.dim() <= scores.dim() or any(size not in (1, wanted) for size, wanted in sizes)",
                "False",
            ),
        ),
    ),
)
