"""Mistakes of `DecoderLayer` with residual connections, norms and dropout. Used by `layer`."""

from __future__ import annotations

from autograder.exercises.decoder import headings
from autograder.exercises.decoder.layer_mistakes import CROSS_ATTENTION, FEED_FORWARD, SECOND, SELF_ATTENTION, THIRD
from autograder.exercises.model import Mistake

IF = "if self.norm_first:"
BEFORE = "return x + self.dropout(part(norm(x)))"
BEHIND = "return norm(x + self.dropout(part(x)))"
KEEP = "self.num_heads, self.norm_first = num_heads, norm_first"
DROPOUT = "self.dropout = nn.Dropout(dropout)"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.LAYER, patches=patches)


MISTAKES = (
    _mistake(
        "norm_first_ignored",
        "norm_first has no effect: the norms always come behind.",
        "With norm_first=True each norm belongs before its part.",
        (IF, "if False:"),
    ),
    _mistake(
        "always_norm_first",
        "The norms always come before.",
        "With norm_first=False, as in the paper, each norm comes after the sum.",
        (IF, "if True:"),
    ),
    _mistake(
        "norm_first_inverted",
        "norm_first is the wrong way round.",
        "True means: norm, then part, then sum.",
        (IF, "if not self.norm_first:"),
    ),
    _mistake(
        "norm_unused",
        "With norm_first=True the norms are not used.",
        "Their result has to be what the part reads; a result that nobody uses changes nothing.",
        (BEFORE, "return x + self.dropout(part(x))"),
    ),
    _mistake(
        "no_norms",
        "The norms are not used at all.",
        "Without them the numbers grow from layer to layer.",
        (BEFORE, "return x + self.dropout(part(x))"),
        (BEHIND, "return x + self.dropout(part(x))"),
    ),
    _mistake(
        "residual_from_normed",
        "With norm_first=True the residual connection starts behind the norm.",
        "It has to carry x as it came: that is what makes deep stacks trainable.",
        (BEFORE, "return norm(x) + self.dropout(part(norm(x)))"),
    ),
    _mistake(
        "norm_before_the_sum",
        "With norm_first=False the norm is applied to what the part adds, before the sum.",
        "It belongs behind the sum.",
        (BEHIND, "return x + norm(self.dropout(part(x)))"),
    ),
    _mistake(
        "no_residual",
        "There are no residual connections.",
        "Each part has to add to x, not replace it.",
        (BEFORE, "return self.dropout(part(norm(x)))"),
        (BEHIND, "return norm(self.dropout(part(x)))"),
    ),
    _mistake(
        "no_residual_around_cross",
        "The cross-attention has no residual connection.",
        "Then a position forgets what it has written as soon as it looks at the memory.",
        (
            SECOND,
            "if self.norm_first:\n"
            "            x = self.dropout(attend_to_memory(self.cross_attention_norm(x)))\n"
            "        else:\n"
            "            x = self.cross_attention_norm(self.dropout(attend_to_memory(x)))",
        ),
    ),
    _mistake(
        "one_norm_for_all",
        "All three parts use attention_norm.",
        "Each part has its own norm, with its own weights.",
        (SECOND, SECOND.replace("cross_attention_norm", "attention_norm")),
        (THIRD, THIRD.replace("feed_forward_norm", "attention_norm")),
    ),
    _mistake(
        "cross_uses_attention_norm",
        "The cross-attention uses attention_norm.",
        "Its own norm is cross_attention_norm.",
        (SECOND, SECOND.replace("cross_attention_norm", "attention_norm")),
    ),
    _mistake(
        "norms_exchanged",
        "cross_attention_norm and feed_forward_norm have changed places.",
        "Each norm belongs to the part whose name it bears.",
        (SECOND, SECOND.replace("cross_attention_norm", "feed_forward_norm")),
        (THIRD, THIRD.replace("feed_forward_norm", "cross_attention_norm")),
    ),
    _mistake(
        "no_dropout",
        "Nothing of what the parts add is dropped.",
        "Dropout acts on each part's result, before the sum.",
        (BEFORE, "return x + part(norm(x))"),
        (BEHIND, "return norm(x + part(x))"),
    ),
    _mistake(
        "dropout_not_passed_on",
        "The parts are not told of dropout.",
        "It also acts inside them: on the weights of both attentions and on the hidden numbers.",
        *((made, made.replace(", dropout)", ")")) for made in (SELF_ATTENTION, CROSS_ATTENTION, FEED_FORWARD)),
    ),
    _mistake(
        "cross_attention_without_dropout",
        "The cross-attention is not told of dropout.",
        "It drops weights too, as the self-attention does.",
        (CROSS_ATTENTION, CROSS_ATTENTION.replace(", dropout)", ")")),
    ),
    _mistake(
        "dropout_after_the_sum",
        "Dropout acts on the sum instead of on what the part adds.",
        "Then x itself is dropped too, and the residual connection is cut.",
        (BEFORE, "return self.dropout(x + part(norm(x)))"),
        (BEHIND, "return norm(self.dropout(x + part(x)))"),
    ),
    _mistake(
        "dropout_after_the_norm",
        "With norm_first=False dropout comes after the norm.",
        "It acts on what the part adds, before the sum.",
        (BEHIND, "return self.dropout(norm(x + part(x)))"),
    ),
    _mistake(
        "dropout_outside_of_training",
        "Something is dropped outside of training too.",
        "An nn.Dropout knows about train and eval mode; F.dropout has to be told.",
        (DROPOUT, "self.dropout = lambda h: F.dropout(h, dropout)"),
    ),
    _mistake(
        "dropout_not_scaled",
        "What dropout leaves is not multiplied by 1 / (1 − p).",
        "Without that factor the numbers are smaller in training than later. nn.Dropout knows it.",
        (DROPOUT, "self.dropout = lambda h: F.dropout(h, dropout, self.training) * (1 - dropout * self.training)"),
    ),
    _mistake(
        "dropout_divided_by_the_rate",
        "What dropout leaves is divided by p, not by 1 − p.",
        "The sum that is left is to stay the same on average: 1 − p of the numbers are left. nn.Dropout knows it.",
        (
            DROPOUT,
            "self.dropout = lambda h: F.dropout(h, dropout, self.training)"
            " * ((1 - dropout) / dropout if dropout and self.training else 1)",
        ),
    ),
    _mistake(
        "dropout_of_whole_vectors",
        "Whole vectors are dropped, not single numbers.",
        "Each number is dropped by itself, as nn.Dropout does. nn.Dropout1d takes or leaves all numbers of a position.",
        (DROPOUT, "self.dropout = nn.Dropout1d(dropout)"),
    ),
    _mistake(
        "dropout_by_default",
        "Dropout acts though none was asked for.",
        "Left out, dropout is 0.0.",
        ("dropout: float = 0.0", "dropout: float = 0.1"),
    ),
    _mistake(
        "sizes_not_kept",
        "The layer does not keep num_heads and norm_first.",
        "Part 7 of the lesson reads them from the layer.",
        (KEEP, "self.kept = num_heads, norm_first"),
        (IF, "if self.kept[1]:"),
    ),
    _mistake(
        "num_heads_not_kept",
        "The layer does not keep num_heads.",
        "Part 7 of the lesson reads it from the layer.",
        (KEEP, "self.norm_first = norm_first"),
    ),
    _mistake(
        "changed_input",
        "x is changed in place.",
        "The caller still needs it: `x += …` changes the caller's tensor.",
        (BEFORE, "return x.add_(self.dropout(part(norm(x))))"),
        (BEHIND, "return norm(x.add_(self.dropout(part(x))))"),
    ),
)
