# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811, F821
import math

import torch
from torch import nn


# %% by shapes
def count_parameters(d_model, num_heads):
    weights = d_model**2
    bias = d_model
    return 4 * weights + 4 * bias


# %% factored
def count_parameters(d_model: int, num_heads: int) -> int:
    return 4 * d_model * (d_model + 1)


# %% head by head
def count_parameters(d_model, num_heads):
    d_head = d_model // num_heads
    total = 0
    for _ in range(num_heads):
        for _ in ("query", "key", "value"):
            total += d_model * d_head + d_head
    return total + d_model * d_model + d_model


# %% the layer itself is counted
def count_parameters(d_model, num_heads):
    layer = MultiHeadAttention(d_model, num_heads)
    return sum(p.numel() for p in layer.parameters())


# %% named parameters and their shapes
def count_parameters(d_model, num_heads):
    layer = MultiHeadAttention(d_model, num_heads)
    return sum(math.prod(p.shape) for _, p in layer.named_parameters())


# %% one linear layer, four times
def count_parameters(d_model, num_heads):
    linear = nn.Linear(d_model, d_model)
    return 4 * (linear.weight.numel() + linear.bias.numel())


# %% state dict
def count_parameters(d_model, num_heads):
    return sum(t.numel() for t in MultiHeadAttention(d_model, num_heads).state_dict().values())


# %% one vector of all
def count_parameters(d_model, num_heads):
    vector = nn.utils.parameters_to_vector(MultiHeadAttention(d_model, num_heads).parameters())
    return len(vector)


# %% a table
def count_parameters(d_model, num_heads):
    shapes = {
        "query": (d_model, d_model),
        "key": (d_model, d_model),
        "value": (d_model, d_model),
        "output": (d_model, d_model),
    }
    return sum(rows * columns + rows for rows, columns in shapes.values())


# %% as one matrix with a row for the bias
def count_parameters(d_model, num_heads):
    return torch.zeros(d_model + 1, 4 * d_model).numel()


# %% floats made whole
def count_parameters(d_model, num_heads):
    d_head = d_model / num_heads
    return round(3 * num_heads * (d_model * d_head + d_head) + d_model * d_model + d_model)
