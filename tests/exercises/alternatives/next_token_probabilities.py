# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811, F821
import math

import torch
import torch.nn.functional as F
from torch import nn


# %% torch's softmax
def next_token_probabilities(logits, temperature=1.0):
    if temperature <= 0:
        raise ValueError(f"temperature {temperature} is not positive")
    return torch.softmax(logits[:, -1, :] / temperature, dim=-1)


# %% functional
def next_token_probabilities(logits, temperature=1.0):
    if not temperature > 0:
        raise ValueError("temperature", temperature)
    last = logits.select(1, logits.shape[1] - 1)
    return F.softmax(last.div(temperature), dim=1)


# %% log-softmax, then exp
def next_token_probabilities(logits, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be positive: " + str(temperature))
    return F.log_softmax(logits[:, -1] / temperature, dim=-1).exp()


# %% the maximum taken off by hand
def next_token_probabilities(logits, temperature=1.0):
    if temperature <= 0:
        raise ValueError(f"{temperature=}")
    last = logits[:, -1]
    grown = torch.exp((last - last.amax(dim=-1, keepdim=True)) / temperature)
    return grown / grown.sum(dim=-1, keepdim=True)


# %% logsumexp
def next_token_probabilities(logits, temperature=1.0):
    if temperature <= 0:
        raise ValueError(f"temperature must be positive, not {temperature}")
    scaled = logits[:, -1] * (1 / temperature)
    return (scaled - scaled.logsumexp(dim=-1, keepdim=True)).exp()


# %% a module
def next_token_probabilities(logits, temperature=1.0):
    if temperature <= 0:
        raise ValueError(f"temperature must be positive, not {temperature}")
    return nn.Softmax(dim=-1)(logits[:, -1] / temperature)


# %% a distribution
def next_token_probabilities(logits, temperature=1.0):
    if temperature <= 0:
        raise ValueError(f"temperature must be positive, not {temperature}")
    return torch.distributions.Categorical(logits=logits[:, -1] / temperature).probs


# %% all positions, then the last
def next_token_probabilities(logits, temperature=1.0):
    if temperature <= 0:
        raise ValueError(f"temperature must be positive, not {temperature}")
    return (logits / temperature).softmax(dim=-1)[:, -1]


# %% one row after the other
def next_token_probabilities(logits, temperature=1.0):
    if temperature <= 0:
        raise ValueError(f"temperature must be positive, not {temperature}")
    return torch.stack([torch.softmax(text[-1] / temperature, dim=0) for text in logits])


# %% powers of probabilities
def next_token_probabilities(logits, temperature=1.0):
    if temperature <= 0 or math.isnan(temperature):
        raise ValueError(f"temperature must be positive, not {temperature}")
    shifted = (logits[:, -1] - logits[:, -1].max(dim=-1, keepdim=True).values).double()
    powers = shifted.exp().pow(1 / temperature)
    return (powers / powers.sum(-1, keepdim=True)).to(logits.dtype)


# %% the learner's own softmax
def next_token_probabilities(logits, temperature=1.0):
    if temperature <= 0:
        raise ValueError(f"temperature must be positive, not {temperature}")
    *_, last = logits.unbind(dim=1)
    return attention.stable_softmax(last / temperature, dim=1)
