"""Exercise `LayerNorm` of lesson 4: cases, mistakes, hints."""

from __future__ import annotations

from collections.abc import Callable

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.encoder import headings
from autograder.exercises.model import Case, Exercise, Mistake, build, call, in_training, in_turn
from autograder.exercises.rules import LAYER_NORM as FORBIDDEN

_WEIGHT = "self.weight = nn.Parameter(torch.ones(d_model))"
_BIAS = "self.bias = nn.Parameter(torch.zeros(d_model))"
_EPS = "self.eps = eps"
_MEAN = "mean = x.sum(dim=-1, keepdim=True) / d_model"
_CENTRED = "centred = x - mean"
_VARIANCE = "variance = (centred * centred).sum(dim=-1, keepdim=True) / d_model"
_RETURN = "return centred * torch.rsqrt(variance + self.eps) * self.weight + self.bias"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.NORM, patches=patches)


def _over(dim: str) -> tuple[tuple[str, str], tuple[str, str]]:
    mean = (_MEAN, f"mean = x.mean(dim={dim}, keepdim=True)")
    return mean, (_VARIANCE, f"variance = (centred * centred).mean(dim={dim}, keepdim=True)")


def _returns(new: str) -> tuple[str, str]:
    return (_RETURN, f"return {new}")


MISTAKES = (
    _mistake(
        "eps_outside_the_root",
        "ε is added to the standard deviation, outside the root.",
        "√(σ² + ε) and σ + ε differ by a factor of hundreds where the variance is small.",
        _returns("centred / (torch.sqrt(variance) + self.eps) * self.weight + self.bias"),
    ),
    _mistake(
        "eps_forgotten",
        "There is no ε.",
        "A vector of equal numbers has variance 0, and 0 / 0 is NaN.",
        _returns("centred / torch.sqrt(variance) * self.weight + self.bias"),
    ),
    _mistake(
        "eps_ignored",
        "ε is 1e-5 whatever `eps` says.",
        "It is an argument of the constructor: keep it and use it.",
        (_EPS, "self.eps = 1e-5"),
    ),
    _mistake(
        "unbiased_variance",
        "The variance is divided by d_model − 1.",
        "That is the default of torch.var and torch.std; the norm divides by d_model.",
        (_VARIANCE, "variance = (centred * centred).sum(dim=-1, keepdim=True) / (d_model - 1)"),
    ),
    _mistake(
        "variance_from_squares",
        "The variance is the mean of the squares less the square of the mean.",
        "Where the mean is large, both are large and almost the same: float32 loses their difference. Subtract first.",
        (_VARIANCE, "variance = (x * x).sum(dim=-1, keepdim=True) / d_model - mean * mean"),
    ),
    _mistake(
        "over_positions",
        "Mean and variance are taken over the positions of a sequence.",
        "Each vector is normalised by itself: over the last axis, so that no position hears of another.",
        *_over("-2"),
    ),
    _mistake(
        "over_the_batch",
        "Mean and variance are taken over the batch.",
        "That would be batch norm; here the result must not depend on what else is in the batch.",
        *_over("0"),
    ),
    _mistake(
        "over_everything",
        "One mean and one variance serve for all vectors.",
        "Each vector has its own.",
        (_MEAN, "mean = x.mean()"),
        (_VARIANCE, "variance = (centred * centred).mean()"),
    ),
    _mistake(
        "not_centred",
        "The mean is not subtracted.",
        "Dividing by the root of the mean square alone is RMSNorm: a good norm, but another one.",
        (_CENTRED, "centred = x"),
    ),
    _mistake(
        "only_centred",
        "The vectors are not divided by their standard deviation.",
        "After a layer norm every vector has the same spread.",
        _returns("centred * self.weight + self.bias"),
    ),
    _mistake(
        "divided_by_the_variance",
        "The vectors are divided by the variance, without its root.",
        "Only the standard deviation has the unit of x; large vectors would come out small.",
        _returns("centred / (variance + self.eps) * self.weight + self.bias"),
    ),
    _mistake(
        "weight_unused",
        "The weight is not used.",
        "weight and bias let the model undo the norm where that helps.",
        _returns("centred / torch.sqrt(variance + self.eps) + self.bias"),
    ),
    _mistake(
        "bias_unused",
        "The bias is not used.",
        "weight and bias let the model undo the norm where that helps.",
        _returns("centred / torch.sqrt(variance + self.eps) * self.weight"),
    ),
    _mistake(
        "bias_before_weight",
        "The bias is added before the weight multiplies.",
        "First times weight, then plus bias.",
        _returns("(centred / torch.sqrt(variance + self.eps) + self.bias) * self.weight"),
    ),
    _mistake(
        "weight_starts_random",
        "The weight does not start with ones.",
        "Before training, the norm changes nothing but mean and variance.",
        (_WEIGHT, "self.weight = nn.Parameter(torch.randn(d_model))"),
    ),
    _mistake(
        "weight_starts_at_zero",
        "The weight starts with zeros.",
        "Everything behind it would start as the bias, and nothing before it could learn.",
        (_WEIGHT, "self.weight = nn.Parameter(torch.zeros(d_model))"),
    ),
    _mistake(
        "not_parameters",
        "weight and bias are plain tensors.",
        "Only an nn.Parameter is trained, saved and loaded.",
        (_WEIGHT, "self.weight = torch.ones(d_model)"),
        (_BIAS, "self.bias = torch.zeros(d_model)"),
    ),
    _mistake(
        "single_number_weight",
        "weight and bias are one number each.",
        "Each of the d_model columns has its own.",
        (_WEIGHT, "self.weight = nn.Parameter(torch.ones(1))"),
        (_BIAS, "self.bias = nn.Parameter(torch.zeros(1))"),
    ),
    _mistake(
        "statistics_detached",
        "The values are right, but the gradient takes mean and variance for constants.",
        "They depend on x: `detach` or `no_grad` around them gives another gradient.",
        (_MEAN, "mean = x.detach().sum(dim=-1, keepdim=True) / d_model"),
        (_VARIANCE, "variance = centred.detach().square().sum(dim=-1, keepdim=True) / d_model"),
    ),
    _mistake(
        "changed_input",
        "The caller's vectors are centred in place.",
        "`x -= …` changes what the residual connection still needs.",
        (_CENTRED, "centred = x.sub_(mean)"),
    ),
)


