"""The reference of lesson 5 is right: against nn.TransformerDecoder with the same weights, and by plain loops."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
from torch import Tensor, nn

from autograder.reference import attention, decoder

# (d_model, num_heads, d_ff, num_layers) × (batch, target_length, source_length): 36 shapes, single ones among them
SIZES = ((4, 1, 6, 1), (6, 2, 5, 2), (6, 3, 9, 3), (8, 4, 16, 1), (10, 5, 7, 2), (12, 2, 8, 3))
INPUTS = ((1, 1, 1), (2, 3, 3), (1, 5, 4), (3, 1, 6), (4, 6, 1), (2, 4, 7))
TOLERANCE = {"rtol": 0, "atol": 1e-10}


def copy_attention(ours: nn.Module, theirs: nn.MultiheadAttention) -> None:
    parts = (ours.query_projection, ours.key_projection, ours.value_projection)
    theirs.in_proj_weight.copy_(torch.cat([part.weight for part in parts]))
    theirs.in_proj_bias.copy_(torch.cat([part.bias for part in parts]))
    theirs.out_proj.load_state_dict(ours.output_projection.state_dict())


def pair(sizes: tuple[int, ...], norm_first: bool, dropout: float = 0.0) -> tuple[nn.Module, nn.Module]:
    """Ours and torch's, with the same weights, in float64."""
    d_model, num_heads, d_ff, num_layers = sizes
    torch.manual_seed(d_model)
    ours = decoder.Decoder(num_layers, d_model, num_heads, d_ff, dropout, norm_first).double()
    layer = nn.TransformerDecoderLayer(d_model, num_heads, d_ff, dropout, batch_first=True, norm_first=norm_first)
    theirs = nn.TransformerDecoder(layer, num_layers, nn.LayerNorm(d_model) if norm_first else None).double()
    with torch.no_grad():
        for parameter in ours.parameters():
            parameter.normal_(std=0.5)
        for mine, other in zip(ours.layers, theirs.layers, strict=True):
            copy_attention(mine.self_attention, other.self_attn)
            copy_attention(mine.cross_attention, other.multihead_attn)
            other.linear1.load_state_dict(mine.feed_forward.expand.state_dict())
            other.linear2.load_state_dict(mine.feed_forward.contract.state_dict())
            norms = (mine.attention_norm, mine.cross_attention_norm, mine.feed_forward_norm)
            for norm, norm_of_theirs in zip(norms, (other.norm1, other.norm2, other.norm3), strict=True):
                norm_of_theirs.load_state_dict(norm.state_dict())
        if norm_first:
            theirs.norm.load_state_dict(ours.final_norm.state_dict())
    return ours, theirs


def masks(batch: int, target: int, source: int) -> dict[str, tuple[Tensor | None, Tensor | None]]:
    """(for the text, for the memory), of all kinds; torch's own gives NaN where nothing is allowed."""
    causal = attention.causal_mask(target)
    padding = torch.arange(source) < torch.randint(1, source + 1, (batch, 1, 1))
    own_text, own_memory = (torch.rand(batch, target, length) < 0.5 for length in (target, source))
    own_text[..., 0] = own_memory[..., 0] = True
    return {
        "none": (None, None),
        "causal": (causal, None),
        "padding": (None, padding),
        "causal and padding": (causal, padding),
        "one for the batch": (own_text[0], own_memory[0]),
        "of its own for each sequence": (own_text, own_memory),
    }


def blocked(mask: Tensor | None, batch: int, rows: int, columns: int, num_heads: int) -> Tensor | None:
    """torch's convention: True means blocked, one matrix per sequence and head."""
    return None if mask is None else ~mask.expand(batch, rows, columns).repeat_interleave(num_heads, dim=0)


