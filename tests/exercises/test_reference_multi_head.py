"""The reference of lesson 2 is right: against nn.MultiheadAttention with the same weights, and by counting."""

from __future__ import annotations

import itertools

import pytest
import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from autograder.reference import multi_head

# (num_heads, d_head) × (batch, query_length, key_length): 36 shapes, heads of size one and single positions among them
HEADS = ((1, 4), (2, 3), (4, 1), (3, 5), (8, 2), (5, 4))
INPUTS = ((1, 1, 1), (2, 3, 3), (1, 5, 4), (3, 1, 6), (4, 6, 1), (2, 4, 7))
ROLES = ("query", "key", "value")


def pair(num_heads: int, d_head: int, dropout: float = 0.0) -> tuple[nn.Module, nn.Module]:
    """Ours and torch's, with the same weights, in float64."""
    d_model = num_heads * d_head
    torch.manual_seed(d_model)
    ours = multi_head.MultiHeadAttention(d_model, num_heads, dropout).double()
    theirs = nn.MultiheadAttention(d_model, num_heads, dropout, batch_first=True).double()
    layers = [getattr(ours, f"{role}_projection") for role in ROLES]
    with torch.no_grad():
        for parameter in ours.parameters():
            parameter.normal_(std=0.5)
        theirs.in_proj_weight.copy_(torch.cat([layer.weight for layer in layers]))
        theirs.in_proj_bias.copy_(torch.cat([layer.bias for layer in layers]))
        theirs.out_proj.load_state_dict(ours.output_projection.state_dict())
    return ours, theirs


def masks(batch: int, queries: int, keys: int) -> dict[str, Tensor | None]:
    """Of all kinds; each query may attend to the first key, since torch's own gives NaN where nothing is allowed."""
    own = torch.rand(batch, queries, keys) < 0.5
    own[..., 0] = True
    lengths = torch.randint(1, keys + 1, (batch, 1, 1))
    return {
        "none": None,
        "of its own for each sequence": own,
        "one for the batch": own[0],
        "one for the batch, three axes": own[:1],
        "padding": torch.arange(keys) < lengths,
        "causal": torch.ones(queries, keys, dtype=torch.bool).tril(),
    }


@pytest.mark.parametrize(("num_heads", "d_head"), HEADS)
def test_the_layer_equals_torchs(num_heads, d_head):
    ours, theirs = pair(num_heads, d_head)
    for batch, queries, keys in INPUTS:
        lengths = (queries, keys, keys)
        inputs = [torch.randn(batch, n, num_heads * d_head, dtype=torch.float64, requires_grad=True) for n in lengths]
        for name, mask in masks(batch, queries, keys).items():
            blocked = None
            if mask is not None:
                full = mask.expand(batch, queries, keys)
                blocked = ~full.repeat_interleave(num_heads, dim=0)  # torch wants one per head, True = blocked
            output, weights = ours(*inputs, mask)
            wanted, looked = theirs(*inputs, attn_mask=blocked, average_attn_weights=False)
            torch.testing.assert_close(output, wanted, rtol=1e-12, atol=1e-12, msg=name)
            torch.testing.assert_close(weights, looked, rtol=1e-12, atol=1e-12, msg=name)
            assert_same_gradients(ours, theirs, (output, weights), (wanted, looked), inputs)


def assert_same_gradients(ours, theirs, results, wanted, inputs) -> None:
    """Of the inputs and of every weight, through output and weights, summed with uneven factors."""
    factors = [torch.randn(result.shape, dtype=torch.float64) for result in results]
    layers = [getattr(ours, f"{role}_projection") for role in ROLES]
    mine = [*inputs, *(p for layer in layers for p in (layer.weight, layer.bias)), *ours.output_projection.parameters()]
    their = [*inputs, theirs.in_proj_weight, theirs.in_proj_bias, *theirs.out_proj.parameters()]
    got = torch.autograd.grad(results, mine, factors)
    want = torch.autograd.grad(wanted, their, factors)
    joined = [*got[:3], torch.cat(got[3:9:2]), torch.cat(got[4:9:2]), *got[9:]]
    for one, other in zip(joined, want, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-10, atol=1e-10)


def test_float32_is_kept():
    layer = multi_head.MultiHeadAttention(6, 3)
    output, weights = layer(torch.randn(2, 4, 6), torch.randn(2, 5, 6), torch.randn(2, 5, 6))
    assert (output.dtype, weights.dtype) == (torch.float32, torch.float32)
    assert (output.shape, weights.shape) == ((2, 4, 6), (2, 3, 4, 5))


def test_a_query_that_may_attend_to_nothing_gets_the_bias_and_finite_gradients():
    ours, _ = pair(3, 2)
    x = torch.randn(2, 4, 6, dtype=torch.float64, requires_grad=True)
    mask = torch.ones(2, 4, 4, dtype=torch.bool)
    mask[1, 2] = False
    output, weights = ours(x, x, x, mask)
    assert not weights[1, :, 2].any() and torch.equal(output[1, 2], ours.output_projection.bias)
    grads = torch.autograd.grad(output.square().sum() + weights.square().sum(), [x, *ours.parameters()])
    assert all(grad.isfinite().all() for grad in grads)


def test_future_and_padding_do_not_shine_through():
    ours, _ = pair(2, 3)
    x = torch.randn(2, 5, 6, dtype=torch.float64)
    causal = torch.ones(5, 5, dtype=torch.bool).tril()
    before, _ = ours(x, x, x, causal)
    for place in range(1, 5):
        changed = x.clone()
        changed[:, place:] += 1
        after, _ = ours(changed, changed, changed, causal)
        assert torch.equal(before[:, :place], after[:, :place]) and not torch.equal(before[:, place], after[:, place])


@pytest.mark.parametrize("dropout", [0.0, 1.0])
def test_dropout_leaves_the_weights_that_are_returned(dropout):
    ours, _ = pair(2, 3, dropout)
    x = torch.randn(2, 5, 6, dtype=torch.float64)
    quiet, weights = ours.eval()(x, x, x)
    output, same = ours.train()(x, x, x)
    assert torch.equal(weights, same)
    wanted = ours.output_projection.bias.expand_as(output) if dropout else quiet
    torch.testing.assert_close(output, wanted)


def test_splitting_takes_blocks_of_columns_and_merging_undoes_it():
    for batch, length, num_heads, d_head in itertools.product((1, 3), (1, 4), (1, 2, 5), (1, 3)):
        x = torch.randn(batch, length, num_heads * d_head)
        heads = multi_head.split_heads(x, num_heads)
        for head in range(num_heads):
            assert torch.equal(heads[:, head], x[..., head * d_head : (head + 1) * d_head])
        assert torch.equal(multi_head.merge_heads(heads), x)


@pytest.mark.parametrize(("num_heads", "d_head"), HEADS)
def test_counts_are_those_of_torch(num_heads, d_head):
    ours, theirs = pair(num_heads, d_head)
    d_model = num_heads * d_head
    for layer in (ours, theirs):
        assert sum(p.numel() for p in layer.parameters()) == multi_head.count_parameters(d_model, num_heads)
    for _, queries, keys in INPUTS:
        inputs = [torch.randn(1, n, d_model, dtype=torch.float64) for n in (queries, keys, keys)]
        counted = 2 * multi_head.count_multiplications(queries, keys, d_model, num_heads)  # and as many additions
        for layer in (ours, theirs):
            with FlopCounterMode(display=False) as counter:
                layer(*inputs)
            assert counter.get_total_flops() == counted
