"""The reference of lesson 4 is right: against torch's own modules with the same weights, and scikit-learn's scores."""

from __future__ import annotations

import itertools

import pytest
import torch
from torch import Tensor, nn

from autograder.reference import encoder

# (num_heads, d_head, d_ff) × (batch, length): 36 shapes, single heads, positions and sequences among them
LAYERS = ((1, 4, 7), (2, 3, 5), (4, 1, 9), (3, 5, 8), (8, 2, 3), (5, 4, 11))
INPUTS = ((1, 1), (2, 3), (1, 5), (3, 1), (4, 6), (2, 7))


def randomised(module: nn.Module) -> nn.Module:
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.normal_(std=0.5)
    return module.double()


def copy_layer(ours: encoder.EncoderLayer, theirs: nn.TransformerEncoderLayer) -> None:
    """The weights of our layer, in torch's."""
    heads = ours.self_attention
    inputs = [heads.query_projection, heads.key_projection, heads.value_projection]
    theirs.self_attn.in_proj_weight.copy_(torch.cat([part.weight for part in inputs]))
    theirs.self_attn.in_proj_bias.copy_(torch.cat([part.bias for part in inputs]))
    pairs = {
        theirs.self_attn.out_proj: heads.output_projection,
        theirs.linear1: ours.feed_forward.expand,
        theirs.linear2: ours.feed_forward.contract,
        theirs.norm1: ours.attention_norm,
        theirs.norm2: ours.feed_forward_norm,
    }
    for target, source in pairs.items():
        target.load_state_dict(source.state_dict())


def masks(batch: int, length: int) -> dict[str, Tensor | None]:
    """Of all kinds; each position may attend to the first, since torch's own gives NaN where nothing is allowed."""
    own = torch.rand(batch, length, length) < 0.5
    own[..., 0] = True
    return {
        "none": None,
        "of its own for each sequence": own,
        "one for the batch": own[0],
        "padding": (torch.arange(length) < torch.randint(1, length + 1, (batch, 1))).unsqueeze(1),
        "causal": torch.ones(length, length, dtype=torch.bool).tril(),
    }


def assert_same(ours, theirs, batch: int, length: int, d_model: int, num_heads: int) -> None:
    """Values and gradients with respect to x and to the norms' weights, under every mask."""
    x = torch.randn(batch, length, d_model, dtype=torch.float64, requires_grad=True)
    for mask in masks(batch, length).values():
        blocked = None
        if mask is not None:
            blocked = ~mask.expand(batch, length, length).repeat_interleave(num_heads, dim=0)
        one, other = ours(x, mask), theirs(x, blocked)
        torch.testing.assert_close(one, other, rtol=0, atol=1e-9)
        cotangent = torch.randn_like(one)
        grads = [torch.autograd.grad(y, x, cotangent)[0] for y in (one, other)]
        torch.testing.assert_close(*grads, rtol=0, atol=1e-8)


@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize(("num_heads", "d_head", "d_ff"), LAYERS)
def test_the_layer_equals_torchs(num_heads, d_head, d_ff, norm_first):
    torch.manual_seed(num_heads)
    d_model = num_heads * d_head
    ours = randomised(encoder.EncoderLayer(d_model, num_heads, d_ff, 0.3, norm_first)).eval()
    theirs = nn.TransformerEncoderLayer(d_model, num_heads, d_ff, 0.3, norm_first=norm_first, batch_first=True)
    theirs = theirs.double().eval()
    with torch.no_grad():
        copy_layer(ours, theirs)
    for batch, length in INPUTS:
        assert_same(ours, theirs, batch, length, d_model, num_heads)


@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize(("num_heads", "d_head", "d_ff"), LAYERS)
def test_the_stack_equals_torchs(num_heads, d_head, d_ff, norm_first):
    torch.manual_seed(num_heads)
    d_model = num_heads * d_head
    ours = randomised(encoder.Encoder(3, d_model, num_heads, d_ff, 0.3, norm_first)).eval()
    layer = nn.TransformerEncoderLayer(d_model, num_heads, d_ff, 0.3, norm_first=norm_first, batch_first=True)
    final = nn.LayerNorm(d_model) if norm_first else None
    theirs = nn.TransformerEncoder(layer, 3, norm=final, enable_nested_tensor=False).double().eval()
    with torch.no_grad():
        for source, target in zip(ours.layers, theirs.layers, strict=True):
            copy_layer(source, target)
        if norm_first:
            theirs.norm.load_state_dict(ours.final_norm.state_dict())
    assert sum(p.numel() for p in ours.parameters()) == sum(p.numel() for p in theirs.parameters())
    for batch, length in INPUTS:
        assert_same(ours, theirs, batch, length, d_model, num_heads)


