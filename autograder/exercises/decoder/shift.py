"""Exercise `shift_right` of lesson 5: cases, mistakes, hints."""

from __future__ import annotations

import torch

from autograder.exercises.decoder import headings
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call

_START = "start = torch.full_like(tokens[:, :1], start_id)"
_RETURN = "return torch.cat([start, tokens[:, :-1]], dim=1)"
START_ID = 97  # no token of the text, so that a start token in the wrong place is seen


def _mistake(name: str, sentence: str, why: str, new: str, old: str = _RETURN) -> Mistake:
    return Mistake(name, sentence, why, headings.SHIFT, patches=((old, new),))


MISTAKES = (
    _mistake(
        "not_shifted",
        "The tokens are returned as they are.",
        "Then position i reads the token that it has to write, and learns to copy.",
        "return tokens.clone()",
    ),
    _mistake(
        "shifted_left",
        "The text is moved to the left.",
        "Then position i reads the token after the one that it has to write.",
        "return torch.cat([tokens[:, 1:], start], dim=1)",
    ),
    _mistake(
        "shifted_twice",
        "The text is moved by two positions.",
        "Then each position has to guess without the token just before it.",
        "return torch.cat([start, start, tokens[:, :-2]], dim=1)[:, : tokens.shape[1]]",
    ),
    _mistake(
        "rolled",
        "The last token comes round to the front.",
        "There the first position reads the end of the text; it must read the start token.",
        "return tokens.roll(1, dims=1)",
    ),
    _mistake(
        "first_replaced",
        "The first token is overwritten by the start token, and nothing is moved.",
        "Then every position but the first reads the very token that it has to write.",
        "return torch.cat([start, tokens[:, 1:]], dim=1)",
    ),
    _mistake(
        "one_too_long",
        "The result is one token longer than the text.",
        "The last token is read by nobody: after it there is nothing left to write.",
        "return torch.cat([start, tokens], dim=1)",
    ),
    _mistake(
        "no_start",
        "The last token is dropped, and no start token comes in.",
        "The first position needs something to read before there is any text.",
        "return tokens[:, :-1]",
    ),
    _mistake(
        "along_the_batch",
        "The sequences are moved, not the tokens: the shift runs along axis 0.",
        "Axis 0 is the batch, and sequences of a batch have nothing to do with each other. Time is axis 1.",
        "return torch.cat([torch.full_like(tokens[:1], start_id), tokens[:-1]], dim=0)",
    ),
    _mistake(
        "start_is_zero",
        "The first column is 0, whatever start_id says.",
        "Which number means “start” depends on the vocabulary, so it is an argument.",
        "start = torch.zeros_like(tokens[:, :1])",
        old=_START,
    ),
    _mistake(
        "start_in_the_first_row",
        "Only the first sequence gets the start token.",
        "Each sequence of the batch has a beginning.",
        "start = torch.zeros_like(tokens[:, :1])\n    start[0] = start_id",
        old=_START,
    ),
    _mistake(
        "floats",
        "The tokens come back as floating-point numbers.",
        "An embedding looks tokens up by whole numbers: keep the dtype of the input.",
        "return torch.cat([start.float(), tokens[:, :-1].float()], dim=1)",
    ),
    _mistake(
        "always_int64",
        "The result is int64, whatever the input is.",
        "Keep the dtype of the input.",
        "return torch.cat([start, tokens[:, :-1]], dim=1).long()",
    ),
    _mistake(
        "squeezed",
        "Axes of size 1 are dropped from the result.",
        "A batch of one is still a batch: squeeze only axes that you name.",
        "return torch.cat([start, tokens[:, :-1]], dim=1).squeeze()",
    ),
    Mistake(
        "changed_input",
        "The input is overwritten.",
        "The caller still needs it: it is what the model has to write.",
        headings.SHIFT,
        code=(
            "def shift_right(tokens, start_id):\n"
            "    tokens[:, 1:] = tokens[:, :-1].clone()\n"
            "    tokens[:, 0] = start_id\n"
            "    return tokens\n"
        ),
    ),
)


def _tokens(draw: Draw, batch: int = 0, length: int = 0, dtype: torch.dtype = torch.int64, **options: bool) -> dict:
    drawn = draw.sizes(2, low=3, high=8)
    tokens = draw.integers(1, START_ID, batch or drawn[0], length or drawn[1])
    return call(tokens.to(dtype), START_ID, **options)


SHIFT_RIGHT = Exercise(
    name="shift_right",
    points={"values": 2.0, "edges": 1.0},
    section=headings.SHIFT,
    cases=(
        Case("values", "a batch", _tokens, public=True),
        Case("values", "another start token", lambda draw: call(draw.integers(1, 9, 4, 6), draw.integer(10, 90))),
        Case("values", "tokens in another memory order", lambda draw: _tokens(draw, strided=True)),
        Case("edges", "a batch of one", lambda draw: _tokens(draw, batch=1), public=True),
        Case("edges", "texts of one token", lambda draw: _tokens(draw, length=1)),
        Case("edges", "tokens of another dtype", lambda draw: _tokens(draw, dtype=torch.int32), public=True),
    ),
    mistakes=MISTAKES,
    hints=(
        "Write down three tokens and, below each, what the decoder has read when it must write it.",
        "One column comes in on the left, one falls out on the right.",
        "Make a (batch, 1) tensor full of start_id, with the dtype of the tokens, and join it with all columns but the "
        "last.",
    ),
)
