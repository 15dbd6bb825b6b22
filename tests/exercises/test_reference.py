"""The references are right: against torch's own functions, under many shapes, in values and gradients."""

from __future__ import annotations

import itertools

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from autograder.reference import attention, warmup

DTYPES = {torch.float64: 1e-12, torch.float32: 1e-5}
LEADS = ((), (1,), (3,), (2, 4), (2, 1, 3))


def drawn(*shape: int, dtype: torch.dtype, seed: int = 0) -> Tensor:
    numbers = torch.randn(*shape, generator=torch.Generator().manual_seed(seed + len(shape)), dtype=torch.float64)
    return numbers.to(dtype).requires_grad_()


def assert_same(ours, theirs, inputs: list[Tensor], tolerance: float) -> None:
    """Equal values, and equal gradients of a sum with uneven weights."""
    assert ours.dtype == theirs.dtype and ours.shape == theirs.shape
    torch.testing.assert_close(ours, theirs, rtol=tolerance, atol=tolerance)
    cotangent = drawn(*ours.shape, dtype=ours.dtype, seed=9).detach()
    ours_grads = torch.autograd.grad(ours, inputs, cotangent, retain_graph=True)
    theirs_grads = torch.autograd.grad(theirs, inputs, cotangent, retain_graph=True)
    for one, other in zip(ours_grads, theirs_grads, strict=True):
        torch.testing.assert_close(one, other, rtol=10 * tolerance, atol=10 * tolerance)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_stable_softmax(dtype):
    for shape in ((1,), (5,), (3, 4), (1, 7), (4, 1), (2, 3, 4), (2, 1, 3, 5)):
        scores = drawn(*shape, dtype=dtype)
        for dim in range(-len(shape), len(shape)):
            assert_same(attention.stable_softmax(scores, dim), F.softmax(scores, dim), [scores], DTYPES[dtype])


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("lead", LEADS, ids=str)
def test_scaled_dot_product_attention(lead, dtype):
    for queries, keys, d_k, d_v in ((1, 1, 1, 1), (1, 4, 3, 2), (5, 1, 2, 3), (4, 6, 8, 5), (6, 4, 5, 8)):
        query, key, value = (
            drawn(*lead, length, size, dtype=dtype, seed=length * size)
            for length, size in ((queries, d_k), (keys, d_k), (keys, d_v))
        )
        keep = torch.rand(*lead, queries, keys, generator=torch.Generator().manual_seed(1)) < 0.6
        keep[..., 0] = True  # torch's own function gives NaN for a query that may attend to nothing
        for mask in (None, keep, keep[..., :1, :], keep.flatten(0, -3)[0] if lead else keep):
            output, weights = attention.scaled_dot_product_attention(query, key, value, mask)
            theirs = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
            assert_same(output, theirs, [query, key, value], DTYPES[dtype])
            torch.testing.assert_close(weights @ value, output)
            torch.testing.assert_close(weights.sum(-1), torch.ones_like(weights.sum(-1)))


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_rows_without_anything_allowed_are_zero_and_have_finite_gradients(dtype):
    query, key, value = (drawn(2, n, 3, dtype=dtype, seed=n) for n in (4, 5, 5))
    mask = torch.ones(2, 4, 5, dtype=torch.bool)
    mask[0, 1] = False
    output, weights = attention.scaled_dot_product_attention(query, key, value, mask)
    assert not output[0, 1].any() and not weights[0, 1].any()
    grads = torch.autograd.grad(output.square().sum() + weights.square().sum(), [query, key, value])
    assert all(grad.isfinite().all() for grad in grads)
    assert not grads[0][0, 1].any()


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_attention_scores(dtype):
    for lead in LEADS:
        query, key = drawn(*lead, 4, 5, dtype=dtype), drawn(*lead, 6, 5, dtype=dtype, seed=1)
        theirs = torch.einsum("...qd,...kd->...qk", query, key) * 5**-0.5
        assert_same(attention.attention_scores(query, key), theirs, [query, key], DTYPES[dtype])


def test_masks():
    for length in range(1, 9):
        entries = itertools.product(range(length), repeat=2)
        assert attention.causal_mask(length).flatten().tolist() == [j <= i for i, j in entries]
    mask = attention.padding_mask(torch.tensor([0, 2, 4]), 4)
    assert mask.shape == (3, 1, 4) and mask.dtype == torch.bool
    assert mask[:, 0].tolist() == [[False] * 4, [True, True, False, False], [True] * 4]
    assert attention.padding_mask(torch.tensor([], dtype=torch.int64), 4).shape == (0, 1, 4)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_warm_up(dtype):
    x, y = drawn(3, 5, dtype=dtype), drawn(4, 5, dtype=dtype, seed=1)
    assert_same(warmup.pairwise_dot_products(x, y), torch.einsum("nd,md->nm", x, y), [x, y], DTYPES[dtype])
    values = drawn(3, 4, 5, dtype=dtype)
    mask = torch.tensor([[1, 0, 1, 0], [1, 1, 1, 1], [0, 0, 0, 1]], dtype=torch.bool)
    theirs = torch.stack([row[keep].mean(dim=0) for row, keep in zip(values, mask, strict=True)])
    assert_same(warmup.masked_mean(values, mask), theirs, [values], DTYPES[dtype])
    assert not warmup.masked_mean(values, torch.zeros_like(mask)).any()
