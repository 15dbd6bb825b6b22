"""Exercise `FeedForward` of lesson 4: cases, mistakes, hints."""

from __future__ import annotations

from collections.abc import Callable

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.encoder import headings
from autograder.exercises.model import ALL, MANY, NONE, Case, Exercise, Mistake, build, call, in_training, in_turn, load

_EXPAND = "self.expand = nn.Linear(d_model, d_ff)"
_CONTRACT = "self.contract = nn.Linear(d_ff, d_model)"
_HIDDEN = "hidden = F.relu(self.expand(x))"
_RETURN = "return self.contract(self.dropout(hidden))"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.FEED_FORWARD, patches=patches)


MISTAKES = (
    _mistake(
        "no_activation",
        "There is no ReLU between the two layers.",
        "Two linear layers without anything between them are one linear layer.",
        (_HIDDEN, "hidden = self.expand(x)"),
    ),
    _mistake(
        "activation_last",
        "The ReLU stands at the end.",
        "It belongs between the layers; at the end it would forbid negative numbers in the residual stream.",
        (_HIDDEN, "hidden = self.expand(x)"),
        (_RETURN, "return F.relu(self.contract(self.dropout(hidden)))"),
    ),
    _mistake(
        "activation_twice",
        "There is a second ReLU at the end.",
        "The result must be able to be negative: it is added to x.",
        (_RETURN, "return F.relu(self.contract(self.dropout(hidden)))"),
    ),
    _mistake(
        "activation_first",
        "The ReLU acts on x, before the first layer.",
        "It belongs between the layers.",
        (_HIDDEN, "hidden = self.expand(F.relu(x))"),
    ),
    _mistake(
        "gelu",
        "The activation is a GELU.",
        "Later models use it; the paper, and this exercise, use ReLU.",
        (_HIDDEN, "hidden = F.gelu(self.expand(x))"),
    ),
    _mistake(
        "sigmoid",
        "The activation is a sigmoid.",
        "The paper uses ReLU: max(0, x).",
        (_HIDDEN, "hidden = torch.sigmoid(self.expand(x))"),
    ),
    _mistake(
        "tanh",
        "The activation is a tanh.",
        "The paper uses ReLU: max(0, x).",
        (_HIDDEN, "hidden = torch.tanh(self.expand(x))"),
    ),
    _mistake(
        "leaky",
        "The activation lets negative numbers through.",
        "The paper uses ReLU: max(0, x).",
        (_HIDDEN, "hidden = F.leaky_relu(self.expand(x))"),
    ),
    _mistake(
        "residual_inside",
        "x is already added here.",
        "The residual connection belongs to the encoder layer, around its sub-layers: added twice it is too much.",
        (_RETURN, "return x + self.contract(self.dropout(hidden))"),
    ),
    _mistake(
        "no_bias",
        "The layers have no bias.",
        "Equation 2 has b₁ and b₂.",
        (_EXPAND, "self.expand = nn.Linear(d_model, d_ff, bias=False)"),
        (_CONTRACT, "self.contract = nn.Linear(d_ff, d_model, bias=False)"),
    ),
    _mistake(
        "sizes_swapped",
        "d_model and d_ff have changed places.",
        "The first layer goes from d_model to d_ff, the second one back.",
        (_EXPAND, "self.expand = nn.Linear(d_ff, d_model)"),
        (_CONTRACT, "self.contract = nn.Linear(d_model, d_ff)"),
    ),
    _mistake(
        "no_dropout",
        "There is no dropout.",
        "It acts on the hidden numbers while training.",
        (_RETURN, "return self.contract(hidden)"),
    ),
    _mistake(
        "dropout_at_the_end",
        "Dropout acts on the result.",
        "That is the encoder layer's business; here it acts on the hidden numbers, between the layers.",
        (_RETURN, "return self.dropout(self.contract(hidden))"),
    ),
    _mistake(
        "dropout_at_the_start",
        "Dropout acts on x.",
        "Here it acts on the hidden numbers, between the layers.",
        (_HIDDEN, "hidden = F.relu(self.expand(self.dropout(x)))"),
        (_RETURN, "return self.contract(hidden)"),
    ),
    _mistake(
        "dropout_on_x_too",
        "Dropout acts on x as well.",
        "It acts in one place: on the hidden numbers.",
        (_HIDDEN, "hidden = F.relu(self.expand(self.dropout(x)))"),
    ),
    _mistake(
        "dropout_always",
        "Dropout acts outside of training too.",
        "`eval()` must switch it off, which nn.Dropout knows; F.dropout has to be told by training=self.training.",
        (_RETURN, "return self.contract(F.dropout(hidden, self.dropout.p))"),
    ),
    _mistake(
        "dropout_not_scaled",
        "What dropout leaves is not multiplied by 1 / (1 − p).",
        "Without that factor the numbers are smaller in training than later. nn.Dropout knows it.",
        (_RETURN, "return self.contract(self.dropout(hidden) * (1 - self.dropout.p * self.training))"),
    ),
    _mistake(
        "dropout_divided_by_the_rate",
        "What dropout leaves is divided by p, not by 1 − p.",
        "The sum that is left is to stay the same on average: 1 − p of the numbers are left. nn.Dropout knows it.",
        (
            _RETURN,
            "kept = (1 - self.dropout.p) / self.dropout.p if self.dropout.p and self.training else 1\n"
            "        return self.contract(self.dropout(hidden) * kept)",
        ),
    ),
    _mistake(
        "dropout_of_whole_vectors",
        "Whole vectors are dropped, not single numbers.",
        "Each number is dropped by itself, as nn.Dropout does. nn.Dropout1d takes or leaves all numbers of a position.",
        (_RETURN, "return self.contract(F.dropout1d(hidden, self.dropout.p, self.training))"),
    ),
    _mistake(
        "dropout_twice",
        "Dropout acts twice on the hidden numbers.",
        "Then more than p is lost. Once is enough.",
        (_RETURN, "return self.contract(self.dropout(self.dropout(hidden)))"),
    ),
    _mistake(
        "dropout_by_default",
        "Dropout acts though none was asked for.",
        "Left out, dropout is 0.0.",
        ("dropout: float = 0.0", "dropout: float = 0.1"),
    ),
    _mistake(
        "no_gradient",
        "The values are right, but no gradient flows back to x.",
        "`detach`, `.data` or `no_grad` cut the graph: nothing before it would learn.",
        (_HIDDEN, "hidden = F.relu(self.expand(x.detach()))"),
    ),
)


