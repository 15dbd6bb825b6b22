"""Thoughtless answers to the exercises of lesson 2."""

import torch


def lazy_layer(output):
    """A layer of the right parameters, which uses none of them."""

    class Lazy(torch.nn.Module):
        def __init__(self, d_model, num_heads, dropout=0.0):
            super().__init__()
            self.num_heads = num_heads
            for name in ("query", "key", "value", "output"):
                self.add_module(f"{name}_projection", torch.nn.Linear(d_model, d_model))

        def forward(self, query, key, value, mask=None):
            weights = query.new_full((len(query), self.num_heads, query.shape[1], key.shape[1]), 1 / key.shape[1])
            return output(query, key), weights

    return Lazy


LAZY = {
    "split_heads": {
        "zeros": lambda x, heads: x.new_zeros(len(x), heads, x.shape[1], x.shape[2] // heads),
        "garbage": lambda x, heads: torch.randn(len(x), heads, x.shape[1], x.shape[2] // heads, dtype=x.dtype),
        "numbers in the order of memory": lambda x, heads: x.reshape(len(x), heads, x.shape[1], -1),
    },
    "merge_heads": {
        "zeros": lambda x: x.new_zeros(len(x), x.shape[2], x.shape[1] * x.shape[3]),
        "garbage": lambda x: torch.randn(len(x), x.shape[2], x.shape[1] * x.shape[3], dtype=x.dtype),
        "numbers in the order of memory": lambda x: x.reshape(len(x), x.shape[2], -1),
    },
    "MultiHeadAttention": {
        "the query, with equal weights": lazy_layer(lambda query, key: query),
        "zeros, with equal weights": lazy_layer(lambda query, key: torch.zeros_like(query)),
        "the mean key, with equal weights": lazy_layer(
            lambda query, key: key.mean(1, keepdim=True).expand(*query.shape).clone()
        ),
    },
    "count_parameters": {
        "nothing": lambda d_model, num_heads: 0,
        "a product": lambda d_model, num_heads: 4 * d_model * num_heads,
    },
    "count_multiplications": {
        "nothing": lambda *sizes: 0,
        "a product": lambda query_length, key_length, d_model, num_heads: query_length * key_length * d_model,
    },
}