def _normed(draw: Draw, axes: int = 2, batch: int | None = None, double: bool = False, **options: bool) -> list[dict]:
    *lead, d_model = draw.sizes(axes + 1, low=3, high=8)
    if batch is not None:
        lead = [batch] * axes
    dtype = torch.float64 if double else torch.float32
    # vectors of different means and spreads
    x = draw.normal(*lead, d_model, dtype=dtype) * (1 + draw.normal(*lead, 1, dtype=dtype).abs())
    return [build(d_model, double=double), call(x + draw.normal(*lead, 1, dtype=dtype), name="layer", **options)]


def _far_from_zero(draw: Draw) -> list[dict]:
    """Means that are fifty times as large as the distances from them. Eight numbers with few binary places: their sums,
    their means and the distances are exact in float32, in any order of operations. Only the squares are not.
    """
    batch, length, places = 6, 8, 1024
    sign = 2 * draw.integers(0, 2, batch, length, 1) - 1
    turn = 2 * (draw.normal(batch, length, 8).argsort(dim=-1) % 2) - 1  # four numbers above the mean, four below
    distances = turn * (1 + draw.normal(batch, length, 8).abs() / 2)
    x = sign * draw.integers(50 * places, 70 * places, batch, length, 1) + (distances * places).round()
    return [build(8), call((x / places).float(), name="layer")]


def _small(draw: Draw, eps: float | None = None, scale: float = 3e-3) -> list[dict]:
    """Variances about as large as ε, where its place shows."""
    batch, length, d_model = draw.sizes(3, low=3, high=8)
    arguments = [d_model] if eps is None else [d_model, eps]
    return [build(*arguments), call(draw.normal(batch, length, d_model, scale=scale), name="layer")]


def _equal_numbers(draw: Draw, **options: bool) -> list[dict]:
    """A vector whose numbers are all equal, beside others."""
    batch, length, d_model = draw.sizes(3, low=3, high=8)
    x = draw.normal(batch, length, d_model)
    x[0, 1] = 0.0  # the only number whose mean is exact however it is computed
    return [build(d_model), call(x, name="layer", **options)]


def _used(draw: Draw, form: Callable[..., list[dict]]) -> list[dict]:
    batch, length, d_model = draw.sizes(3, low=3, high=8)
    return form(build(d_model), *((draw.normal(batch, length, d_model),) for _ in range(2)))


def _fresh(draw: Draw) -> list[dict]:
    batch, length, d_model = draw.sizes(3, low=3, high=8)
    return [build(d_model, state=False), call(draw.normal(batch, length, d_model) * 3, name="layer")]


LAYER_NORM = Exercise(
    name="LayerNorm",
    points={"values": 3.0, "eps": 1.0, "gradients": 1.0},
    section=headings.NORM,
    forbidden=(FORBIDDEN,),
    cases=(
        Case("values", "a batch of sequences", _normed, public=True),
        Case("values", "a single vector", lambda draw: _normed(draw, 0)),
        Case("values", "batch and heads", lambda draw: _normed(draw, 3)),
        Case("values", "one sequence of one position", lambda draw: _normed(draw, batch=1), public=True),
        Case("values", "float64", lambda draw: _normed(draw, double=True)),
        Case("values", "inputs in another memory order", lambda draw: _normed(draw, strided=True)),
        Case("values", "before any training", _fresh, public=True),
        Case("values", "two norms, asked in turn", lambda draw: _used(draw, in_turn)),
        Case("eps", "variances as small as ε", _small, public=True),
        Case("eps", "another ε", lambda draw: _small(draw, 0.1, 0.4), public=True),
        Case("eps", "means far from zero", _far_from_zero, public=True, separates=("variance_from_squares",)),
        Case("eps", "a vector of equal numbers", _equal_numbers, public=True),
        Case("gradients", "gradients", lambda draw: _normed(draw, double=True, grad=True), public=True),
        Case("gradients", "gradients in training", lambda draw: _used(draw, in_training)),
        Case("gradients", "gradients at equal numbers", lambda draw: _equal_numbers(draw, grad=True)),
    ),
    mistakes=MISTAKES,
    hints=(
        "One vector at a time: which axis holds its numbers? Keep that axis, with size 1, when you take a mean.",
        "Subtract the mean; take the mean of the squares of what remains; add ε; take the root; divide.",
        "nn.Parameter(torch.ones(d_model)) and nn.Parameter(torch.zeros(d_model)) in __init__; x.mean(dim=-1, "
        "keepdim=True) in forward. x.var needs correction=0.",
    ),
)
