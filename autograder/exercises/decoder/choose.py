"""Exercise `next_token_probabilities` of lesson 5: cases, mistakes, hints."""

from __future__ import annotations

import torch

from autograder.exercises.decoder import headings
from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises

_RETURN = "return attention.stable_softmax(logits[:, -1] / temperature)"
_CHECK = "if temperature <= 0:"


def _mistake(name: str, sentence: str, why: str, new: str) -> Mistake:
    return Mistake(name, sentence, why, headings.CHOOSE, patches=((_RETURN, f"return {new}"),))


MISTAKES = (
    _mistake(
        "first_position",
        "These are the probabilities of the first position.",
        "The first position says what comes after the first token; what comes after the text is said by the last.",
        "attention.stable_softmax(logits[:, 0] / temperature)",
    ),
    _mistake(
        "one_before_the_last",
        "These are the probabilities of the last position but one.",
        "That is what the model thought of a token that is written already.",
        "attention.stable_softmax(logits[:, max(-2, -logits.shape[1])] / temperature)",
    ),
    _mistake(
        "all_positions",
        "There is a distribution for every position.",
        "Only the token after the text is to be chosen, so only the last position counts.",
        "attention.stable_softmax(logits / temperature)",
    ),
    _mistake(
        "mean_of_positions",
        "The logits of all positions are averaged.",
        "Each position speaks of another token; only the last one speaks of the next.",
        "attention.stable_softmax(logits.mean(dim=1) / temperature)",
    ),
    _mistake(
        "last_sequence",
        "The last sequence of the batch is taken instead of the last position.",
        "Axis 0 is the batch, axis 1 is time.",
        "attention.stable_softmax(logits[-1] / temperature)",
    ),
    _mistake(
        "temperature_multiplied",
        "The logits are multiplied by the temperature instead of divided.",
        "Then a low temperature would make the distribution flatter; it has to make it sharper.",
        "attention.stable_softmax(logits[:, -1] * temperature)",
    ),
    _mistake(
        "temperature_ignored",
        "The temperature has no effect.",
        "The logits have to be divided by it.",
        "attention.stable_softmax(logits[:, -1])",
    ),
    _mistake(
        "temperature_after_softmax",
        "The probabilities are divided by the temperature, not the logits.",
        "Then a row no longer adds up to 1, and its shape has not changed.",
        "attention.stable_softmax(logits[:, -1]) / temperature",
    ),
    _mistake(
        "power_not_normalised",
        "The probabilities are raised to the power 1/T and do not add up to 1 any more.",
        "Raising them is right in proportion, but then each row has to be divided by its sum.",
        "attention.stable_softmax(logits[:, -1]) ** (1 / temperature)",
    ),
    _mistake(
        "softmax_over_batch",
        "The softmax runs over the batch.",
        "The probabilities of one sequence's tokens add up to 1: the softmax runs over the vocabulary.",
        "attention.stable_softmax(logits[:, -1] / temperature, dim=0)",
    ),
    _mistake(
        "softmax_over_positions",
        "The softmax runs over the positions.",
        "It has to run over the vocabulary, of the last position.",
        "attention.stable_softmax(logits / temperature, dim=1)[:, -1]",
    ),
    _mistake(
        "logits",
        "These are logits, not probabilities.",
        "The softmax is missing: the result must be positive and add up to 1.",
        "logits[:, -1] / temperature",
    ),
    _mistake(
        "log_probabilities",
        "These are the logarithms of the probabilities.",
        "They are asked for themselves: positive numbers that add up to 1.",
        "attention.stable_softmax(logits[:, -1] / temperature).log()",
    ),
    _mistake(
        "overflow",
        "At a low temperature the result is NaN.",
        "Logits divided by a small number are large, and their exponentials overflow; your stable_softmax survives it.",
        "(logits[:, -1] / temperature).exp() / (logits[:, -1] / temperature).exp().sum(dim=-1, keepdim=True)",
    ),
    _mistake(
        "squeezed",
        "Axes of size 1 are dropped from the result.",
        "A batch of one is still a batch: squeeze only axes that you name.",
        "attention.stable_softmax(logits[:, -1] / temperature).squeeze()",
    ),
    Mistake(
        "zero_allowed",
        "A temperature of 0 is not refused.",
        "It would divide by 0: it must be a ValueError.",
        headings.CHOOSE,
        patches=((_CHECK, "if temperature < 0:"),),
    ),
    Mistake(
        "unchecked",
        "The temperature is not checked.",
        "0 would divide by 0, and a negative one would prefer the least likely token: both must be a ValueError.",
        headings.CHOOSE,
        patches=((_CHECK, "if False:"),),
    ),
    Mistake(
        "changed_input",
        "The logits are divided in place.",
        "The caller still needs them: `logits /= …` changes the caller's tensor.",
        headings.CHOOSE,
        patches=((_RETURN, "return attention.stable_softmax(logits.div_(temperature)[:, -1])"),),
    ),
)


def _logits(draw: Draw, *temperature: float, dtype: torch.dtype = torch.float32, **options: bool) -> dict:
    batch, length, vocabulary = draw.sizes(3, low=3, high=9)
    return call(draw.normal(batch, length, vocabulary, dtype=dtype, scale=2.0), *temperature, **options)


def _sized(draw: Draw, batch: int, length: int, temperature: float = 1.5) -> dict:
    return call(draw.normal(batch, length, 7), temperature)


def _negative(draw: Draw) -> dict:
    temperature = draw.integer(11, 100)
    return raises(_logits(draw, -float(temperature)), temperature)


NEXT_TOKEN_PROBABILITIES = Exercise(
    name="next_token_probabilities",
    points={"values": 2.0, "temperature": 1.0, "errors": 1.0},
    section=headings.CHOOSE,
    cases=(
        Case("values", "no temperature given", _logits, public=True),
        Case("values", "float64", lambda draw: _logits(draw, dtype=torch.float64)),
        Case("values", "logits in another memory order", lambda draw: _logits(draw, strided=True)),
        Case("values", "a batch of one", lambda draw: _sized(draw, 1, 4), public=True),
        Case("values", "a text of one token", lambda draw: _sized(draw, 3, 1)),
        Case("temperature", "warm", lambda draw: _logits(draw, 1.0 + draw.integer(2, 9) / 4), public=True),
        Case("temperature", "cool", lambda draw: _logits(draw, 0.3)),
        Case("temperature", "nearly 0", lambda draw: _logits(draw, 0.005), public=True),
        Case("errors", "temperature 0", lambda draw: raises(_logits(draw, 0.0), 0), public=True),
        Case("errors", "a negative temperature", _negative, public=True),
    ),
    mistakes=MISTAKES,
    hints=(
        "Which position of the output speaks of the token that nobody has seen yet?",
        "Take one slice along axis 1, divide, and then it is a softmax as in lesson 1.",
        "Divide the logits of the last position by the temperature, before attention.stable_softmax.",
    ),
)
