"""The named mistakes of lesson 1, as patches of its reference. Real ones: see the catalogue's sections A and B."""

from __future__ import annotations

from autograder.exercises.model import Mistake

_SOFTMAX = "A softmax that does not overflow"
_SCALE = "Why √d_k"
_MASKS = "Masks: who may look where"
_ATTENTION = "Attention without a loop"

_DIVIDE = "    return exponentials / total.masked_fill(total == 0, 1.0)  # an empty slice: 0 / 1 = 0\n"

STABLE_SOFTMAX = (
    Mistake(
        "no_maximum",
        "The maximum is not subtracted.",
        "exp overflows beyond 88 in float32, and ∞ / ∞ is NaN.",
        _SOFTMAX,
        patches=(("torch.exp(scores - maximum.detach())", "torch.exp(scores)"),),
    ),
    Mistake(
        "global_maximum",
        "One maximum is subtracted from all slices.",
        "A slice far below it underflows to zeros; each slice needs its own maximum.",
        _SOFTMAX,
        patches=(("scores.amax(dim=dim, keepdim=True)", "scores.max()"),),
    ),
    Mistake(
        "dim_ignored",
        "The sum always runs along the last axis.",
        "The argument `dim` says along which axis the weights must sum to 1.",
        _SOFTMAX,
        patches=(
            ("scores.amax(dim=dim, keepdim=True)", "scores.amax(dim=-1, keepdim=True)"),
            ("exponentials.sum(dim=dim, keepdim=True)", "exponentials.sum(dim=-1, keepdim=True)"),
        ),
    ),
    Mistake(
        "sum_over_everything",
        "The exponentials are divided by the sum over the whole tensor.",
        "Each slice along `dim` has its own sum; all weights together must not sum to 1.",
        _SOFTMAX,
        patches=(
            ("scores.amax(dim=dim, keepdim=True)", "scores.amax()"),
            ("exponentials.sum(dim=dim, keepdim=True)", "exponentials.sum()"),
        ),
    ),
    Mistake(
        "no_exponential",
        "The scores are divided by their sum, without an exponential.",
        "Negative scores would give negative weights; exp makes every weight positive.",
        _SOFTMAX,
        code="def stable_softmax(scores, dim=-1):\n    return scores / scores.sum(dim=dim, keepdim=True)\n",
    ),
    Mistake(
        "logarithm",
        "This is the logarithm of the softmax.",
        "Weights lie between 0 and 1 and sum to 1.",
        _SOFTMAX,
        patches=((_DIVIDE, "    return scores - maximum - torch.log(total)\n"),),
    ),
    Mistake(
        "empty_nan",
        "A slice that holds only −inf gives NaN.",
        "−inf − (−inf) is NaN, and so is 0 / 0. One such row spoils everything that is computed from it.",
        _SOFTMAX,
        patches=(
            ("    maximum = maximum.masked_fill(maximum == -math.inf, 0.0)\n", ""),
            (".masked_fill(total == 0, 1.0)", ""),
        ),
    ),
    Mistake(
        "empty_uniform",
        "A slice that holds only −inf gets equal weights.",
        "Whoever may attend to nothing must attend to nothing: all weights are 0.",
        _SOFTMAX,
        code=(
            "def stable_softmax(scores, dim=-1):\n"
            "    scores = scores.clamp(min=-1e9)\n"
            "    exponentials = torch.exp(scores - scores.amax(dim=dim, keepdim=True))\n"
            "    return exponentials / exponentials.sum(dim=dim, keepdim=True)\n"
        ),
    ),
    Mistake(
        "empty_gradient_nan",
        "The weights are right, but the gradients of an empty slice are NaN.",
        "Repairing NaN afterwards (nan_to_num, where) repairs the result, not the gradient: avoid 0 / 0.",
        _SOFTMAX,
        code=(
            "def stable_softmax(scores, dim=-1):\n"
            "    exponentials = torch.exp(scores - scores.amax(dim=dim, keepdim=True))\n"
            "    weights = exponentials / exponentials.sum(dim=dim, keepdim=True)\n"
            "    return torch.where(torch.isnan(weights), torch.zeros_like(weights), weights)\n"
        ),
    ),
    Mistake(
        "changed_input",
        "The scores are overwritten.",
        "The caller still needs them: an operation that ends in _ or an assignment with -= changes them.",
        _SOFTMAX,
        patches=(("torch.exp(scores - maximum.detach())", "torch.exp(scores.sub_(maximum.detach()))"),),
    ),
    Mistake(
        "no_gradient",
        "The values are right, but no gradient flows back to the scores.",
        "`detach`, `.data`, `no_grad` or a tensor made anew cut the graph: nothing before it would learn.",
        _SOFTMAX,
        patches=(("torch.exp(scores - maximum.detach())", "torch.exp(scores.detach() - maximum.detach())"),),
    ),
)