@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_decoder_equals_torchs_in_values_and_gradients(sizes, norm_first):
    ours, theirs = pair(sizes, norm_first)
    d_model, num_heads = sizes[:2]
    for batch, target, source in INPUTS:
        x, memory = (torch.randn(batch, n, d_model, dtype=torch.float64, requires_grad=True) for n in (target, source))
        for text_mask, memory_mask in masks(batch, target, source).values():
            mine = ours(x, memory, text_mask, memory_mask)
            other = theirs(
                x,
                memory,
                blocked(text_mask, batch, target, target, num_heads),
                blocked(memory_mask, batch, target, source, num_heads),
            )
            torch.testing.assert_close(mine, other, **TOLERANCE)
            uneven = torch.randn_like(mine)
            gradients = [torch.autograd.grad(out, (x, memory), uneven) for out in (mine, other)]
            for one, two in zip(*gradients, strict=True):
                torch.testing.assert_close(one, two, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("norm_first", [False, True])
def test_gradients_of_the_weights_equal_torchs(norm_first):
    ours, theirs = pair((6, 2, 5, 2), norm_first)
    x, memory = torch.randn(3, 4, 6, dtype=torch.float64), torch.randn(3, 5, 6, dtype=torch.float64)
    causal = attention.causal_mask(4)
    uneven = torch.randn_like(x)
    (ours(x, memory, causal) * uneven).sum().backward()
    (theirs(x, memory, ~causal) * uneven).sum().backward()
    for mine, other in zip(ours.layers, theirs.layers, strict=True):
        for one, two in ((mine.self_attention, other.self_attn), (mine.cross_attention, other.multihead_attn)):
            parts = (one.query_projection, one.key_projection, one.value_projection)
            torch.testing.assert_close(torch.cat([p.weight.grad for p in parts]), two.in_proj_weight.grad, **TOLERANCE)
            torch.testing.assert_close(one.output_projection.weight.grad, two.out_proj.weight.grad, **TOLERANCE)
        torch.testing.assert_close(mine.feed_forward.expand.weight.grad, other.linear1.weight.grad, **TOLERANCE)
        torch.testing.assert_close(mine.cross_attention_norm.weight.grad, other.norm2.weight.grad, **TOLERANCE)


@pytest.mark.parametrize("norm_first", [False, True])
def test_with_everything_dropped_it_equals_torchs(norm_first):
    ours, theirs = (side.train() for side in pair((6, 2, 5, 2), norm_first, dropout=1.0))
    x, memory = torch.randn(2, 3, 6, dtype=torch.float64), torch.randn(2, 4, 6, dtype=torch.float64)
    torch.testing.assert_close(ours(x, memory), theirs(x, memory), **TOLERANCE)


@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_cached_steps_equal_the_full_pass_however_the_text_is_cut(sizes, norm_first):
    ours = pair(sizes, norm_first)[0].eval()
    for batch, _, source in INPUTS:
        for pieces in ((1,), (1, 1, 1), (4, 1), (2, 3, 1), (5,)):
            length = sum(pieces)
            x, memory = (torch.randn(batch, n, sizes[0], dtype=torch.float64) for n in (length, source))
            padding = torch.arange(source) < torch.randint(0, source + 1, (batch, 1, 1))  # some see nothing
            caches = [decoder.KeyValueCache() for _ in ours.layers]
            with torch.no_grad():
                whole = ours(x, memory, attention.causal_mask(length), padding)
                parts = [decoder.cached_step(ours, part, memory, caches, padding) for part in x.split(pieces, dim=1)]
            torch.testing.assert_close(torch.cat(parts, dim=1), whole, **TOLERANCE)
            assert {cache.length for cache in caches} == {length}


def test_shift_right():
    for batch, length in itertools.product((1, 2, 5), (1, 2, 7)):
        tokens = torch.randint(1, 50, (batch, length))
        assert decoder.shift_right(tokens, 99).tolist() == [[99, *row[:-1]] for row in tokens.tolist()]


@pytest.mark.parametrize("temperature", [0.01, 0.5, 1.0, 3.0])
def test_next_token_probabilities(temperature):
    for shape in ((1, 1, 2), (3, 4, 5), (2, 1, 90)):
        logits = torch.randn(shape, dtype=torch.float64)
        theirs = torch.distributions.Categorical(logits=logits[:, -1] / temperature).probs
        torch.testing.assert_close(decoder.next_token_probabilities(logits, temperature), theirs, **TOLERANCE)


def kept_by_hand(row: list[float], k: int | None = None, p: float = 1.0) -> list[float]:
    """Token after token, the most probable first and of equal ones the smaller, until there are k, or p is reached."""
    kept, total = [], 0.0
    for token in sorted(range(len(row)), key=lambda token: (-row[token], token)):
        if len(kept) == k or total >= p:
            break
        kept.append(token)
        total += row[token]
    return [share / total if token in kept else 0.0 for token, share in enumerate(row)]


def test_filters_do_what_is_done_by_hand():
    torch.manual_seed(0)
    for vocabulary in (1, 2, 5, 30):
        for scale in (0.3, 2.0, 8.0):
            chances = torch.softmax(scale * torch.randn(4, vocabulary, dtype=torch.float64), dim=-1)
            eighths = torch.ones(4, 8, dtype=torch.float64) / 8
            for rows in (chances, eighths):
                for k in (1, 2, 3, 8, 40):
                    wanted = torch.tensor([kept_by_hand(row, k) for row in rows.tolist()], dtype=torch.float64)
                    torch.testing.assert_close(decoder.top_k_filter(rows, k), wanted, **TOLERANCE)
                for p in (0.01, 0.25, 0.5, 0.77, 1.0):
                    wanted = torch.tensor([kept_by_hand(row, p=p) for row in rows.tolist()], dtype=torch.float64)
                    torch.testing.assert_close(decoder.nucleus_filter(rows, p), wanted, **TOLERANCE)


def test_a_layer_whose_memory_is_hidden_is_an_encoder_layer():
    """The lesson turns its language model, a stack of encoder layers, into a decoder that way."""
    from autograder.reference import encoder

    torch.manual_seed(0)
    small = encoder.Encoder(2, 6, 2, 8, norm_first=True).double().eval()
    large = decoder.Decoder(2, 6, 2, 8, norm_first=True).double().eval()
    missing, unexpected = large.load_state_dict(small.state_dict(), strict=False)
    assert not unexpected and all("cross_attention" in name for name in missing)
    with torch.no_grad():
        for layer in large.layers:
            layer.cross_attention.output_projection.bias.zero_()
        x, causal = torch.randn(3, 5, 6, dtype=torch.float64), attention.causal_mask(5)
        hidden = torch.zeros(1, 1, dtype=torch.bool)
        torch.testing.assert_close(large(x, x[:, :1], causal, hidden), small(x, causal), **TOLERANCE)


def test_a_cache_refuses_what_does_not_fit():
    cache = decoder.KeyValueCache()
    cache.append(*torch.zeros(2, 1, 2, 3, 4))
    for shape in ((2, 2, 1, 4), (1, 3, 1, 4), (1, 2, 1, 5)):
        with pytest.raises(ValueError, match="fit"):
            cache.append(*torch.zeros(2, *shape))
    assert cache.length == 3 and math.prod(cache.keys.shape) == 24
