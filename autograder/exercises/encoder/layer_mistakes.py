"""Mistakes of `EncoderLayer` of lesson 4. Used by `layer`.

A mistake about one of the two orders (post-norm, as in the paper, or norm_first) patches that one only; one about both
patches both.
"""

from __future__ import annotations

from autograder.exercises.encoder import headings
from autograder.exercises.model import Mistake

FEED_FORWARD_NORM = "self.feed_forward_norm = LayerNorm(d_model)"
ATTENTION = "self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)"
FEED_FORWARD = "self.feed_forward = FeedForward(d_model, d_ff, dropout)"
PRE_NORM = "normed = self.attention_norm(x)"
PRE_ATTEND = "attended, _ = self.self_attention(normed, normed, normed, mask)"
PRE_ADD = "x = x + self.dropout(attended)"
PRE_LAST = "return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))"
POST_ATTEND = "mixed, _ = self.self_attention(x, x, x, mask)"
POST_ADD = "x = self.attention_norm(x + self.dropout(mixed))"
POST_FEED = "changed = self.feed_forward(x)"
POST_LAST = "return self.feed_forward_norm(x + self.dropout(changed))"
SWITCH = "if self.norm_first:"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.LAYER, patches=patches)


MISTAKES = (
    _mistake(
        "no_residuals",
        "There are no residual connections.",
        "Each sub-layer's result is added to its input; without the sum, deep stacks do not learn.",
        (PRE_ADD, "x = self.dropout(attended)"),
        (PRE_LAST, PRE_LAST.replace("x + ", "", 1)),
        (POST_ADD, "x = self.attention_norm(self.dropout(mixed))"),
        (POST_LAST, "return self.feed_forward_norm(self.dropout(changed))"),
    ),
    _mistake(
        "no_attention_residual",
        "The residual connection around self-attention is missing.",
        "x has to be added to what the attention gives.",
        (PRE_ADD, "x = self.dropout(attended)"),
        (POST_ADD, "x = self.attention_norm(self.dropout(mixed))"),
    ),
    _mistake(
        "no_feed_forward_residual",
        "The residual connection around the feed-forward network is missing.",
        "x has to be added to what the network gives.",
        (PRE_LAST, PRE_LAST.replace("x + ", "", 1)),
        (POST_LAST, "return self.feed_forward_norm(self.dropout(changed))"),
    ),
    _mistake(
        "residual_from_normed",
        "With norm_first, the normalised x is added instead of x itself.",
        "The residual path must run past the norms, from the first layer to the last.",
        (PRE_ADD, "x = normed + self.dropout(attended)"),
        (PRE_LAST, "h = self.feed_forward_norm(x); return h + self.dropout(self.feed_forward(h))"),
    ),
    _mistake(
        "attention_residual_from_normed",
        "With norm_first, the attention's result is added to the normalised x.",
        "The residual path must run past the norms, from the first layer to the last.",
        (PRE_ADD, "x = normed + self.dropout(attended)"),
    ),
    _mistake(
        "norm_before_the_sum",
        "The norm acts on the sub-layer's result, before x is added.",
        "As in the paper it acts on the sum: LayerNorm(x + Sublayer(x)).",
        (POST_ADD, "x = x + self.attention_norm(self.dropout(mixed))"),
        (POST_LAST, "return x + self.feed_forward_norm(self.dropout(changed))"),
    ),
    _mistake(
        "norm_first_ignored",
        "norm_first changes nothing: the norms always stand behind the sums.",
        "With norm_first=True they stand before the sub-layers.",
        (SWITCH, "if False:"),
    ),
    _mistake(
        "always_norm_first",
        "The norms always stand before the sub-layers.",
        "norm_first is False by default: as in the paper, behind the sums.",
        (SWITCH, "if True:"),
    ),
    _mistake(
        "norm_first_reversed",
        "norm_first does the opposite.",
        "True: before the sub-layers. False: behind the sums.",
        (SWITCH, "if not self.norm_first:"),
    ),
    _mistake(
        "both_norms",
        "Without norm_first, x is also normalised before the attention.",
        "One norm for each sub-layer is enough: behind the sum.",
        (POST_ATTEND, "h = self.attention_norm(x); mixed, _ = self.self_attention(h, h, h, mask)"),
    ),
    _mistake(
        "norm_unused",
        "With norm_first, the attention gets x itself; its normalised copy is computed and not used.",
        "The attention must see the normalised vectors.",
        (PRE_ATTEND, "attended, _ = self.self_attention(x, x, x, mask)"),
    ),
    _mistake(
        "only_the_query_normed",
        "With norm_first, only the query is normalised; keys and values are x itself.",
        "In self-attention all three are the same vectors.",
        (PRE_ATTEND, "attended, _ = self.self_attention(normed, x, x, mask)"),
    ),
    _mistake(
        "norms_swapped",
        "The two norms have changed places.",
        "Trained from scratch that is the same; with given weights each belongs to its own sub-layer.",
        (PRE_NORM, "normed = self.feed_forward_norm(x)"),
        (PRE_LAST, PRE_LAST.replace("feed_forward_norm", "attention_norm")),
        (POST_ADD, POST_ADD.replace("attention_norm", "feed_forward_norm")),
        (POST_LAST, POST_LAST.replace("feed_forward_norm", "attention_norm")),
    ),
    _mistake(
        "one_norm_used_twice",
        "One norm serves both sub-layers, the other one is idle.",
        "Each sub-layer has a norm of its own.",
        (PRE_LAST, PRE_LAST.replace("feed_forward_norm", "attention_norm")),
        (POST_LAST, POST_LAST.replace("feed_forward_norm", "attention_norm")),
    ),
    _mistake(
        "one_shared_norm",
        "Both names mean the same norm.",
        "Each sub-layer has a norm of its own, with its own weight and bias.",
        (FEED_FORWARD_NORM, "self.feed_forward_norm = self.attention_norm"),
    ),
    _mistake(
        "feed_forward_first",
        "The feed-forward network comes before self-attention.",
        "First attend, then think: self-attention is the first sub-layer.",
        (PRE_NORM, "x = x + self.dropout(self.feed_forward(self.feed_forward_norm(x))); " + PRE_NORM),
        (PRE_LAST, "return x"),
        (POST_ATTEND, "x = self.feed_forward_norm(x + self.dropout(self.feed_forward(x))); " + POST_ATTEND),
        (POST_FEED, "changed = x"),
        (POST_LAST, "return changed"),
    ),
    _mistake(
        "parallel",
        "Both sub-layers get the layer's input.",
        "One after the other: the feed-forward network works on what self-attention left.",
        (POST_ATTEND, "start = x; " + POST_ATTEND),
        (POST_FEED, "changed = self.feed_forward(start)"),
        (PRE_NORM, "start = x; " + PRE_NORM),
        (PRE_LAST, PRE_LAST.replace("_norm(x)", "_norm(start)")),
    ),
    _mistake(
        "no_feed_forward",
        "The feed-forward network is not used.",
        "The layer has two sub-layers.",
        (PRE_LAST, "return x"),
        (POST_FEED, "changed = 0 * x"),
    ),
    _mistake(
        "mask_not_passed_on",
        "The mask does not reach the attention.",
        "Whatever it hides would be seen.",
        (PRE_ATTEND, PRE_ATTEND.replace(", mask", "")),
        (POST_ATTEND, POST_ATTEND.replace(", mask", "")),
    ),
    _mistake(
        "mask_inverted",
        "The mask is turned round before the attention gets it.",
        "In this course True means: may attend. nn.MultiheadAttention means the opposite.",
        (PRE_ATTEND, PRE_ATTEND.replace(", mask)", ", None if mask is None else ~mask)")),
        (POST_ATTEND, POST_ATTEND.replace(", mask)", ", None if mask is None else ~mask)")),
    ),
    _mistake(
        "dropout_after_the_sum",
        "Dropout acts on the sum.",
        "It acts on the sub-layer's result alone, so that x itself always gets through.",
        (PRE_ADD, "x = self.dropout(x + attended)"),
        (PRE_LAST, "return self.dropout(x + self.feed_forward(self.feed_forward_norm(x)))"),
        (POST_ADD, "x = self.attention_norm(self.dropout(x + mixed))"),
        (POST_LAST, "return self.feed_forward_norm(self.dropout(x + changed))"),
    ),
    _mistake(
        "dropout_after_the_norm",
        "Dropout acts on the layer's result, behind the norm.",
        "It acts on each sub-layer's result, before x is added.",
        (POST_ADD, "x = self.dropout(self.attention_norm(x + mixed))"),
        (POST_LAST, "return self.dropout(self.feed_forward_norm(x + changed))"),
    ),
    _mistake(
        "no_sub_layer_dropout",
        "Dropout is missing where a sub-layer's result is added.",
        "The paper, section 5.4, applies it to the output of each sub-layer.",
        (PRE_ADD, "x = x + attended"),
        (PRE_LAST, "return x + self.feed_forward(self.feed_forward_norm(x))"),
        (POST_ADD, "x = self.attention_norm(x + mixed)"),
        (POST_LAST, "return self.feed_forward_norm(x + changed)"),
    ),
    _mistake(
        "dropout_not_passed_on",
        "The sub-layers are not told of dropout.",
        "It also acts inside them: on the attention weights and on the hidden numbers.",
        (ATTENTION, ATTENTION.replace(", dropout", "")),
        (FEED_FORWARD, FEED_FORWARD.replace(", dropout", "")),
    ),
    _mistake(
        "dropout_not_scaled",
        "What dropout leaves is not multiplied by 1 / (1 − p).",
        "Without that factor the numbers are smaller in training than later. nn.Dropout knows it.",
        (
            "self.dropout = nn.Dropout(dropout)",
            "self.dropout = lambda x: F.dropout(x, dropout, self.training) * (1 - dropout * self.training)",
        ),
    ),
    _mistake(
        "dropout_divided_by_the_rate",
        "What dropout leaves is divided by p, not by 1 − p.",
        "The sum that is left is to stay the same on average: 1 − p of the numbers are left. nn.Dropout knows it.",
        (
            "self.dropout = nn.Dropout(dropout)",
            "self.dropout = lambda x: F.dropout(x, dropout, self.training)"
            " * ((1 - dropout) / dropout if dropout and self.training else 1)",
        ),
    ),
    _mistake(
        "dropout_of_whole_vectors",
        "Whole vectors are dropped, not single numbers.",
        "Each number is dropped by itself, as nn.Dropout does. nn.Dropout1d takes or leaves all numbers of a position.",
        ("self.dropout = nn.Dropout(dropout)", "self.dropout = nn.Dropout1d(dropout)"),
    ),
    _mistake(
        "dropout_by_default",
        "Dropout acts though none was asked for.",
        "Left out, dropout is 0.0.",
        ("dropout: float = 0.0", "dropout: float = 0.1"),
    ),
    _mistake(
        "no_gradient_through_the_sum",
        "The values are right, but no gradient flows along the residual path.",
        "That path is what residual connections are for.",
        (PRE_ADD, "x = x.detach() + self.dropout(attended)"),
        (POST_ADD, "x = self.attention_norm(x.detach() + self.dropout(mixed))"),
    ),
)
