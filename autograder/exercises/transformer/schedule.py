"""Exercise `warmup_learning_rate` of lesson 6: cases, mistakes, hints."""

from __future__ import annotations

from autograder.exercises.draw import Draw
from autograder.exercises.model import Case, Exercise, Mistake, call, raises
from autograder.exercises.transformer import headings

_CHECK = "if step < 1:"
_RETURN = "return d_model**-0.5 * min(step**-0.5, step * warmup_steps**-1.5)"


def _mistake(name: str, sentence: str, why: str, *patches: tuple[str, str]) -> Mistake:
    return Mistake(name, sentence, why, headings.SCHEDULE, patches=patches)


def _returns(new: str) -> tuple[str, str]:
    return (_RETURN, f"return {new}")


MISTAKES = (
    _mistake(
        "maximum",
        "The larger of both branches is taken.",
        "That starts with a huge rate: the smaller one is wanted.",
        _returns("d_model**-0.5 * max(step**-0.5, step * warmup_steps**-1.5)"),
    ),
    _mistake(
        "no_warm_up",
        "The rate falls from the first step on.",
        "At first it must rise: large steps at the beginning ruin the model.",
        _returns("d_model**-0.5 * step**-0.5"),
    ),
    _mistake(
        "never_falls",
        "The rate rises for ever.",
        "After warmup_steps it falls like 1 / √step.",
        _returns("d_model**-0.5 * step * warmup_steps**-1.5"),
    ),
    _mistake(
        "counted_from_zero",
        "The steps are counted from 0: the rate belongs to the step before.",
        "The first step is step 1.",
        _returns("d_model**-0.5 * (min((step - 1) ** -0.5, (step - 1) * warmup_steps**-1.5) if step > 1 else 0.0)"),
    ),
    _mistake(
        "one_step_ahead",
        "The rate belongs to the step after.",
        "Adding 1 is right for steps that count from 0; here the first is 1.",
        _returns("d_model**-0.5 * min((step + 1) ** -0.5, (step + 1) * warmup_steps**-1.5)"),
    ),
    _mistake(
        "root_of_d_model_multiplied",
        "The rate is multiplied by √d_model.",
        "Larger models take smaller steps: d_model^(−1/2).",
        _returns("d_model**0.5 * min(step**-0.5, step * warmup_steps**-1.5)"),
    ),
    _mistake(
        "no_d_model",
        "d_model is not used.",
        "Larger models take smaller steps: d_model^(−1/2).",
        _returns("min(step**-0.5, step * warmup_steps**-1.5)"),
    ),
    _mistake(
        "wrong_exponent",
        "The exponent of warmup_steps is −1/2.",
        "It is −3/2: so both branches meet at step = warmup_steps.",
        _returns("d_model**-0.5 * min(step**-0.5, step * warmup_steps**-0.5)"),
    ),
    _mistake(
        "linear_decay",
        "After the warm-up the rate falls like 1 / step.",
        "It falls like 1 / √step.",
        _returns("d_model**-0.5 * min(warmup_steps**0.5 / step, step * warmup_steps**-1.5)"),
    ),
    _mistake(
        "unchecked",
        "Steps before the first one are not refused.",
        "Step 0 is the usual mistake, and would give a division by zero: say so with a ValueError.",
        (_CHECK, "if False:"),
    ),
)


def _at(draw: Draw, low: float, high: float) -> dict:
    """A step between `low` and `high` times the warm-up."""
    warmup = draw.integer(40, 400)
    step = max(2, int(warmup * (low + (high - low) * draw.integer(1, 100) / 100)))
    return call(step, 8 * draw.integer(2, 64), warmup)


def _too_early(draw: Draw, step: int) -> dict:
    return raises(call(step, 8 * draw.integer(2, 64), draw.integer(40, 400)), abs(step))


WARMUP_LEARNING_RATE = Exercise(
    name="warmup_learning_rate",
    points={"values": 1.0, "errors": 1.0},
    section=headings.SCHEDULE,
    cases=(
        Case("values", "while it rises", lambda draw: _at(draw, 0.05, 0.8), public=True),
        Case("values", "while it falls", lambda draw: _at(draw, 1.3, 9.0), public=True),
        Case(
            "values", "the first step", lambda draw: call(1, draw.integer(16, 512), draw.integer(30, 300)), public=True
        ),
        Case("values", "the last step of the warm-up", lambda draw: _at(draw, 1.0, 1.0)),
        Case("values", "the paper's numbers", lambda draw: call(draw.integer(100, 100_000), 512, 4000)),
        Case("errors", "step 0", lambda draw: _too_early(draw, 0), public=True),
        Case("errors", "a negative step", lambda draw: _too_early(draw, -draw.integer(11, 100))),
    ),
    mistakes=MISTAKES,
    hints=(
        "Two numbers, of which the smaller one counts. Which is smaller at step 1?",
        "Python's ** takes negative and broken exponents, and min takes two numbers.",
        "Check the step; then multiply d_model to the power −0.5 with the smaller of both branches of equation 3.",
    ),
)
