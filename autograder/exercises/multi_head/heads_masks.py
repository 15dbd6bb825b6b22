"""Mistakes of `MultiHeadAttention` with the mask and with dropout. Used by `heads`."""

from __future__ import annotations

from autograder.exercises.model import Mistake
from autograder.exercises.multi_head import headings
from autograder.exercises.multi_head.heads_mistakes import ATTEND, MIXED

_LIFT = "mask = mask.unsqueeze(-3)"
_BY_HAND = (
    "scores = attention.attention_scores(query, key)\n"
    "        if mask is not None:\n"
    "            scores = {masked}\n"
    "        weights = {weights}\n"
    "        mixed = weights @ value"
)


def _by_hand(masked: str, weights: str = "attention.stable_softmax(scores)") -> tuple[str, str]:
    return (ATTEND, _BY_HAND.format(masked=masked, weights=weights))


MISTAKES = (
    Mistake(
        "mask_not_passed_on",
        "The mask has no effect.",
        "forward takes it, but the attention inside never gets it.",
        headings.HEADS,
        patches=((ATTEND, ATTEND.replace(", mask)", ")")),),
    ),
    Mistake(
        "mask_without_head_axis",
        "The mask is passed on without an axis for the heads, or has it in front of the batch.",
        "Broadcasting lines axes up from the last: the mask's batch then meets the heads.",
        headings.HEADS,
        patches=((_LIFT, "pass"),),
    ),
    Mistake(
        "mask_lifted_second_always",
        "The new axis of the mask always becomes the second one.",
        "That fits a mask of three axes. One of two, (query_length, key_length), needs no batch: count from the end.",
        headings.HEADS,
        patches=((_LIFT, "mask = mask.unsqueeze(1)"),),
    ),
    Mistake(
        "mask_repeated_in_the_wrong_order",
        "The mask is repeated as a whole, one copy per head, while each sequence's heads lie side by side.",
        "A sequence then gets the mask of another one. An axis of size 1 needs no repetition at all.",
        headings.HEADS,
        patches=(
            (
                _LIFT,
                "mask = mask.expand(len(query), query.shape[2], key.shape[2]).repeat(self.num_heads, 1, 1)\n"
                "            mask = mask.reshape(len(query), self.num_heads, query.shape[2], key.shape[2])",
            ),
        ),
    ),
    Mistake(
        "mask_for_the_first_head_only",
        "Only the first head is masked.",
        "The mask holds for all heads.",
        headings.HEADS,
        patches=(
            (
                _LIFT,
                "first = torch.arange(self.num_heads).view(-1, 1, 1) == 0\n"
                "            mask = mask.unsqueeze(-3) | ~first",
            ),
        ),
    ),
    Mistake(
        "mask_of_the_first_sequence",
        "The whole batch uses the mask of its first sequence.",
        "Each sequence has its own padding.",
        headings.HEADS,
        patches=((_LIFT, "mask = (mask[:1] if mask.dim() > 2 else mask).unsqueeze(-3)"),),
    ),
    Mistake(
        "mask_inverted",
        "The mask is read the wrong way round.",
        "In this course True means “may attend”; in nn.MultiheadAttention it means “blocked”.",
        headings.HEADS,
        patches=((_LIFT, "mask = ~mask.unsqueeze(-3)"),),
    ),
    Mistake(
        "mask_fill_small",
        "Blocked scores are set to a number such as −10.",
        "Visible scores can be lower than that; your scaled_dot_product_attention takes −inf.",
        headings.HEADS,
        patches=(_by_hand("scores.masked_fill(~mask, -10.0)"),),
    ),
    Mistake(
        "mask_after_softmax",
        "The mask is applied after the softmax.",
        "Then the remaining weights no longer sum to 1: block the scores before the softmax.",
        headings.HEADS,
        patches=(_by_hand("scores", "attention.stable_softmax(scores) * (1 if mask is None else mask)"),),
    ),
    Mistake(
        "empty_nan",
        "A query that may attend to nothing gives NaN.",
        "Torch's softmax makes 0 / 0 of such a row; your stable_softmax knows what to do.",
        headings.HEADS,
        patches=(_by_hand("scores.masked_fill(~mask, -math.inf)", "torch.softmax(scores, dim=-1)"),),
    ),
    Mistake(
        "empty_uniform",
        "A query that may attend to nothing attends to everything equally.",
        "A finite number such as −1e9 cannot tell such a row from an ordinary one; its weights must be 0.",
        headings.HEADS,
        patches=(_by_hand("scores.masked_fill(~mask, -1e9)"),),
    ),
    Mistake(
        "empty_output_zero",
        "The output of a query that may attend to nothing is 0.",
        "Its mixture of values is 0, but the output projection still adds its bias.",
        headings.HEADS,
        patches=(
            (
                "return self.output_projection(merge_heads(mixed)), weights",
                "attended = (weights.sum(dim=-1) > 0).any(dim=1).unsqueeze(-1)\n"
                "        return self.output_projection(merge_heads(mixed)) * attended, weights",
            ),
        ),
    ),
    Mistake(
        "no_dropout",
        "There is no dropout.",
        "In training, dropout acts on the weights before they mix the values.",
        headings.HEADS,
        patches=((MIXED, "mixed = weights @ value"),),
    ),
    Mistake(
        "dropout_on_scores",
        "Dropout acts on the scores, before the softmax.",
        "A score of 0 blocks nothing, for exp(0) is 1. Dropout belongs to the weights.",
        headings.HEADS,
        patches=(
            _by_hand(
                "scores.masked_fill(~mask, -math.inf)",
                "attention.stable_softmax(self.dropout(attention.attention_scores(query, key)) if mask is None else "
                "self.dropout(attention.attention_scores(query, key)).masked_fill(~mask, -math.inf))",
            ),
            (MIXED, "mixed = weights @ value"),
        ),
    ),
    Mistake(
        "weights_returned_after_dropout",
        "The weights are returned after dropout.",
        "The caller wants to see where each head looks, not what chance left of it.",
        headings.HEADS,
        patches=((MIXED, "weights = self.dropout(weights)\n        mixed = weights @ value"),),
    ),
    Mistake(
        "dropout_on_mixed_values",
        "Dropout acts on the mixed values instead of the weights.",
        "A dropped weight hides a whole position from a query. Here single numbers are lost, whatever they came from.",
        headings.HEADS,
        patches=((MIXED, "mixed = self.dropout(mixed)"),),
    ),
    Mistake(
        "dropout_on_output",
        "Dropout acts on the output instead of the weights.",
        "Dropout on a layer's output comes in lesson 4, and outside of this layer.",
        headings.HEADS,
        patches=(
            (MIXED, "mixed = weights @ value"),
            (
                "return self.output_projection(merge_heads(mixed)), weights",
                "return self.dropout(self.output_projection(merge_heads(mixed))), weights",
            ),
        ),
    ),
    Mistake(
        "dropout_always_on",
        "Dropout is also on outside of training.",
        "eval() must switch it off: use nn.Dropout, or tell F.dropout whether self.training is true.",
        headings.HEADS,
        patches=((MIXED, "mixed = F.dropout(weights, self.dropout.p) @ value"),),
    ),
    Mistake(
        "dropout_not_scaled",
        "What dropout leaves of the weights is not multiplied by 1 / (1 − p).",
        "Without that factor the outputs are smaller in training than later. nn.Dropout knows it.",
        headings.HEADS,
        patches=((MIXED, "mixed = self.dropout(weights) * (1 - self.dropout.p * self.training) @ value"),),
    ),
    Mistake(
        "dropout_divided_by_the_rate",
        "What dropout leaves of the weights is divided by p, not by 1 − p.",
        "The sum that is left is to stay the same on average: 1 − p of the weights are left. nn.Dropout knows it.",
        headings.HEADS,
        patches=(
            (
                MIXED,
                "kept = (1 - self.dropout.p) / self.dropout.p if self.dropout.p and self.training else 1\n"
                "        mixed = self.dropout(weights) * kept @ value",
            ),
        ),
    ),
    Mistake(
        "dropout_of_whole_heads",
        "All weights of a head are dropped together.",
        "Each weight is dropped by itself, as nn.Dropout does. nn.Dropout2d takes or leaves a whole head.",
        headings.HEADS,
        patches=((MIXED, "mixed = F.dropout2d(weights, self.dropout.p, self.training) @ value"),),
    ),
    Mistake(
        "dropout_twice",
        "Dropout acts twice on the weights.",
        "Then more than p is lost. Once is enough.",
        headings.HEADS,
        patches=((MIXED, "mixed = self.dropout(self.dropout(weights)) @ value"),),
    ),
    Mistake(
        "dropout_by_default",
        "Dropout acts though none was asked for.",
        "Left out, dropout is 0.0.",
        headings.HEADS,
        patches=(("dropout: float = 0.0", "dropout: float = 0.1"),),
    ),
    Mistake(
        "renormalised_after_dropout",
        "After dropout the weights are made to sum to 1 again.",
        "Where all are dropped that is 0 / 0; and dropout already makes up for what it takes away.",
        headings.HEADS,
        patches=(
            (
                MIXED,
                "dropped = self.dropout(weights)\n        mixed = dropped / dropped.sum(dim=-1, keepdim=True) @ value",
            ),
        ),
    ),
)
