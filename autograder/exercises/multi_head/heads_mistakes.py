"""Mistakes of `MultiHeadAttention` with projections, heads and results. Used by `heads`."""

from __future__ import annotations

from autograder.exercises.model import Mistake
from autograder.exercises.multi_head import headings

QUERY = "query = split_heads(self.query_projection(query), self.num_heads)"
KEY = "key = split_heads(self.key_projection(key), self.num_heads)"
VALUE = "value = split_heads(self.value_projection(value), self.num_heads)"
ATTEND = "mixed, weights = attention.scaled_dot_product_attention(query, key, value, mask)"
MIXED = (
    "if self.dropout.p > 0:  # in training some weights are dropped: mix once more, with those that are left\n"
    "            mixed = self.dropout(weights) @ value"
)
RETURN = "return self.output_projection(merge_heads(mixed)), weights"
CHECK = "d_model % num_heads != 0"


def _layer(role: str, inputs: str = "d_model", outputs: str = "d_model", more: str = "") -> tuple[str, str]:
    made = f"self.{role}_projection = nn.Linear"
    return (f"{made}(d_model, d_model)", f"{made}({inputs}, {outputs}{more})")


def _each(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """The same change in the line of query, of key and of value."""
    return tuple((line, line.replace(old, new)) for line in (QUERY, KEY, VALUE))


MISTAKES = (
    Mistake(
        "query_and_key_weights_swapped",
        "The query goes through key_projection, and the key through query_projection.",
        "Trained from scratch it would learn as well, but given weights only fit their own names.",
        headings.HEADS,
        patches=((QUERY, QUERY.replace("query_proj", "key_proj")), (KEY, KEY.replace("key_proj", "query_proj"))),
    ),
    Mistake(
        "key_uses_query_projection",
        "Query and key share one projection.",
        "What a position looks for and what it offers are two different things: each has its own matrix.",
        headings.HEADS,
        patches=((KEY, KEY.replace("key_proj", "query_proj")),),
    ),
    Mistake(
        "value_uses_key_projection",
        "Key and value share one projection.",
        "What a position is found by and what it gives are two different things: each has its own matrix.",
        headings.HEADS,
        patches=((VALUE, VALUE.replace("value_proj", "key_proj")),),
    ),
    Mistake(
        "one_projection_for_all",
        "Query, key and value share one projection.",
        "Looking for, being found by and giving are three different things: each has its own matrix.",
        headings.HEADS,
        patches=((KEY, KEY.replace("key_proj", "query_proj")), (VALUE, VALUE.replace("value_proj", "query_proj"))),
    ),
    Mistake(
        "key_from_query",
        "Key and value are made from the query.",
        "Only in self-attention are the three inputs the same; here key and value may come from elsewhere.",
        headings.HEADS,
        patches=((KEY, KEY.replace("(key)", "(before)")), (VALUE, VALUE.replace("(value)", "(before)")))
        + ((QUERY, f"before = query\n        {QUERY}"),),
    ),
    Mistake(
        "value_from_key",
        "The values are made from the key input.",
        "The third input says what there is to find; value_projection belongs to it.",
        headings.HEADS,
        patches=((KEY, f"value = key\n        {KEY}"),),
    ),
    Mistake(
        "no_output_projection",
        "The output projection is not applied.",
        "Without it the heads' results only lie side by side: nothing brings them together.",
        headings.HEADS,
        patches=((RETURN, "return merge_heads(mixed), weights"),),
    ),
    Mistake(
        "no_value_projection",
        "The values are not projected.",
        "Each head must be able to choose what it takes from a position.",
        headings.HEADS,
        patches=((VALUE, "value = split_heads(value, self.num_heads)"),),
    ),
    Mistake(
        "one_wide_head",
        "The vectors are not split: there is one head of the full width.",
        "Each head compares only its own d_head numbers, and has its own softmax.",
        headings.HEADS,
        patches=_each("self.num_heads", "1"),
    ),
    Mistake(
        "split_without_transpose",
        "The heads are made by a reshape straight to (batch, num_heads, length, d_head).",
        "That cuts the sequence into pieces, not the vectors. Your split_heads does it right.",
        headings.SPLIT,
        patches=(
            (QUERY, "query = self.query_projection(query).reshape(len(query), self.num_heads, query.shape[1], -1)"),
            (KEY, "key = self.key_projection(key).reshape(len(key), self.num_heads, key.shape[1], -1)"),
            (VALUE, "value = self.value_projection(value).reshape(len(value), self.num_heads, value.shape[1], -1)"),
        ),
    ),
    Mistake(
        "merge_without_transpose",
        "The heads are reshaped together without exchanging heads and positions first.",
        "A reshape alone glues positions of one head together, not the heads of one position. Your merge_heads does "
        "it right.",
        headings.SPLIT,
        patches=((RETURN, RETURN.replace("merge_heads(mixed)", "mixed.reshape(len(mixed), mixed.shape[2], -1)")),),
    ),
    Mistake(
        "neither_transposed",
        "Splitting and merging are plain reshapes, without exchanging heads and positions.",
        "That cuts the sequence into pieces, not the vectors. Your split_heads and merge_heads do it right.",
        headings.SPLIT,
        patches=(
            (QUERY, "query = self.query_projection(query).reshape(len(query), self.num_heads, query.shape[1], -1)"),
            (KEY, "key = self.key_projection(key).reshape(len(key), self.num_heads, key.shape[1], -1)"),
            (VALUE, "value = self.value_projection(value).reshape(len(value), self.num_heads, value.shape[1], -1)"),
            (RETURN, RETURN.replace("merge_heads(mixed)", "mixed.reshape(len(mixed), mixed.shape[2], -1)")),
        ),
    ),
    Mistake(
        "interleaved_heads",
        "The heads take turns: neighbouring columns go to different heads.",
        "Head h has one block of columns. Given weights only make sense in that order.",
        headings.SPLIT,
        patches=(
            (QUERY, "query = self.query_projection(query).unflatten(-1, (-1, self.num_heads)).permute(0, 3, 1, 2)"),
            (KEY, "key = self.key_projection(key).unflatten(-1, (-1, self.num_heads)).permute(0, 3, 1, 2)"),
            (VALUE, "value = self.value_projection(value).unflatten(-1, (-1, self.num_heads)).permute(0, 3, 1, 2)"),
            (RETURN, RETURN.replace("merge_heads(mixed)", "mixed.permute(0, 2, 3, 1).flatten(2)")),
        ),
    ),
    Mistake(
        "batch_and_heads_mixed_up",
        "The axis that batch and heads share is packed in one order and unpacked in the other.",
        "One head's result then lands in another sequence. Keep batch and heads on two axes.",
        headings.SPLIT,
        patches=(
            (
                RETURN,
                "mixed = mixed.transpose(0, 1).reshape(mixed.shape)\n"
                f"        {RETURN.replace(', weights', ', weights.transpose(0, 1).reshape(weights.shape)')}",
            ),
        ),
    ),
    Mistake(
        "query_shaped_like_key",
        "The query is reshaped with the length of the key.",
        "In self-attention both are the same, elsewhere not: each input has its own length.",
        headings.SPLIT,
        patches=(
            (
                QUERY,
                "query = self.query_projection(query).view(len(query), key.shape[1], self.num_heads, -1)"
                ".transpose(1, 2)",
            ),
        ),
    ),
    Mistake(
        "full_size_for_every_head",
        "Every head has queries, keys and values of the full d_model.",
        "The heads share d_model: each has d_model / num_heads, so that many heads cost no more than one.",
        headings.COST,
        patches=(
            _layer("query", outputs="d_model * num_heads"),
            _layer("key", outputs="d_model * num_heads"),
            _layer("value", outputs="d_model * num_heads"),
            _layer("output", inputs="d_model * num_heads"),
        ),
    ),
    Mistake(
        "no_biases",
        "The projections have no bias.",
        "nn.Linear has one unless it is told otherwise, and so has this course.",
        headings.HEADS,
        patches=tuple(_layer(role, more=", bias=False") for role in ("query", "key", "value", "output")),
    ),
    Mistake(
        "scale_by_d_model",
        "The scores are divided by √d_model instead of √d_head.",
        "A head's dot products are sums of d_head numbers: their spread is √d_head.",
        headings.HEADS,
        patches=((ATTEND, ATTEND.replace("(query, key", "(query / math.sqrt(self.num_heads), key")),),
    ),
    Mistake(
        "no_scale",
        "The scores are not divided by √d_head.",
        "Your scaled_dot_product_attention of lesson 1 does that.",
        headings.HEADS,
        patches=((ATTEND, ATTEND.replace("(query, key", "(query * math.sqrt(query.shape[-1]), key")),),
    ),
    Mistake(
        "scaled_twice",
        "The scores are divided by √d_head twice.",
        "Your scaled_dot_product_attention has divided already.",
        headings.HEADS,
        patches=((ATTEND, ATTEND.replace("(query, key", "(query / math.sqrt(query.shape[-1]), key")),),
    ),
    Mistake(
        "softmax_over_heads",
        "The softmax runs over the heads instead of the keys.",
        "Each head shares out its own attention among the keys: the last axis must sum to 1.",
        headings.HEADS,
        patches=(
            (
                ATTEND,
                "weights = attention.attention_scores(query, key)\n"
                "        if mask is not None:\n"
                "            weights = weights.masked_fill(~mask, -math.inf)\n"
                "        weights = attention.stable_softmax(weights, dim=1)\n"
                "        mixed = weights @ value",
            ),
        ),
    ),
    Mistake(
        "weights_averaged",
        "The weights are averaged over the heads.",
        "nn.MultiheadAttention does so unless told otherwise; here each head's weights are asked for.",
        headings.HEADS,
        patches=((RETURN, RETURN.replace(", weights", ", weights.mean(dim=1)")),),
    ),
    Mistake(
        "weights_of_the_first_head",
        "Only the weights of the first head are returned.",
        "The weights have an axis for the heads: (batch, num_heads, query_length, key_length).",
        headings.HEADS,
        patches=((RETURN, RETURN.replace(", weights", ", weights[:, 0]")),),
    ),
    Mistake(
        "results_swapped",
        "Output and weights are returned in the wrong order.",
        "The output comes first.",
        headings.HEADS,
        patches=((RETURN, "return weights, self.output_projection(merge_heads(mixed))"),),
    ),
    Mistake(
        "no_weights",
        "Only the output is returned.",
        "forward returns two tensors: output and weights.",
        headings.HEADS,
        patches=((RETURN, "return self.output_projection(merge_heads(mixed))"),),
    ),
    Mistake(
        "squeezed",
        "Axes of size 1 are dropped from the output.",
        "A batch of one is still a batch: squeeze only axes that you name.",
        headings.HEADS,
        patches=((RETURN, RETURN.replace("(merge_heads(mixed))", "(merge_heads(mixed)).squeeze()")),),
    ),
    Mistake(
        "detached_weights",
        "The values are right, but no gradient flows through the weights.",
        "`detach`, `.data` or `no_grad` cut the graph: query_projection and key_projection would never learn.",
        headings.HEADS,
        patches=((MIXED, "weights = weights.detach()\n        mixed = self.dropout(weights) @ value"),),
    ),
    Mistake(
        "unchecked",
        "The constructor does not check whether num_heads divides d_model.",
        "A layer that cannot work should not be built: that is a ValueError with both numbers.",
        headings.HEADS,
        patches=((CHECK, "False"),),
    ),
)
