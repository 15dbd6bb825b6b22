"""Exercise `label_smoothed_cross_entropy` of lesson 6: cases, mistakes, hints."""

from __future__ import annotations

import torch

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call
from autograder.exercises.rules import CROSS_ENTROPY
from autograder.exercises.transformer import headings

_LOG = "log_probabilities = logits - logits.logsumexp(dim=-1, keepdim=True)"
_RIGHT = "right = log_probabilities.gather(-1, target.unsqueeze(-1)).squeeze(-1)"
_LOSSES = "losses = -(1 - smoothing) * right - smoothing * log_probabilities.mean(dim=-1)"
_RETURN = "return losses[target != pad_id].mean()"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.LOSS, patches=patches)


MISTAKES = (
    _mistake(
        "padding_counts",
        "Padding counts like any other token.",
        "The model would be rewarded for writing padding, which is easy.",
        (_RETURN, "return losses.mean()"),
    ),
    _mistake(
        "divided_by_all_positions",
        "Padding is left out of the sum, but counts in the number it is divided by.",
        "The loss would depend on how much padding a batch has.",
        (_RETURN, "return (losses * (target != pad_id)).sum() / target.numel()"),
    ),
    _mistake(
        "mean_of_sequence_means",
        "Each sequence is averaged first, then the sequences.",
        "Every real token counts the same: tokens of short sequences would count more.",
        (
            _RETURN,
            "real = target != pad_id; return ((losses * real).sum(1) / real.sum(1).clamp(min=1))[real.any(1)].mean()",
        ),
    ),
    _mistake(
        "sum_of_losses",
        "The losses are added up, not averaged.",
        "The learning rate would have to fit the number of tokens in a batch.",
        (_RETURN, "return losses[target != pad_id].sum()"),
    ),
    _mistake(
        "no_smoothing",
        "`smoothing` is not used.",
        "The wanted distribution gives a share of it to every token.",
        (_LOSSES, "losses = -right"),
    ),
    _mistake(
        "smoothing_ignored",
        "The smoothing is 0.1 whatever the argument says.",
        "It is an argument: use it.",
        (_LOSSES, "losses = -0.9 * right - 0.1 * log_probabilities.mean(dim=-1)"),
    ),
    _mistake(
        "right_token_gets_no_share",
        "The share of smoothing goes to the wrong tokens only.",
        "Here all V tokens get s / V, the right one too. Both versions are in use; weights and losses differ.",
        (
            _LOSSES,
            "losses = -(1 - smoothing) * right - smoothing * (log_probabilities.sum(dim=-1) - right) "
            "/ (logits.shape[-1] - 1)",
        ),
    ),
    _mistake(
        "share_not_divided",
        "Every token gets the whole share s, not s / V.",
        "The wanted shares must add up to 1.",
        (_LOSSES, "losses = -(1 - smoothing) * right - smoothing * log_probabilities.sum(dim=-1)"),
    ),
    _mistake(
        "right_token_keeps_all",
        "The right token keeps its whole 1, and the others get shares besides.",
        "It gives away s: 1 − s remains, plus its own share.",
        (_LOSSES, "losses = -right - smoothing * log_probabilities.mean(dim=-1)"),
    ),
    _mistake(
        "padding_gets_no_share",
        "The padding token gets no share of the smoothing.",
        "Some libraries do that. Here all V tokens share, as in torch's own loss.",
        (
            _LOSSES,
            "others = log_probabilities.sum(dim=-1) - log_probabilities[..., pad_id]; "
            "losses = -(1 - smoothing) * right - smoothing * others / (logits.shape[-1] - 1)",
        ),
    ),
    _mistake(
        "softmax_first",
        "A softmax is applied before the logarithm of the softmax.",
        "logits are not probabilities yet, and must not become them twice: the loss could never get near 0.",
        (_LOG, "logits = torch.softmax(logits, dim=-1); " + _LOG),
    ),
    _mistake(
        "no_logarithm",
        "The logits are taken for logarithms of probabilities.",
        "They must be normalised: subtract the logarithm of the sum of their exponentials.",
        (_LOG, "log_probabilities = logits"),
    ),
    _mistake(
        "normalised_over_positions",
        "Probabilities are made along the sequence, not over the vocabulary.",
        "The vocabulary is the last axis.",
        (_LOG, "log_probabilities = logits - logits.logsumexp(dim=1, keepdim=True)"),
    ),
    _mistake(
        "axes_reshaped",
        "The logits are reshaped to put the vocabulary second, where the axes had to be exchanged.",
        "A reshape mixes the numbers of different positions.",
        (_LOG, "batch, length, size = logits.shape; logits = logits.reshape(batch, size, length).mT; " + _LOG),
    ),
    _mistake(
        "sign",
        "The sign is missing.",
        "A loss falls when the probability of the right token rises.",
        (_LOSSES, "losses = (1 - smoothing) * right + smoothing * log_probabilities.mean(dim=-1)"),
    ),
    _mistake(
        "one_number_per_token",
        "The losses come back one by one.",
        "A single number is asked for: their mean.",
        (_RETURN, "return losses[target != pad_id]"),
    ),
    _mistake(
        "no_gradient",
        "The value is right, but no gradient flows back to the logits.",
        "`item`, `detach` or a tensor made anew cut the graph: nothing would learn.",
        (_RETURN, "return losses[target != pad_id].mean().detach()"),
    ),
)


