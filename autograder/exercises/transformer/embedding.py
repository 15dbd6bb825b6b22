"""Exercise `TokenEmbedding` of lesson 6: cases, mistakes, hints."""

from __future__ import annotations

from collections.abc import Callable

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, build, call, in_training, in_turn
from autograder.exercises.transformer import headings

_MADE = "self.embedding = nn.Embedding(vocabulary_size, d_model, padding_idx=pad_id)"
_SCALE = "self.scale = math.sqrt(d_model)"
_RETURN = "return self.embedding(tokens) * self.scale"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.EMBEDDING, patches=patches)


MISTAKES = (
    _mistake(
        "not_scaled",
        "The vectors are not multiplied by √d_model.",
        "Next to the positional encoding they would be small, and hard to tell apart at first.",
        (_RETURN, "return self.embedding(tokens)"),
    ),
    _mistake(
        "divided",
        "The vectors are divided by √d_model.",
        "Section 3.4 multiplies: the vectors must not drown in the positional encoding.",
        (_RETURN, "return self.embedding(tokens) / self.scale"),
    ),
    _mistake(
        "scaled_by_d_model",
        "The vectors are multiplied by d_model, without the root.",
        "Section 3.4 multiplies by √d_model.",
        (_SCALE, "self.scale = d_model"),
    ),
    _mistake(
        "scaled_by_vocabulary",
        "The factor is made of the vocabulary's size.",
        "It is √d_model: how many numbers describe a token.",
        (_SCALE, "self.scale = math.sqrt(vocabulary_size)"),
    ),
    _mistake(
        "padding_trained",
        "The embedding does not know the padding token.",
        "Without padding_idx its vector is trained as if it were a word.",
        (_MADE, "self.embedding = nn.Embedding(vocabulary_size, d_model)"),
    ),
    _mistake(
        "padding_is_0",
        "Token 0 is taken for the padding, whatever pad_id says.",
        "pad_id is an argument: hand it on.",
        (_MADE, "self.embedding = nn.Embedding(vocabulary_size, d_model, padding_idx=0)"),
    ),
    _mistake(
        "padding_zeroed",
        "The vectors of padding tokens are set to 0.",
        "padding_idx keeps their vector untrained; whatever it holds is looked up like any other. Masks do the hiding.",
        (_RETURN, "return self.embedding(tokens) * self.scale * (tokens != self.embedding.padding_idx).unsqueeze(-1)"),
    ),
    _mistake(
        "sizes_swapped",
        "The table has one row for each of d_model, and one column for each token.",
        "One row for each token: nn.Embedding(vocabulary_size, d_model).",
        (_MADE, "self.embedding = nn.Embedding(d_model, vocabulary_size, padding_idx=pad_id)"),
    ),
    _mistake(
        "no_gradient",
        "The values are right, but no gradient flows back to the table.",
        "`detach`, `.data` or `no_grad` cut the graph: the vectors would not learn.",
        (_RETURN, "return self.embedding(tokens).detach() * self.scale"),
    ),
    _mistake(
        "normalised",
        "The vectors are brought to length √d_model.",
        "They are multiplied by √d_model, whatever length they have.",
        (_RETURN, "return F.normalize(self.embedding(tokens), dim=-1) * self.scale"),
    ),
)


def _looked_up(draw: Draw, batch: int | None = None, double: bool = False, **options: bool) -> list[dict]:
    own, length, d_model = draw.sizes(3, low=3, high=7)
    vocabulary = draw.integer(9, 14)
    pad = draw.integer(1, vocabulary)
    tokens = draw.integers(0, vocabulary, batch or own, length if batch is None else 1)
    tokens[0, 0] = pad
    return [build(vocabulary, d_model, pad, double=double), call(tokens, name="layer", **options)]


def _used(draw: Draw, form: Callable[..., list[dict]]) -> list[dict]:
    batch, length, d_model = draw.sizes(3, low=3, high=7)
    vocabulary = draw.integer(9, 14)
    made = build(vocabulary, d_model, draw.integer(1, vocabulary))
    return form(made, *((draw.integers(0, vocabulary, batch, length),) for _ in range(2)))


def _every_token(draw: Draw) -> list[dict]:
    vocabulary, d_model = draw.integer(9, 12), draw.integer(3, 7)
    return [build(vocabulary, d_model, 0), call(torch.arange(vocabulary).unsqueeze(0), name="layer")]


TOKEN_EMBEDDING = Exercise(
    name="TokenEmbedding",
    points={"values": 1.0, "gradients": 1.0},
    section=headings.EMBEDDING,
    cases=(
        Case("values", "a batch of sequences", _looked_up, public=True),
        Case("values", "one token", lambda draw: _looked_up(draw, batch=1)),
        Case("values", "every token, padding first", _every_token),
        Case("values", "float64", lambda draw: _looked_up(draw, double=True)),
        Case("values", "two tables, asked in turn", lambda draw: _used(draw, in_turn)),
        Case("gradients", "gradients", lambda draw: _looked_up(draw, double=True, grad=True), public=True),
        Case("gradients", "gradients in training", lambda draw: _used(draw, in_training)),
    ),
    mistakes=MISTAKES,
    hints=(
        "torch has a module for the table. Two of the three arguments are its size.",
        "The third argument is its padding_idx. What does section 3.4 do with the vectors?",
        "An nn.Embedding of (vocabulary_size, d_model), padding_idx=pad_id, named embedding; times √d_model.",
    ),
)
