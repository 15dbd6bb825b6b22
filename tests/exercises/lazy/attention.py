"""Thoughtless answers to the exercises of lesson 1."""

import torch


def F_one_hot(query, key):
    weights = torch.zeros(*query.shape[:-1], key.shape[-2], dtype=query.dtype)
    weights[..., 0] = 1
    return weights


LAZY = {
    "stable_softmax": {
        "zeros": lambda scores, dim=-1: torch.zeros_like(scores),
        "equal weights": lambda scores, dim=-1: torch.full_like(scores, 1 / scores.shape[dim]),
        "one-hot": lambda scores, dim=-1: (scores == scores.amax(dim, keepdim=True)).to(scores.dtype),
        "the input": lambda scores, dim=-1: scores,
    },
    "attention_scores": {
        "zeros": lambda q, k: torch.zeros(*q.shape[:-1], k.shape[-2], dtype=q.dtype),
        "garbage": lambda q, k: torch.randn(*q.shape[:-1], k.shape[-2], dtype=q.dtype),
        "sums": lambda q, k: q.sum(-1, keepdim=True) + k.sum(-1).unsqueeze(-2),
    },
    "padding_mask": {
        "all True": lambda lengths, n: torch.ones(len(lengths), 1, n, dtype=torch.bool),
        "all False": lambda lengths, n: torch.zeros(len(lengths), 1, n, dtype=torch.bool),
        "a staircase": lambda lengths, n: torch.ones(len(lengths), n, dtype=torch.bool).tril().unsqueeze(1),
    },
    "causal_mask": {
        "all True": lambda n: torch.ones(n, n, dtype=torch.bool),
        "all False": lambda n: torch.zeros(n, n, dtype=torch.bool),
        "the identity": lambda n: torch.eye(n, dtype=torch.bool),
    },
    "scaled_dot_product_attention": {
        "zeros": lambda q, k, v, mask=None: (
            torch.zeros(*q.shape[:-1], v.shape[-1], dtype=q.dtype),
            torch.zeros(*q.shape[:-1], k.shape[-2], dtype=q.dtype),
        ),
        "always the first value, with a graph": lambda q, k, v, mask=None: (
            v[..., :1, :].expand(*q.shape[:-1], v.shape[-1]) + 0 * q.sum() + 0 * k.sum(),
            F_one_hot(q, k),
        ),
        "equal weights": lambda q, k, v, mask=None: (
            v.mean(-2, keepdim=True).expand(*q.shape[:-1], v.shape[-1]),
            torch.full((*q.shape[:-1], k.shape[-2]), 1 / k.shape[-2], dtype=q.dtype),
        ),
    },
}