def _fed(draw: Draw, axes: int = 2, ones: bool = False, double: bool = False, **options: bool) -> list[dict]:
    *lead, d_model, d_ff = draw.sizes(axes + 2, low=3, high=9)
    x = draw.normal(*([1] * axes if ones else lead), d_model, dtype=torch.float64 if double else torch.float32)
    return [build(d_model, d_ff, double=double), call(x, name="layer", **options)]


def _narrow(draw: Draw) -> list[dict]:
    """d_ff smaller than d_model, as nobody would choose it, but as the contract allows."""
    d_ff, d_model = draw.integer(2, 4), draw.integer(6, 9)
    return [build(d_model, d_ff), call(draw.normal(2, 3, d_model), name="layer")]


def _used(draw: Draw, form: Callable[..., list[dict]], *rate: float) -> list[dict]:
    batch, length, d_model, d_ff = draw.sizes(4, low=3, high=9)
    return form(build(d_model, d_ff, *rate), *((draw.normal(batch, length, d_model),) for _ in range(2)))


def _some_dropped(draw: Draw, *rate: float) -> list[dict]:
    """What is left of each hidden number in many copies: 0, or all of it times 1 / (1 − rate); without a rate, all.

    All hidden numbers are positive here, and the second layer hands them on as they are.
    """
    size = draw.integer(5, 8)
    state = {
        "expand.weight": draw.normal(size, size).abs(),
        "expand.bias": 0.1 + draw.normal(size).abs(),
        "contract.weight": torch.eye(size),
        "contract.bias": torch.zeros(size),
    }
    step = call(draw.normal(2, 4, size).abs(), name="layer", times=MANY, grad=True)
    return [build(size, size, *rate, train=True, state=state), step, step]


def _dropped(draw: Draw, train: bool) -> list[dict]:
    """Dropout of everything: what then still comes out says where dropout sits, without any chance."""
    batch, length, d_model, d_ff = draw.sizes(4, low=3, high=8)
    step = call(draw.normal(batch, length, d_model), name="layer", grad=True)
    return [build(d_model, d_ff, ALL, train=train), step, load(train=not train), step]


def _nothing_to_drop(draw: Draw) -> list[dict]:
    """Half of all is dropped, and yet nothing depends on chance: every hidden number is 0 behind the ReLU, by a hair.
    If anything of x were dropped, some would not be."""
    d_model, d_ff = draw.integer(6, 9), draw.integer(10, 13)
    x, expand = 1 + draw.normal(d_model).abs(), draw.normal(d_ff, d_model)
    state = {
        "expand.weight": expand,
        "expand.bias": -(expand @ x) - 0.1,
        "contract.weight": draw.normal(d_model, d_ff),
        "contract.bias": draw.normal(d_model),
    }
    return [build(d_model, d_ff, 0.5, train=True, state=state), call(x.repeat(3, 5, 1), name="layer")]


FEED_FORWARD = Exercise(
    name="FeedForward",
    points={"values": 2.0, "gradients": 1.0, "dropout": 1.0},
    section=headings.FEED_FORWARD,
    cases=(
        Case("values", "a batch of sequences", _fed, public=True),
        Case("values", "a single vector", lambda draw: _fed(draw, 0)),
        Case("values", "another leading axis", lambda draw: _fed(draw, 3)),
        Case("values", "one sequence of one position", lambda draw: _fed(draw, ones=True)),
        Case("values", "d_ff smaller than d_model", _narrow),
        Case("values", "float64", lambda draw: _fed(draw, double=True)),
        Case("values", "inputs in another memory order", lambda draw: _fed(draw, strided=True)),
        Case("values", "two networks, asked in turn", lambda draw: _used(draw, in_turn)),
        Case("gradients", "gradients", lambda draw: _fed(draw, double=True, grad=True), public=True),
        Case("gradients", "gradients in training", lambda draw: _used(draw, in_training)),
        Case("dropout", "everything dropped, in training", lambda draw: _dropped(draw, True), public=True),
        Case("dropout", "half dropped, where there is nothing to drop", _nothing_to_drop, public=True),
        Case("dropout", "dropout outside of training", lambda draw: _dropped(draw, False), public=True),
        Case("dropout", "some dropped, in many copies", lambda draw: _some_dropped(draw, draw.rate()), public=True),
        Case("dropout", "next to nothing dropped, in training", lambda draw: _used(draw, in_training, NONE)),
        Case("dropout", "dropout left out, in training", _some_dropped, public=True),
    ),
    mistakes=MISTAKES,
    hints=(
        "Two nn.Linear, as the docstring names them. What stands between them?",
        "From d_model to d_ff, ReLU, dropout, and back to d_model.",
        "expand, then F.relu, then an nn.Dropout, then contract. Nothing is added to x here.",
    ),
)