def _scores_patch(new: str) -> tuple[tuple[str, str], ...]:
    return (("return query @ key.transpose(-2, -1) / math.sqrt(d_k)", f"return {new}"),)


ATTENTION_SCORES = (
    Mistake(
        "no_scale",
        "The scores are not divided by √d_k.",
        "Their spread grows with √d_k, so that for large d_k the softmax looks at a single key.",
        _SCALE,
        patches=_scores_patch("query @ key.transpose(-2, -1)"),
    ),
    Mistake(
        "scale_by_d",
        "The scores are divided by d_k instead of √d_k.",
        "The standard deviation of the dot products is √d_k; dividing by d_k makes the weights almost equal.",
        _SCALE,
        patches=_scores_patch("query @ key.transpose(-2, -1) / d_k"),
    ),
    Mistake(
        "scale_by_length",
        "The scores are divided by the square root of the number of keys.",
        "d_k is the size of the last axis; the number of keys has nothing to do with the spread of the scores.",
        _SCALE,
        patches=_scores_patch("query @ key.transpose(-2, -1) / math.sqrt(key.shape[-2])"),
    ),
    Mistake(
        "scale_multiplied",
        "The scores are multiplied by √d_k instead of divided.",
        "That makes their spread larger, not 1.",
        _SCALE,
        patches=_scores_patch("query @ key.transpose(-2, -1) * math.sqrt(d_k)"),
    ),
    Mistake(
        "transposed",
        "The scores are transposed: key times query.",
        "Rows belong to queries, columns to keys.",
        _SCALE,
        patches=_scores_patch("key @ query.transpose(-2, -1) / math.sqrt(d_k)"),
    ),
    Mistake(
        "distances",
        "These are distances, not dot products.",
        "The paper's scores are dot products; a later section of the lesson shows when both agree.",
        _SCALE,
        patches=_scores_patch("-torch.cdist(query, key) ** 2 / 2 / math.sqrt(d_k)"),
    ),
    Mistake(
        "cosine",
        "Queries and keys are divided by their lengths first.",
        "The length of a key carries information: how strongly it wants to be found.",
        _SCALE,
        patches=_scores_patch("F.normalize(query, dim=-1) @ F.normalize(key, dim=-1).transpose(-2, -1)"),
    ),
    Mistake(
        "query_with_itself",
        "The queries are compared with themselves, not with the keys.",
        "The second matrix of the product must be made of keys.",
        _SCALE,
        patches=_scores_patch("query @ query.transpose(-2, -1) / math.sqrt(d_k)"),
    ),
    Mistake(
        "softmax_included",
        "The softmax is already applied.",
        "This exercise asks for the scores before it.",
        _SCALE,
        patches=_scores_patch("stable_softmax(query @ key.transpose(-2, -1) / math.sqrt(d_k))"),
    ),
    Mistake(
        "squeezed",
        "Axes of size 1 are dropped from the result.",
        "A batch of one is still a batch: squeeze only axes that you name.",
        _SCALE,
        patches=_scores_patch("(query @ key.transpose(-2, -1) / math.sqrt(d_k)).squeeze()"),
    ),
    Mistake(
        "changed_input",
        "The query is scaled in place.",
        "The caller still needs it: `query /= …` changes the caller's tensor.",
        _SCALE,
        patches=_scores_patch("query.div_(math.sqrt(d_k)) @ key.transpose(-2, -1)"),
    ),
    Mistake(
        "unchecked",
        "The shapes are not checked.",
        "Sizes that do not fit must give a ValueError with both shapes, not torch's own error or a silent broadcast.",
        _SCALE,
        code=(
            "def attention_scores(query, key):\n    return query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])\n"
        ),
    ),
)


