"""Reference implementation for lesson 02_multi_head: what the judge compares with.

Generated from solutions/02_multi_head.py by `autograder build`.
Do not edit it: edit the master and build again.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


from autograder.reference import attention


def split_heads(x: Tensor, num_heads: int) -> Tensor:
    """Cut the last axis into num_heads equal parts, and give each part to a head of its own.

    Shapes: x (batch, length, d_model) -> (batch, num_heads, length, d_head), with d_head = d_model / num_heads.
    Head h gets the columns h · d_head to (h + 1) · d_head − 1 of every position.
    The input is not changed.
    Raises ValueError, with d_model and num_heads in the message, if d_model is not divisible by num_heads;
    and with the shape in the message, if x has not exactly three axes.
    Source: Vaswani et al. (2017), section 3.2.2.
    """
    if x.dim() != 3:
        raise ValueError(f"x must be (batch, length, d_model), not {tuple(x.shape)}")
    batch, length, d_model = x.shape
    if d_model % num_heads != 0:
        raise ValueError(f"d_model = {d_model} is not divisible by num_heads = {num_heads}")
    x = x.reshape(batch, length, num_heads, d_model // num_heads)  # (batch, length, num_heads, d_head)
    return x.transpose(1, 2)  # (batch, num_heads, length, d_head)


def merge_heads(x: Tensor) -> Tensor:
    """Put the heads' results side by side again: what split_heads does, undone.

    Shapes: x (batch, num_heads, length, d_head) -> (batch, length, d_model), with d_model = num_heads · d_head.
    merge_heads(split_heads(x, num_heads)) equals x, for every x. The input is not changed.
    Raises ValueError, with the shape in the message, if x has not exactly four axes.
    Source: Vaswani et al. (2017), section 3.2.2: Concat(head_1, …, head_h).
    """
    if x.dim() != 4:
        raise ValueError(f"x must be (batch, num_heads, length, d_head), not {tuple(x.shape)}")
    return x.transpose(1, 2).flatten(2)  # (batch, length, num_heads, d_head) -> (batch, length, d_model)


class MultiHeadAttention(nn.Module):
    """MultiHead(Q, K, V) = Concat(head_1, …, head_h) W_O, with head_i = Attention(Q W_Qi, K W_Ki, V W_Vi).

    Parameters: query_projection, key_projection, value_projection, output_projection, each an
    nn.Linear(d_model, d_model) with bias. The W_Qi of all heads lie side by side in query_projection,
    in the order of split_heads; likewise for keys and values.
    Raises ValueError, with d_model and num_heads in the message, if d_model is not divisible by num_heads.
    Source: Vaswani et al. (2017), section 3.2.2.
    """

    def __init__(self, d_model: int, num_heads: int, dropout: float = 0.0):
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"d_model = {d_model} is not divisible by num_heads = {num_heads}")
        self.num_heads = num_heads
        self.query_projection = nn.Linear(d_model, d_model)
        self.key_projection = nn.Linear(d_model, d_model)
        self.value_projection = nn.Linear(d_model, d_model)
        self.output_projection = nn.Linear(d_model, d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Attend with all heads at once.

        Shapes: query (batch, query_length, d_model), key and value (batch, key_length, d_model),
        mask bool, broadcastable to (batch, query_length, key_length), with at least two axes; True = may attend.
        It holds for all heads.
        -> output (batch, query_length, d_model), weights (batch, num_heads, query_length, key_length).
        The weights are those before dropout; dropout acts on them before they mix the values, in training only.
        A query that may attend to nothing has weights 0, and its output is the bias of output_projection.
        Raises ValueError and TypeError as scaled_dot_product_attention does, for inputs or masks that do not fit.
        """
        query = split_heads(self.query_projection(query), self.num_heads)  # (batch, num_heads, query_length, d_head)
        key = split_heads(self.key_projection(key), self.num_heads)  # (batch, num_heads, key_length, d_head)
        value = split_heads(self.value_projection(value), self.num_heads)  # (batch, num_heads, key_length, d_head)
        if mask is not None:
            mask = mask.unsqueeze(-3)  # an axis of size 1 for the heads: (batch, 1, query_length, key_length)
        # mixed: (batch, num_heads, query_length, d_head)
        mixed, weights = attention.scaled_dot_product_attention(query, key, value, mask)
        if self.dropout.p > 0:  # in training some weights are dropped: mix once more, with those that are left
            mixed = self.dropout(weights) @ value
        return self.output_projection(merge_heads(mixed)), weights


def count_parameters(d_model: int, num_heads: int) -> int:
    """How many numbers a MultiHeadAttention(d_model, num_heads) learns, weights and biases together.

    The result is an int. d_model is divisible by num_heads.
    """
    return 4 * (d_model * d_model + d_model)  # four projections, each with a weight matrix and a bias


def count_multiplications(query_length: int, key_length: int, d_model: int, num_heads: int) -> int:
    """How many multiplications the matrix products of one forward pass take, for a batch of one.

    The product of an (n, k) and a (k, m) matrix takes n · k · m of them. Counted are the four projections, the
    products of queries and keys, and the mixing of values by weights. Not counted are biases, scaling and softmax.
    The result is an int. d_model is divisible by num_heads.
    """
    projections = 2 * (query_length + key_length) * d_model * d_model  # query and output; key and value
    attending = 2 * query_length * key_length * d_model  # scores and mixing: d_head in each of num_heads heads
    return projections + attending
