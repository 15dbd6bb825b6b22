"""The reference of lesson 6 is right: the model against nn.Transformer with the same weights, the loss against torch's.

Decoding and bleu are in test_reference_writing.
"""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from autograder.reference import transformer
from tests.exercises.test_reference_decoder import copy_attention

# (d_model, num_heads, d_ff, num_layers) × (batch, source_length, target_length): 36 shapes, single ones among them
SIZES = ((4, 1, 6, 1), (6, 2, 5, 2), (6, 3, 9, 3), (8, 4, 16, 1), (10, 5, 7, 2), (12, 2, 8, 2))
INPUTS = ((1, 1, 1), (2, 3, 3), (1, 4, 5), (3, 6, 1), (4, 1, 6), (2, 7, 4))
VOCABULARIES = (11, 13)
PAD = 3  # not 0, and so not what a forgotten argument would be
TOLERANCE = {"rtol": 0, "atol": 1e-10}
# torch says where its faster way for padded batches is not taken
pytestmark = pytest.mark.filterwarnings("ignore:enable_nested_tensor")
MASKS = ("none", "source padding", "target padding", "both")


def copied_layers(ours: nn.Module, theirs: nn.Module, attentions: dict[str, str], norms: dict[str, str]) -> None:
    for mine, other in zip(ours.layers, theirs.layers, strict=True):
        for name, name_of_theirs in attentions.items():
            copy_attention(getattr(mine, name), getattr(other, name_of_theirs))
        for name, name_of_theirs in norms.items():
            getattr(other, name_of_theirs).load_state_dict(getattr(mine, name).state_dict())
        other.linear1.load_state_dict(mine.feed_forward.expand.state_dict())
        other.linear2.load_state_dict(mine.feed_forward.contract.state_dict())


class Torchs(nn.Module):
    """nn.Transformer, with embeddings and positions around it as the paper has them, and the weights of `ours`."""

    def __init__(self, ours: transformer.Transformer, sizes: tuple[int, ...], norm_first: bool, dropout: float = 0.0):
        super().__init__()
        d_model, num_heads, d_ff, num_layers = sizes
        options = {"batch_first": True, "norm_first": norm_first}
        self.inner = nn.Transformer(d_model, num_heads, num_layers, num_layers, d_ff, dropout, **options)
        self.source, self.target = (nn.Embedding(size, d_model, padding_idx=PAD) for size in VOCABULARIES)
        self.dropout, self.readout = nn.Dropout(dropout), nn.Linear(d_model, VOCABULARIES[1])
        if not norm_first:  # the paper has no norm behind the stacks; nn.Transformer always has one
            self.inner.encoder.norm = self.inner.decoder.norm = None
        self.double()
        with torch.no_grad():
            self.source.load_state_dict(ours.source_embedding.embedding.state_dict())
            self.target.load_state_dict(ours.target_embedding.embedding.state_dict())
            self.readout.load_state_dict(ours.output_projection.state_dict())
            own, cross = {"self_attention": "self_attn"}, {"cross_attention": "multihead_attn"}
            two = {"attention_norm": "norm1", "feed_forward_norm": "norm2"}
            three = {"attention_norm": "norm1", "cross_attention_norm": "norm2", "feed_forward_norm": "norm3"}
            copied_layers(ours.encoder, self.inner.encoder, own, two)
            copied_layers(ours.decoder, self.inner.decoder, own | cross, three)
            if norm_first:
                self.inner.encoder.norm.load_state_dict(ours.encoder.final_norm.state_dict())
                self.inner.decoder.norm.load_state_dict(ours.decoder.final_norm.state_dict())

    def embedded(self, table: nn.Embedding, tokens: Tensor) -> Tensor:
        size = table.embedding_dim
        rows = [
            [(math.cos if i % 2 else math.sin)(p / 10000 ** ((i - i % 2) / size)) for i in range(size)]
            for p in range(tokens.shape[1])
        ]
        # the course's table is rounded to float32
        positions = torch.tensor(rows, dtype=torch.float64).float().double()
        return self.dropout(table(tokens) * size**0.5 + positions)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        hidden = {
            "tgt_mask": torch.ones(target.shape[1], target.shape[1], dtype=torch.bool).triu(1),
            "src_key_padding_mask": source == PAD,
            "tgt_key_padding_mask": target == PAD,
            "memory_key_padding_mask": source == PAD,
        }
        out = self.inner(self.embedded(self.source, source), self.embedded(self.target, target), **hidden)
        return self.readout(out)


def pair(sizes: tuple[int, ...], norm_first: bool, dropout: float = 0.0) -> tuple[nn.Module, nn.Module]:
    """Ours and torch's, with the same weights, in float64."""
    d_model, num_heads, d_ff, num_layers = sizes
    torch.manual_seed(d_model)
    ours = transformer.Transformer(
        *VOCABULARIES, d_model, num_heads, num_layers, d_ff, dropout, pad_id=PAD, norm_first=norm_first
    ).double()
    with torch.no_grad():
        for parameter in ours.parameters():
            parameter.normal_(std=0.5)
    return ours, Torchs(ours, sizes, norm_first, dropout)


def tokens(batch: int, length: int, vocabulary: int, padded: bool) -> Tensor:
    drawn = torch.randint(vocabulary - 1, (batch, length))
    drawn += drawn >= PAD
    if padded:
        drawn[torch.arange(length) >= torch.randint(1, length + 1, (batch, 1))] = PAD
    return drawn