def _batch(draw: Draw, smoothing: float | None = 0.1, padded: bool = True, dtype=torch.float32, **options) -> dict:
    batch, length, size = draw.sizes(3, low=3, high=8)
    pad = draw.integer(1, size)
    target = draw.integers(0, size, batch, length)
    target[target == pad] = 0
    if padded:
        target[0, length // 2 :] = pad
        target[-1, -1] = pad
    arguments = [draw.normal(batch, length, size, dtype=dtype, scale=2.0), target, pad]
    return call(*arguments, *([] if smoothing is None else [smoothing]), **options)


def _sequence_of_padding(draw: Draw) -> dict:
    batch, length, size = draw.sizes(3, low=3, high=8)
    target = draw.integers(1, size, batch, length)
    target[1] = 0
    return call(draw.normal(batch, length, size), target, 0, 0.2)


def _large(draw: Draw) -> dict:
    batch, length, size = draw.sizes(3, low=3, high=8)
    return call(draw.normal(batch, length, size, scale=300.0), draw.integers(1, size, batch, length), 0, 0.0)


def _small(draw: Draw, batch: int, length: int) -> dict:
    size = draw.integer(5, 9)
    return call(draw.normal(batch, length, size), draw.integers(1, size, batch, length), 0, 0.3)


LABEL_SMOOTHED_CROSS_ENTROPY = Exercise(
    name="label_smoothed_cross_entropy",
    points={"values": 2.0, "padding": 2.0, "gradients": 1.0},
    section=headings.LOSS,
    forbidden=(CROSS_ENTROPY,),
    cases=(
        Case("values", "no padding", lambda draw: _batch(draw, padded=False), public=True),
        Case("values", "more smoothing", lambda draw: _batch(draw, 0.4, padded=False), public=True),
        Case("values", "no smoothing", lambda draw: _batch(draw, 0.0, padded=False)),
        Case("values", "smoothing left out", lambda draw: _batch(draw, None, padded=False)),
        Case("values", "large logits", _large),
        Case("values", "sequences of one token", lambda draw: _small(draw, 3, 1)),
        Case("values", "a single sequence", lambda draw: _small(draw, 1, 3)),
        Case("values", "float64", lambda draw: _batch(draw, 0.3, padded=False, dtype=torch.float64)),
        Case("padding", "some padding", _batch, public=True),
        Case("padding", "a sequence of padding", _sequence_of_padding, public=True),
        Case("gradients", "gradients", lambda draw: _batch(draw, dtype=torch.float64, grad=True), public=True),
    ),
    mistakes=MISTAKES,
    hints=(
        "First the logarithms of all probabilities. What does the wanted distribution multiply them with?",
        "The sum splits in two: 1 − s times the right token's logarithm, and s times the mean of all V logarithms.",
        "logits less their logsumexp; gather picks the right ones; then keep the positions whose target is not pad_id, "
        "and take their mean.",
    ),
)
