"""Mistakes of `PositionalEncoding`. Used by `encoding`."""

from __future__ import annotations

from autograder.exercises.model import Mistake
from autograder.exercises.positional_encoding import headings

_BUFFER = 'self.register_buffer("table", sinusoidal_encoding(max_length, d_model), persistent=False)'
_TABLE = "sinusoidal_encoding(max_length, d_model)"
_DROPOUT = "self.dropout = nn.Dropout(dropout)"
_RETURN = "return self.dropout(x + self.table[:length])"
_TOO_LONG = "if length > max_length:"
_OTHER_WIDTH = "if x.shape[-1] != d_model:"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.ADD, patches=patches)


def _returns(new: str) -> tuple[str, str]:
    return (_RETURN, f"return {new}")


MISTAKES = (
    _mistake(
        "rows_by_batch",
        "The rows are taken for the number of sequences, not for their length.",
        "With batch first, positions lie along axis 1. Along axis 0 every sequence gets one row for all its words.",
        _returns("self.dropout(x + self.table[: x.shape[0]].unsqueeze(1))"),
    ),
    _mistake(
        "one_row_for_all",
        "Every position gets the same row: the one behind the end.",
        "table[length] is one row, table[:length] are the first length rows.",
        _returns("self.dropout(x + self.table[min(length, max_length - 1)])"),
    ),
    _mistake(
        "last_row_for_all",
        "Every position gets the row of the last one.",
        "Each position needs its own row.",
        _returns("self.dropout(x + self.table[length - 1])"),
    ),
    _mistake(
        "last_rows",
        "The last rows of the table are added, not the first.",
        "The first word of a sequence has position 0, whatever max_length is.",
        _returns("self.dropout(x + self.table[max_length - length :])"),
    ),
    _mistake(
        "starts_at_one",
        "The rows start at position 1.",
        "The first word has position 0.",
        _returns("self.dropout(x + self.table.roll(-1, 0)[:length])"),
    ),
    _mistake(
        "reversed_rows",
        "The rows are added in reverse order.",
        "The first word gets row 0.",
        _returns("self.dropout(x + self.table[:length].flip(0))"),
    ),
    _mistake(
        "not_added",
        "The vectors come back as they were.",
        "The encoding has to be added to them.",
        _returns("self.dropout(x)"),
    ),
    _mistake(
        "encoding_alone",
        "Only the encoding comes back, without the vectors.",
        "The model needs both: what a word is, and where it stands.",
        _returns("self.dropout(self.table[:length].expand_as(x))"),
    ),
    _mistake(
        "multiplied",
        "The encoding is multiplied instead of added.",
        "Where a sine is 0, a product wipes the word out.",
        _returns("self.dropout(x * self.table[:length])"),
    ),
    _mistake(
        "concatenated",
        "The encoding is put beside the vectors instead of added.",
        "The sum keeps d_model columns; concatenating doubles them. The lesson compares both.",
        _returns("self.dropout(torch.cat((x, self.table[:length].expand_as(x)), dim=-1))"),
    ),
    _mistake(
        "scaled_input",
        "The vectors are multiplied by √d_model here.",
        "The paper does that in the embedding, and so does this course, in lesson 6; done twice it is too much.",
        _returns("self.dropout(x * math.sqrt(d_model) + self.table[:length])"),
    ),
    _mistake(
        "trained_table",
        "The table is a parameter.",
        "A parameter is trained and would be loaded and counted. A table that never changes is a buffer.",
        (_BUFFER, f"self.table = nn.Parameter({_TABLE})"),
    ),
    _mistake(
        "learned_embedding",
        "The positions are learned, by an nn.Embedding.",
        "That works, and BERT does so; here the table of sines is asked for, which has nothing to learn.",
        (_BUFFER, "self.table = nn.Embedding(max_length, d_model).weight"),
    ),
    _mistake(
        "table_does_not_move",
        "The table is a plain tensor, which does not move with the module.",
        "`.to` and `.double()` find parameters and buffers only. A table that is not trained is a buffer.",
        (_BUFFER, f"self.table = {_TABLE}"),
    ),
    _mistake(
        "no_dropout",
        "There is no dropout.",
        "It acts on the sum, while training.",
        _returns("x + self.table[:length]"),
    ),
    _mistake(
        "dropout_before_the_sum",
        "Dropout acts on the vectors, before the encoding is added.",
        "The paper drops numbers of the sum, so that positions are hidden too.",
        _returns("self.dropout(x) + self.table[:length]"),
    ),
    _mistake(
        "dropout_on_the_encoding",
        "Dropout acts on the encoding alone.",
        "The paper drops numbers of the sum.",
        _returns("x + self.dropout(self.table[:length])"),
    ),
    _mistake(
        "dropout_always",
        "Dropout acts outside of training too.",
        "`eval()` must switch it off, which nn.Dropout knows; F.dropout has to be told by training=self.training.",
        _returns("F.dropout(x + self.table[:length], self.dropout.p)"),
    ),
    _mistake(
        "dropout_not_scaled",
        "What dropout leaves is not multiplied by 1 / (1 − p).",
        "Without that factor the sums behind it are smaller in training than later. nn.Dropout knows it.",
        _returns("self.dropout(x + self.table[:length]) * (1 - self.dropout.p if self.training else 1)"),
    ),
    _mistake(
        "dropout_divided_by_the_rate",
        "What dropout leaves is divided by p, not by 1 − p.",
        "The sum that is left is to stay the same on average: 1 − p of the numbers are left. nn.Dropout knows it.",
        _returns(
            "self.dropout(x + self.table[:length])"
            " * ((1 - self.dropout.p) / self.dropout.p if self.dropout.p and self.training else 1)"
        ),
    ),
    _mistake(
        "dropout_of_whole_vectors",
        "Whole vectors are dropped, not single numbers.",
        "Each number is dropped by itself, as nn.Dropout does. nn.Dropout1d takes or leaves all numbers of a position.",
        (_DROPOUT, "self.dropout = nn.Dropout1d(dropout)"),
    ),
    _mistake(
        "dropout_twice",
        "Dropout acts twice.",
        "Then more than p is lost. Once is enough: on the sum.",
        _returns("self.dropout(self.dropout(x + self.table[:length]))"),
    ),
    _mistake(
        "dropout_by_default",
        "Dropout acts though none was asked for.",
        "Left out, dropout is 0.0.",
        ("dropout: float = 0.0", "dropout: float = 0.1"),
    ),
    _mistake(
        "changed_input",
        "The encoding is added to the caller's tensor itself.",
        "`x += …` changes what the caller still needs.",
        _returns("self.dropout(x.add_(self.table[:length]))"),
    ),
    _mistake(
        "no_gradient",
        "The values are right, but no gradient flows back to x.",
        "`detach`, `.data` or `no_grad` cut the graph: the embedding below would not learn.",
        _returns("self.dropout(x.detach() + self.table[:length])"),
    ),
    _mistake(
        "too_long_unchecked",
        "A sequence that is too long is not refused.",
        "Say so with both lengths; torch's own message speaks of tensors of other shapes.",
        (_TOO_LONG, "if False:"),
    ),
    _mistake(
        "longest_refused",
        "A sequence of exactly max_length is refused.",
        "max_length positions fit.",
        (_TOO_LONG, "if length >= max_length:"),
    ),
    _mistake(
        "width_unchecked",
        "Vectors of another size are not refused.",
        "Sizes that do not fit must give a ValueError with both numbers; a size of 1 would even be broadcast.",
        (_OTHER_WIDTH, "if False:"),
    ),
)
