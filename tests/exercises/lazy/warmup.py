"""Thoughtless answers to the exercises of lesson 0."""

import torch

LAZY = {
    "pairwise_dot_products": {
        "zeros": lambda x, y: torch.zeros(len(x), len(y), dtype=x.dtype),
        "ones": lambda x, y: torch.ones(len(x), len(y), dtype=x.dtype),
        "garbage": lambda x, y: torch.randn(len(x), len(y), dtype=x.dtype),
        "the input": lambda x, y: x,
    },
    "masked_mean": {
        "zeros": lambda values, mask: torch.zeros(values.shape[0], values.shape[2], dtype=values.dtype),
        "the first": lambda values, mask: values[:, 0],
        "the first, with a graph to the rest": lambda values, mask: values[:, 0] + 0 * values.sum(1),
        "garbage": lambda values, mask: torch.randn_like(values[:, 0]),
    },
}
