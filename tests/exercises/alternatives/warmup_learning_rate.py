# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811
import math

import torch


# %% two branches
def warmup_learning_rate(step, d_model, warmup_steps):
    if step < 1:
        raise ValueError(f"step {step}")
    if step <= warmup_steps:
        factor = step * warmup_steps ** (-1.5)
    else:
        factor = 1 / math.sqrt(step)
    return factor / math.sqrt(d_model)


# %% peak times a share
def warmup_learning_rate(step, d_model, warmup_steps):
    if step <= 0:
        raise ValueError(f"the first step is 1, not {step}")
    peak, share = (d_model * warmup_steps) ** -0.5, step / warmup_steps
    return peak * min(share, share**-0.5)


# %% one over the larger
def warmup_learning_rate(step, d_model, warmup_steps):
    if not step >= 1:
        raise ValueError(f"step must be at least 1, got {step}")
    return 1.0 / (math.sqrt(d_model) * max(math.sqrt(step), warmup_steps * math.sqrt(warmup_steps) / step))


# %% by logarithms
def warmup_learning_rate(step, d_model, warmup_steps):
    if step < 1:
        raise ValueError(f"step {step} comes before the first")
    falling = -0.5 * math.log(step)
    rising = math.log(step) - 1.5 * math.log(warmup_steps)
    return math.exp(min(falling, rising) - 0.5 * math.log(d_model))


# %% tensors
def warmup_learning_rate(step, d_model, warmup_steps):
    if step < 1:
        raise ValueError(f"step {step}")
    now = torch.tensor(float(step), dtype=torch.float64)
    both = torch.stack([now.rsqrt(), now * float(warmup_steps) ** -1.5])
    return (both.amin() * d_model**-0.5).item()


# %% sorted
def warmup_learning_rate(step, d_model, warmup_steps):
    if step < 1:
        raise ValueError("no such step", step)
    smaller, _ = sorted([pow(step, -0.5), step * pow(warmup_steps, -1.5)])
    return pow(d_model, -0.5) * smaller


# %% an assertion turned into an error
def warmup_learning_rate(step, d_model, warmup_steps):
    try:
        assert step >= 1
    except AssertionError:
        raise ValueError(f"there is no step {step}") from None
    rise, fall = step / warmup_steps / math.sqrt(warmup_steps), 1 / math.sqrt(step)
    return (rise if rise < fall else fall) / math.sqrt(d_model)


# %% functions of the step
def warmup_learning_rate(step, d_model, warmup_steps):
    def fall(t):
        return (d_model * t) ** -0.5

    def rise(t):
        return fall(warmup_steps) * t / warmup_steps

    if step < 1:
        raise ValueError(f"{step} is less than 1")
    return fall(step) if step > warmup_steps else rise(step)


# %% the square of both, and its root
def warmup_learning_rate(step, d_model, warmup_steps):
    if step < 1:
        raise ValueError(f"step {step}")
    return math.sqrt(min(1 / step, step**2 / warmup_steps**3) / d_model)


# %% a loop that takes the smallest
def warmup_learning_rate(step, d_model, warmup_steps):
    if step < 1:
        raise ValueError(f"step={step}")
    rate = math.inf
    for candidate in (step**-0.5, step * warmup_steps**-1.5):
        if candidate < rate:
            rate = candidate
    return rate * d_model**-0.5