@pytest.mark.parametrize("eps", [1e-5, 0.1, 1e-12])
def test_the_norm_equals_torchs(eps):
    for lead, d_model in itertools.product(((), (1,), (3,), (2, 4), (2, 1, 3)), (1, 2, 3, 8, 17, 64)):
        ours = randomised(encoder.LayerNorm(d_model, eps))
        theirs = nn.LayerNorm(d_model, eps).double()
        theirs.load_state_dict(ours.state_dict(), strict=True)
        x = torch.randn(*lead, d_model, dtype=torch.float64, requires_grad=True)
        one, other = ours(x), theirs(x)
        torch.testing.assert_close(one, other, rtol=0, atol=1e-11)
        cotangent = torch.randn_like(one)
        for mine, yours in zip(
            torch.autograd.grad(one, [x, *ours.parameters()], cotangent),
            torch.autograd.grad(other, [x, *theirs.parameters()], cotangent),
            strict=True,
        ):
            torch.testing.assert_close(mine, yours, rtol=1e-9, atol=1e-9)
    fresh = encoder.LayerNorm(5)
    assert fresh.weight.tolist() == [1.0] * 5 and fresh.bias.tolist() == [0.0] * 5


def test_the_feed_forward_network_is_equation_2():
    for lead, (d_model, d_ff) in itertools.product(((), (3,), (2, 4)), ((4, 7), (6, 3), (1, 2), (5, 20))):
        ours = randomised(encoder.FeedForward(d_model, d_ff, 0.4)).eval()
        theirs = nn.Sequential(nn.Linear(d_model, d_ff), nn.ReLU(), nn.Linear(d_ff, d_model)).double()
        theirs[0].load_state_dict(ours.expand.state_dict())
        theirs[2].load_state_dict(ours.contract.state_dict())
        x = torch.randn(*lead, d_model, dtype=torch.float64)
        torch.testing.assert_close(ours(x), theirs(x))


def test_dropout_sits_where_torchs_does():
    """With everything dropped, and inside the parts; in eval mode it does nothing."""
    for norm_first in (False, True):
        torch.manual_seed(0)
        ours = randomised(encoder.EncoderLayer(6, 2, 9, 1.0, norm_first)).train()
        theirs = nn.TransformerEncoderLayer(6, 2, 9, 1.0, norm_first=norm_first, batch_first=True).double().train()
        with torch.no_grad():
            copy_layer(ours, theirs)
        x = torch.randn(2, 4, 6, dtype=torch.float64)
        torch.testing.assert_close(ours(x), theirs(x))
        bias = ours.feed_forward.contract.bias
        torch.testing.assert_close(ours.feed_forward(x), bias.expand_as(x))


@pytest.mark.parametrize("num_classes", [1, 2, 5, 9])
def test_the_scores_are_scikit_learns(num_classes):
    from sklearn.metrics import accuracy_score, precision_recall_fscore_support  # takes seconds, in every process

    for count, shown in itertools.product((1, 2, 7, 60), (num_classes, max(1, num_classes - 2))):
        torch.manual_seed(count)
        predicted, target = (torch.randint(shown, (count,)) for _ in range(2))
        ours = encoder.classification_scores(predicted, target, num_classes)
        precision, recall, f1, _ = precision_recall_fscore_support(
            target, predicted, labels=range(num_classes), average="macro", zero_division=0
        )
        wanted = {"precision": precision, "recall": recall, "f1": f1, "accuracy": accuracy_score(target, predicted)}
        assert ours == pytest.approx(wanted, abs=1e-12)
    with pytest.raises(ValueError, match="3.*4"):
        encoder.classification_scores(torch.zeros(3), torch.zeros(4), 2)