def _padding_patch(new: str) -> tuple[tuple[str, str], ...]:
    return (("return (positions < lengths.unsqueeze(1)).unsqueeze(1)", f"return {new}"),)


PADDING_MASK = (
    Mistake(
        "mask_inverted",
        "The mask is the wrong way round.",
        "Here True means “may attend”: real positions are True, padding is False.",
        _MASKS,
        patches=_padding_patch("(positions >= lengths.unsqueeze(1)).unsqueeze(1)"),
    ),
    Mistake(
        "one_too_many",
        "One position too many is marked as real.",
        "Positions count from 0: in a sequence of length n the last real one is n − 1.",
        _MASKS,
        patches=_padding_patch("(positions <= lengths.unsqueeze(1)).unsqueeze(1)"),
    ),
    Mistake(
        "on_queries",
        "The mask lies on the query axis.",
        "Padding must not be looked *at*: the positions belong on the last axis, that of the keys.",
        _MASKS,
        patches=_padding_patch("(positions < lengths.unsqueeze(1)).unsqueeze(2)"),
    ),
    Mistake(
        "no_query_axis",
        "The axis for the queries is missing.",
        "(batch, max_length) meets scores of (batch, query_length, key_length) on the wrong axes; "
        "an axis of size 1 in the middle puts it right.",
        _MASKS,
        patches=_padding_patch("positions < lengths.unsqueeze(1)"),
    ),
    Mistake(
        "left_padding",
        "The padding is taken to be on the left.",
        "In this course sequences begin at position 0 and the padding follows.",
        _MASKS,
        patches=_padding_patch("(positions >= max_length - lengths.unsqueeze(1)).unsqueeze(1)"),
    ),
    Mistake(
        "not_bool",
        "The mask holds numbers instead of True and False.",
        "A mask of dtype bool cannot be mistaken for one that is added or multiplied.",
        _MASKS,
        patches=_padding_patch("(positions < lengths.unsqueeze(1)).unsqueeze(1).float()"),
    ),
    Mistake(
        "unchecked",
        "The lengths are not checked.",
        "A length beyond max_length is a mistake somewhere else; unnoticed, it cuts a sequence off.",
        _MASKS,
        code=(
            "def padding_mask(lengths, max_length):\n"
            "    return (torch.arange(max_length) < lengths.unsqueeze(1)).unsqueeze(1)\n"
        ),
    ),
)


def _causal_patch(new: str) -> tuple[tuple[str, str], ...]:
    return (("return torch.ones(length, length, dtype=torch.bool).tril()", f"return {new}"),)


CAUSAL_MASK = (
    Mistake(
        "excludes_self",
        "A position may not attend to itself.",
        "Entry [i, i] must be True; without it the first row allows nothing at all.",
        _MASKS,
        patches=_causal_patch("torch.ones(length, length, dtype=torch.bool).tril(diagonal=-1)"),
    ),
    Mistake(
        "upper",
        "Each position sees itself and the future instead of the past.",
        "Rows are queries: row i is True in the columns 0 … i, the lower triangle.",
        _MASKS,
        patches=_causal_patch("torch.ones(length, length, dtype=torch.bool).triu()"),
    ),
    Mistake(
        "mask_inverted",
        "The mask is the wrong way round: it marks what is blocked.",
        "Here True means “may attend”.",
        _MASKS,
        patches=_causal_patch("torch.ones(length, length, dtype=torch.bool).triu(diagonal=1)"),
    ),
    Mistake(
        "one_too_many",
        "Each position also sees the next one.",
        "That is the one it has to predict: the diagonal is the last column allowed.",
        _MASKS,
        patches=_causal_patch("torch.ones(length, length, dtype=torch.bool).tril(diagonal=1)"),
    ),
    Mistake(
        "nothing_blocked",
        "Nothing is blocked.",
        "Every position sees the future.",
        _MASKS,
        patches=_causal_patch("torch.ones(length, length, dtype=torch.bool)"),
    ),
    Mistake(
        "not_bool",
        "The mask holds numbers instead of True and False.",
        "A mask of dtype bool cannot be mistaken for one that is added or multiplied.",
        _MASKS,
        patches=_causal_patch("torch.ones(length, length).tril()"),
    ),
    Mistake(
        "additive",
        "This is a mask to be added: 0 and −inf.",
        "In this course masks are bool, and True means “may attend”.",
        _MASKS,
        patches=_causal_patch("torch.full((length, length), -math.inf).triu(diagonal=1)"),
    ),
)

