"""Stand-ins of lesson 2 equal the reference: values, gradients of inputs and weights, masks, dropout, refusals."""

import pytest
import torch
from coach.standins import multi_head

from autograder.reference import multi_head as reference

SIZES = [(1, 1, 1, 1, 1), (2, 3, 4, 2, 3), (3, 1, 2, 4, 2), (1, 5, 1, 3, 4), (4, 2, 7, 1, 6)]


def drawn(*shape: int) -> torch.Tensor:
    return torch.randn(shape, dtype=torch.float64, requires_grad=True)


def layers(d_model: int, num_heads: int, dropout: float = 0.0) -> list[torch.nn.Module]:
    """Reference and stand-in with the same weights, loaded strictly by name."""
    made = [module.MultiHeadAttention(d_model, num_heads, dropout).double() for module in (reference, multi_head)]
    made[1].load_state_dict(made[0].state_dict(), strict=True)
    return made


@pytest.mark.parametrize(("batch", "queries", "keys", "num_heads", "d_head"), SIZES)
def test_the_layer_agrees_under_every_mask(batch, queries, keys, num_heads, d_head):
    torch.manual_seed(0)
    pair = layers(num_heads * d_head, num_heads)
    inputs = [drawn(batch, length, num_heads * d_head) for length in (queries, keys, keys)]
    mask = torch.rand(batch, queries, keys) < 0.5
    mask[:, 0] = False
    for allowed in (None, mask, mask[:1], mask[:, :1], mask[0], torch.zeros(1, 1, dtype=torch.bool)):
        sides = []
        for layer in pair:
            output, weights = layer(*inputs, allowed)
            total = (output * torch.linspace(-1, 2, output.numel()).view_as(output)).sum() + weights.square().sum()
            sides.append([output, weights, *torch.autograd.grad(total, [*inputs, *layer.parameters()])])
        for ours, theirs in zip(*sides, strict=True):
            assert ours.isfinite().all()
            torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-12)


@pytest.mark.parametrize("training", [True, False])
def test_dropout_acts_on_the_weights_in_training_only(training):
    torch.manual_seed(0)
    x = drawn(2, 3, 8)
    for layer in layers(8, 2, dropout=1.0):
        output, weights = layer.train(training)(x, x, x)
        dropped = torch.allclose(output, layer.output_projection.bias.expand_as(output))
        assert dropped == training
        torch.testing.assert_close(weights.sum(-1), torch.ones(2, 2, 3, dtype=torch.float64))


def test_half_of_the_weights_are_dropped_on_average():
    torch.manual_seed(0)
    value = torch.ones(1, 1, 4, dtype=torch.float64)
    for layer in layers(4, 4, dropout=0.5):
        torch.nn.init.eye_(layer.output_projection.weight)
        outputs = torch.stack([layer(value, value, value)[0] - layer.output_projection.bias for _ in range(400)])
        whole = layer.eval()(value, value, value)[0] - layer.output_projection.bias
        kept = (outputs / whole).round(decimals=6)
        assert set(kept.unique().tolist()) == {0.0, 2.0}  # what is kept makes up for what is dropped
        assert abs(kept.mean().item() - 1) < 0.2


@pytest.mark.parametrize("shape", [(1, 1, 1), (2, 3, 6), (3, 1, 12), (1, 4, 5)])
def test_splitting_and_merging_agree(shape):
    x = drawn(*shape)
    for num_heads in (n for n in range(1, shape[-1] + 1) if shape[-1] % n == 0):
        split = multi_head.split_heads(x, num_heads)
        assert torch.equal(split, reference.split_heads(x, num_heads))
        assert torch.equal(multi_head.merge_heads(split), x) and torch.equal(reference.merge_heads(split), x)


def test_counts_agree():
    for num_heads in (1, 2, 5):
        for d_head in (1, 3):
            sizes = (num_heads * d_head, num_heads)
            assert multi_head.count_parameters(*sizes) == reference.count_parameters(*sizes)
            lengths = (4, 7)
            mine, theirs = (m.count_multiplications(*lengths, *sizes) for m in (multi_head, reference))
            assert mine == theirs and type(mine) is int


@pytest.mark.parametrize("module", [reference, multi_head])
def test_what_does_not_fit_is_refused(module):
    with pytest.raises(ValueError, match=r"7.*3|3.*7"):
        module.MultiHeadAttention(7, 3)
    with pytest.raises(ValueError, match=r"7.*3|3.*7"):
        module.split_heads(torch.zeros(1, 2, 7), 3)
    for shape in ((2, 6), (1, 2, 3, 6)):
        with pytest.raises(ValueError, match="6"):
            module.split_heads(torch.zeros(shape), 3)
    with pytest.raises(ValueError, match=r"2, 5, 6"):
        module.merge_heads(torch.zeros(2, 5, 6))
    layer, x = module.MultiHeadAttention(6, 2), torch.zeros(2, 4, 6)
    with pytest.raises(TypeError, match="float32"):
        layer(x, x, x, torch.ones(4, 4))
    with pytest.raises(ValueError, match=r"\b5\b"):
        layer(x, x, x, torch.ones(2, 4, 5, dtype=torch.bool))
    with pytest.raises(ValueError):
        layer(x, x, x[:, :3])
    with pytest.raises(ValueError):
        layer(x, x, x, torch.ones(1, 2, 4, 4, dtype=torch.bool))