def weights(ours: nn.Module, theirs: Torchs) -> tuple[list[Tensor], list[Tensor]]:
    """Pairs of weights whose gradients are compared: from the first part of the model to the last."""
    mine = [ours.source_embedding.embedding.weight, ours.target_embedding.embedding.weight]
    other = [theirs.source.weight, theirs.target.weight]
    stacks = ((ours.encoder.layers, theirs.inner.encoder.layers), (ours.decoder.layers, theirs.inner.decoder.layers))
    for layers, layers_of_theirs in stacks:
        for one, two in zip(layers, layers_of_theirs, strict=True):
            mine += [one.feed_forward.expand.weight, one.self_attention.output_projection.weight]
            other += [two.linear1.weight, two.self_attn.out_proj.weight]
            mine += [one.attention_norm.weight, one.feed_forward.contract.bias]
            other += [two.norm1.weight, two.linear2.bias]
    return [*mine, ours.output_projection.weight], [*other, theirs.readout.weight]


@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_model_equals_torchs_in_values_and_gradients(sizes, norm_first):
    ours, theirs = pair(sizes, norm_first)
    mine, other = weights(ours, theirs)
    for batch, source_length, target_length in INPUTS:
        for masks in MASKS:
            source = tokens(batch, source_length, VOCABULARIES[0], masks in ("source padding", "both"))
            target = tokens(batch, target_length, VOCABULARIES[1], masks in ("target padding", "both"))
            logits = ours(source, target), theirs(source, target)
            torch.testing.assert_close(*logits, **TOLERANCE)
            uneven = torch.randn_like(logits[0])
            gradients = (torch.autograd.grad(out, of, uneven) for out, of in zip(logits, (mine, other), strict=True))
            for one, two in zip(*gradients, strict=True):
                torch.testing.assert_close(one, two, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("norm_first", [False, True])
def test_with_everything_dropped_it_equals_torchs(norm_first):
    ours, theirs = (side.train() for side in pair((6, 2, 5, 2), norm_first, dropout=1.0))
    source, target = tokens(2, 4, VOCABULARIES[0], True), tokens(2, 3, VOCABULARIES[1], True)
    torch.testing.assert_close(ours(source, target), theirs(source, target), **TOLERANCE)


def test_padding_is_never_trained_and_a_source_of_padding_gives_no_nan():
    ours, _ = pair((6, 2, 5, 2), False)
    source, target = tokens(3, 4, VOCABULARIES[0], True), tokens(3, 5, VOCABULARIES[1], True)
    source[1] = target[2, 3:] = PAD
    logits = ours(source, target)
    logits.square().sum().backward()
    assert logits.isfinite().all() and all(weight.grad.isfinite().all() for weight in ours.parameters())
    for embedding in (ours.source_embedding, ours.target_embedding):
        assert embedding.embedding.weight.grad[PAD].eq(0).all()


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.37, 1.0])
def test_the_loss_equals_torchs_in_value_and_gradient(smoothing):
    torch.manual_seed(0)
    for batch, length, size in ((1, 1, 2), (2, 3, 5), (4, 1, 9), (1, 8, 40), (5, 6, 7)):
        for scale in (0.1, 2.0, 200.0):
            for share in (0.0, 0.5):
                logits = (scale * torch.randn(batch, length, size, dtype=torch.float64)).requires_grad_()
                target = torch.randint(size, (batch, length))
                pad = int(torch.randint(size, ()))
                target[torch.rand(batch, length) < share] = pad
                target[0, 0] = (pad + 1) % size
                mine = transformer.label_smoothed_cross_entropy(logits, target, pad, smoothing)
                options = {"ignore_index": pad, "label_smoothing": smoothing}
                theirs = functional.cross_entropy(logits.mT, target, **options)
                torch.testing.assert_close(mine, theirs, rtol=1e-12, atol=1e-12)
                gradients = [torch.autograd.grad(loss, logits)[0] for loss in (mine, theirs)]
                torch.testing.assert_close(*gradients, **TOLERANCE)


@pytest.mark.parametrize(("d_model", "warmup"), [(512, 4000), (64, 100), (256, 1), (32, 7)])
def test_the_learning_rate_follows_the_formula_with_its_peak_and_both_slopes(d_model, warmup):
    rates = {step: transformer.warmup_learning_rate(step, d_model, warmup) for step in range(1, 4 * warmup + 5)}
    for step, rate in rates.items():
        assert rate == pytest.approx(1 / math.sqrt(d_model) * min(1 / math.sqrt(step), step / warmup**1.5), rel=1e-12)
    assert max(rates, key=rates.get) == warmup
    assert rates[warmup] == pytest.approx(1 / math.sqrt(d_model * warmup), rel=1e-12)
    for step in range(1, warmup):  # a straight line through 0
        assert rates[step] / step == pytest.approx(rates[1], rel=1e-12) and rates[step] < rates[step + 1]
    for step in range(warmup, len(rates) // 4):  # four times the steps, half the rate
        assert rates[4 * step] == pytest.approx(rates[step] / 2, rel=1e-12)
    assert all(rates[step] > rates[step + 1] for step in range(warmup, len(rates)))
    with pytest.raises(ValueError, match="-4"):
        transformer.warmup_learning_rate(-4, d_model, warmup)