_SCORES = "scores = attention_scores(query, key)"
_FILL = "scores = scores.masked_fill(~mask, -math.inf)"
_WEIGHTS = "weights = stable_softmax(scores)"
_RETURN = "return weights @ value, weights"

SCALED_DOT_PRODUCT_ATTENTION = (
    Mistake(
        "no_scale",
        "The scores are not divided by √d_k.",
        "Their spread grows with √d_k, so that for large d_k the softmax looks at a single key.",
        _SCALE,
        patches=((_SCORES, "scores = query @ key.transpose(-2, -1)"),),
    ),
    Mistake(
        "scale_by_d",
        "The scores are divided by d_k instead of √d_k, or by √d_k twice.",
        "That makes the weights almost equal. `attention_scores` has divided already.",
        _SCALE,
        patches=((_SCORES, "scores = query @ key.transpose(-2, -1) / query.shape[-1]"),),
    ),
    Mistake(
        "scale_by_length",
        "The scores are divided by the square root of the number of keys.",
        "d_k is the size of the last axis of query and key.",
        _SCALE,
        patches=((_SCORES, "scores = query @ key.transpose(-2, -1) / math.sqrt(key.shape[-2])"),),
    ),
    Mistake(
        "scale_multiplied",
        "The scores are multiplied by √d_k instead of divided.",
        "That makes their spread larger, not 1.",
        _SCALE,
        patches=((_SCORES, "scores = query @ key.transpose(-2, -1) * math.sqrt(query.shape[-1])"),),
    ),
    Mistake(
        "scale_after_softmax",
        "The division by √d_k comes after the softmax.",
        "Then the weights no longer sum to 1, and the softmax was as sharp as without it.",
        _SCALE,
        patches=(
            (_SCORES, "scores = query @ key.transpose(-2, -1)"),
            (_WEIGHTS, "weights = stable_softmax(scores) / math.sqrt(query.shape[-1])"),
        ),
    ),
    Mistake(
        "scale_by_d_model",
        "With heads, the scores are divided by √(heads · d_k).",
        "The sum of a dot product runs over d_k numbers, however many heads there are.",
        _SCALE,
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
        _ATTENTION,
        patches=((_WEIGHTS, "weights = stable_softmax(scores, dim=-2)"),),
    ),
    Mistake(
        "softmax_over_axis_1",
        "The softmax runs along axis 1 instead of the last axis.",
        "With heads, axis 1 is the heads; without, it is the queries. The keys are always the last axis.",
        _ATTENTION,
        patches=((_WEIGHTS, "weights = stable_softmax(scores, dim=min(1, scores.dim() - 1))"),),
    ),
    Mistake(
        "no_softmax",
        "There is no softmax: the scores themselves are used as weights.",
        "Weights are positive and sum to 1 for each query.",
        _ATTENTION,
        patches=((_WEIGHTS, "weights = scores"),),
    ),
    Mistake(
        "no_exponential",
        "The scores are divided by their sum, without an exponential.",
        "Negative scores would give negative weights.",
        _ATTENTION,
        patches=((_WEIGHTS, "weights = scores / scores.sum(dim=-1, keepdim=True)"),),
    ),
    Mistake(
        "query_and_key_swapped",
        "Query and key have changed places in the product.",
        "Rows of the weights belong to queries, columns to keys.",
        _ATTENTION,
        patches=((_SCORES, "scores = attention_scores(key, query)"),),
    ),
    Mistake(
        "value_is_key",
        "The keys are mixed instead of the values.",
        "Keys say where to look, values say what is found there.",
        _ATTENTION,
        patches=((_RETURN, "return weights @ key, weights"),),
    ),
    Mistake(
        "squeezed",
        "Axes of size 1 are dropped from the result.",
        "A batch of one is still a batch: squeeze only axes that you name.",
        _ATTENTION,
        patches=((_RETURN, "return (weights @ value).squeeze(), weights"),),
    ),
    Mistake(
        "results_swapped",
        "Output and weights are returned in the wrong order.",
        "The output comes first.",
        _ATTENTION,
        patches=((_RETURN, "return weights, weights @ value"),),
    ),
    Mistake(
        "no_weights",
        "Only the output is returned.",
        "The function returns two tensors: output and weights.",
        _ATTENTION,
        patches=((_RETURN, "return weights @ value"),),
    ),
    Mistake(
        "detached_weights",
        "The values are right, but no gradient flows through the weights.",
        "`detach`, `.data` or `no_grad` cut the graph: queries and keys would never learn.",
        _ATTENTION,
        patches=((_WEIGHTS, "weights = stable_softmax(scores).detach()"),),
    ),
    Mistake(
        "mask_ignored",
        "The mask has no effect.",
        "`masked_fill` returns a new tensor; its result has to be kept and used.",
        _MASKS,
        patches=((_FILL, "scores.masked_fill(~mask, -math.inf)"),),
    ),
    Mistake(
        "mask_inverted",
        "The mask is read the wrong way round.",
        "True means “may attend”; here exactly those positions are blocked.",
        _MASKS,
        patches=((_FILL, "scores = scores.masked_fill(mask, -math.inf)"),),
    ),
    Mistake(
        "mask_after_softmax",
        "The mask is applied after the softmax.",
        "Then the remaining weights no longer sum to 1: block the scores before the softmax.",
        _MASKS,
        patches=(
            (_FILL, "pass"),
            (_WEIGHTS, "weights = stable_softmax(scores) * (1 if mask is None else mask)"),
        ),
    ),
    Mistake(
        "mask_fill_zero",
        "Blocked scores become 0: filled with 0 or a tiny number, or multiplied by the mask.",
        "exp(0) is 1, so that a blocked key still gets weight. Only −inf gives weight 0.",
        _MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~mask, 0.0)"),),
    ),
    Mistake(
        "mask_fill_small",
        "Blocked scores are set to −10 or so.",
        "Visible scores can be lower than that; only −inf is lower than every score.",
        _MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~mask, -10.0)"),),
    ),
    Mistake(
        "mask_fill_thousands",
        "Blocked scores are set to −10,000.",
        "Visible scores can be lower than that; only −inf is lower than every score.",
        _MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~mask, -1e4)"),),
    ),
    Mistake(
        "mask_added",
        "The bool mask is added to the scores.",
        "That adds 1 where attending is allowed and blocks nothing.",
        _MASKS,
        patches=((_FILL, "scores = scores + mask"),),
    ),
    Mistake(
        "mask_of_the_first_query",
        "All queries use the mask of the first one.",
        "Each row of the mask belongs to its own query.",
        _MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~mask[..., :1, :], -math.inf)"),),
    ),
    Mistake(
        "mask_of_the_first_sequence",
        "The whole batch uses the mask of its first sequence.",
        "Each sequence has its own padding.",
        _MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~(mask[:1] if mask.dim() > 2 else mask), -math.inf)"),),
    ),
    Mistake(
        "empty_nan",
        "A query that may attend to nothing gives NaN.",
        "Its scores are all −inf, and 0 / 0 is NaN; your stable_softmax knows what to do with such a row.",
        _MASKS,
        patches=((_WEIGHTS, "weights = torch.softmax(scores, dim=-1)"),),
    ),
    Mistake(
        "empty_uniform",
        "A query that may attend to nothing attends to everything equally.",
        "A finite number such as −1e9 cannot tell such a row from an ordinary one; its weights must be 0.",
        _MASKS,
        patches=((_FILL, "scores = scores.masked_fill(~mask, -1e9)"),),
    ),
    Mistake(
        "changed_input",
        "The query is scaled in place.",
        "The caller still needs it: `query /= …` changes the caller's tensor.",
        _ATTENTION,
        patches=((_SCORES, "scores = query.div_(math.sqrt(query.shape[-1])) @ key.transpose(-2, -1)"),),
    ),
    Mistake(
        "unchecked",
        "The mask and the shapes are not checked.",
        "A mask of numbers must be a TypeError, sizes that do not fit a ValueError with both shapes.",
        _ATTENTION,
        code=(
            "def scaled_dot_product_attention(query, key, value, mask=None):\n"
            "    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])\n"
            "    if mask is not None:\n"
            "        scores = torch.where(mask.bool(), scores, -math.inf)\n"
            "    weights = stable_softmax(scores)\n"
            "    return weights @ value, weights\n"
        ),
    ),
)
