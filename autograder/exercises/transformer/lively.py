"""Small models whose texts change and end, and the sources that show it. Used by `greedy` and `beam`.

A model with random weights is dull: most write one token for ever, whatever they read. So models are drawn until one
is lively, and of many sources those are taken whose texts differ most in where they end.
"""

from __future__ import annotations

import math

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.model import build, call, get, ref
from autograder.exercises.transformer.model import tokens
from autograder.reference import transformer

START, END = 1, 2
VOCABULARY = 5  # so few target tokens that some rows end early, and others do not
SIZES = (8, 2, 1, 7)  # d_model, heads, layers, d_ff
# Without biases, and with parts that add little to the embeddings, the next token depends on the last one, and a little
# on everything else: so texts change and end, as those of a trained model do
GAINS = {"bias": 0.0, "self_attention.output_projection.weight": 0.3, "contract.weight": 0.3}
SPREAD = 0.5  # standard deviation of a weight, before its gains
SOURCES, SOURCE_LENGTH = 32, 6  # of which a case takes a few
DIFFERENT_ENDS = 2  # from here on a model is lively; to be still writing after the last step counts as one
DRAWS = 200  # every second or third model is lively
SURE = 1e-3  # between the two largest logits: float32 and float64 must write the same


def written(
    draw: Draw,
    longest: int,
    *arguments: object,
    batch: int = 6,
    start: int = START,
    end: int = END,
    pad: int = 0,
    train: bool = False,
    double: bool = False,
    all_end: bool = False,
    recorded: bool = False,
) -> list[dict]:
    """A lively model writes for a batch, and is asked how it was left; `arguments` follow max_length.

    all_end: every text ends before `longest`. train: in training mode, with dropout. double: a model of float64.
    recorded: the model is asked, too, whether it worked without gradients, and whether it can still be trained.
    """
    vocabulary = draw.integer(9, 12)
    weights, sources = _lively(draw, vocabulary, start, end, pad, longest, all_end)
    chosen = sources[:batch]
    options = {"dropout": 0.9 if train else 0.0, "train": train, "name": "Transformer", "keep": "model"}
    made = build(vocabulary, VOCABULARY, *SIZES, pad_id=pad, state=weights, double=double, recorded=recorded, **options)
    steps = [made, call(ref("model"), chosen, start, end, longest, *arguments), get("model.training")]
    asked = ("model.recorded", "model.output_projection.weight.requires_grad") if recorded else ()
    return [*steps, *map(get, asked)]


def _lively(
    draw: Draw, vocabulary: int, start: int, end: int, pad: int, longest: int, all_end: bool
) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    """Weights, and sources in the order in which a case should take them."""
    model = transformer.Transformer(vocabulary, VOCABULARY, *SIZES, pad_id=pad).eval()
    shapes = {name: parameter.shape for name, parameter in model.named_parameters()}
    for _ in range(DRAWS):
        weights = {name: draw.normal(*shape, scale=SPREAD * _gain(name)) for name, shape in shapes.items()}
        sources = tokens(draw, SOURCES, SOURCE_LENGTH, vocabulary, pad, draw.lengths(SOURCES, SOURCE_LENGTH))
        model.load_state_dict(weights, strict=False)  # its table of positions is nobody's weight
        ends = _ends(model, sources, start, end, longest)
        places = sorted({*ends} - ({None, longest} if all_end else {None}))
        if len(places) >= min(DIFFERENT_ENDS, longest):
            break
    return weights, sources[_in_turns([[row for row, own in enumerate(ends) if own == place] for place in places])]


def _gain(name: str) -> float:
    """The product of all gains whose key the name ends with."""
    return math.prod(gain for key, gain in GAINS.items() if name.endswith(key))


def _ends(
    model: transformer.Transformer, sources: torch.Tensor, start: int, end: int, longest: int
) -> list[int | None]:
    """Per source the number of tokens in its text, None if one of them was nearly another one."""
    texts = transformer.greedy_decode(model, sources, start, end, longest)
    with torch.no_grad():
        best, second = model(sources, texts[:, :-1]).topk(2).values.unbind(-1)
    ends = []
    for text, margins in zip(texts[:, 1:].tolist(), (best - second).tolist(), strict=True):
        count = text.index(end) + 1 if end in text else longest
        ends.append(count if min(margins[:count]) > SURE else None)
    return ends


def _in_turns(kinds: list[list[int]]) -> list[int]:
    """Rows, one of each kind in turn: however few are taken, they differ."""
    return [rows[turn] for turn in range(max(map(len, kinds))) for rows in kinds if turn < len(rows)]
