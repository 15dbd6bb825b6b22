# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811
import math

import torch


# %% product by product
def count_multiplications(query_length, key_length, d_model, num_heads):
    total = query_length * d_model * d_model  # query
    total += key_length * d_model * d_model  # key
    total += key_length * d_model * d_model  # value
    total += query_length * key_length * d_model  # scores
    total += query_length * key_length * d_model  # mixing
    return total + query_length * d_model * d_model  # output


# %% head by head
def count_multiplications(query_length, key_length, d_model, num_heads):
    d_head = d_model // num_heads
    total = 0
    for _ in range(num_heads):
        total += query_length * d_model * d_head + 2 * key_length * d_model * d_head
        total += query_length * d_head * key_length
        total += query_length * key_length * d_head
    return total + query_length * d_model * d_model


# %% a helper for products
def count_multiplications(query_length, key_length, d_model, num_heads):
    def product(n, k, m):
        return n * k * m

    d_head = d_model // num_heads
    return (
        2 * product(query_length, d_model, d_model)
        + 2 * product(key_length, d_model, d_model)
        + num_heads * product(query_length, d_head, key_length)
        + num_heads * product(query_length, key_length, d_head)
    )


# %% factored
def count_multiplications(query_length, key_length, d_model, num_heads):
    return 2 * d_model * (query_length * d_model + key_length * d_model + query_length * key_length)


# %% a list of shapes
def count_multiplications(query_length, key_length, d_model, num_heads):
    products = [(query_length, d_model, d_model)] * 2 + [(key_length, d_model, d_model)] * 2
    products += [(query_length, d_model // num_heads, key_length), (query_length, key_length, d_model // num_heads)] * (
        num_heads
    )
    return sum(math.prod(shape) for shape in products)


# %% floats made whole
def count_multiplications(query_length, key_length, d_model, num_heads):
    d_head = d_model / num_heads
    attending = 2 * num_heads * query_length * key_length * d_head
    return round(attending) + 2 * (query_length + key_length) * d_model**2


# %% powers
def count_multiplications(query_length: int, key_length: int, d_model: int, num_heads: int) -> int:
    return 2 * query_length * d_model**2 + 2 * key_length * d_model**2 + 2 * query_length * key_length * d_model


# %% counted on shapes of tensors without memory
def count_multiplications(query_length, key_length, d_model, num_heads):
    total = 0

    def matmul(a, b):
        nonlocal total
        total += a.numel() * b.shape[-1]
        return torch.empty(*a.shape[:-1], b.shape[-1], device="meta")

    def split(x):
        return x.unflatten(-1, (num_heads, -1)).transpose(0, 1)

    weight = torch.empty(d_model, d_model, device="meta")
    query = torch.empty(query_length, d_model, device="meta")
    key = torch.empty(key_length, d_model, device="meta")
    q, k, v = split(matmul(query, weight)), split(matmul(key, weight)), split(matmul(key, weight))
    mixed = matmul(matmul(q, k.mT), v).transpose(0, 1).flatten(1)
    matmul(mixed, weight)
    return total


# %% tensors of whole numbers
def count_multiplications(query_length, key_length, d_model, num_heads):
    lengths = torch.tensor([query_length, key_length])
    return int(2 * lengths.sum() * d_model**2 + 2 * lengths.prod() * d_model)


# %% per query and per key
def count_multiplications(query_length, key_length, d_model, num_heads):
    per_query = 2 * d_model * d_model + 2 * key_length * d_model
    per_key = 2 * d_model * d_model
    return query_length * per_query + key_length * per_key
