"""Reference implementation for lesson 05_decoder: what the judge compares with.

Generated from solutions/05_decoder.py by `autograder build`.
Do not edit it: edit the master and build again.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


from autograder.reference import attention


from autograder.reference import multi_head


from autograder.reference import encoder


def shift_right(tokens: Tensor, start_id: int) -> Tensor:
    """What the decoder reads while it learns to write `tokens`: the same text, one position late.

    Shapes: tokens (batch, length), integers, length at least 1 -> (batch, length), the same dtype.
    The first column is start_id. Position i > 0 holds the token of position i − 1; the last token is read by nobody.
    The input is not changed.
    Source: Vaswani et al., Attention Is All You Need (2017), section 3.1: "offset by one position".
    """
    start = torch.full_like(tokens[:, :1], start_id)  # (batch, 1)
    return torch.cat([start, tokens[:, :-1]], dim=1)  # (batch, length)


class DecoderLayer(nn.Module):
    """Self-attention, cross-attention, feed-forward: each with its residual connection and its norm.

    Parts: self_attention and cross_attention, each a multi_head.MultiHeadAttention; feed_forward, an
    encoder.FeedForward; attention_norm, cross_attention_norm, feed_forward_norm, each an encoder.LayerNorm.
    Dropout as in your EncoderLayer: in both attentions, in feed_forward, and on what each part adds to x.
    norm_first=False: each norm comes after its part's sum, as in the paper. True: each norm comes before its part.
    It keeps num_heads and norm_first as attributes; part 7 needs them.
    Source: Vaswani et al. (2017), section 3.1 and figure 1, right.
    """

    def __init__(self, d_model: int, num_heads: int, d_ff: int, dropout: float = 0.0, norm_first: bool = False):
        super().__init__()
        self.num_heads, self.norm_first = num_heads, norm_first
        self.self_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.cross_attention = multi_head.MultiHeadAttention(d_model, num_heads, dropout)
        self.feed_forward = encoder.FeedForward(d_model, d_ff, dropout)
        self.attention_norm = encoder.LayerNorm(d_model)
        self.cross_attention_norm = encoder.LayerNorm(d_model)
        self.feed_forward_norm = encoder.LayerNorm(d_model)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, x: Tensor, memory: Tensor, target_mask: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> Tensor:
        """First look at the text so far, then at the memory, then think.

        Shapes: x (batch, target_length, d_model), memory (batch, source_length, d_model): the encoder's output;
        target_mask broadcastable to (batch, target_length, target_length), for self-attention;
        memory_mask broadcastable to (batch, target_length, source_length), for cross-attention; True = may attend.
        -> (batch, target_length, d_model).
        The layer uses the masks that it is given and adds none. Only x is normalised, never the memory.
        """

        def attend_to_text(h: Tensor) -> Tensor:
            return self.self_attention(h, h, h, target_mask)[0]

        def attend_to_memory(h: Tensor) -> Tensor:
            return self.cross_attention(h, memory, memory, memory_mask)[0]

        x = self.add(x, self.attention_norm, attend_to_text)
        x = self.add(x, self.cross_attention_norm, attend_to_memory)
        return self.add(x, self.feed_forward_norm, self.feed_forward)

    def add(self, x: Tensor, norm: nn.Module, part) -> Tensor:
        """What every part has around it: a residual connection, a norm, dropout."""
        if self.norm_first:
            return x + self.dropout(part(norm(x)))
        return norm(x + self.dropout(part(x)))


class Decoder(nn.Module):
    """A stack of DecoderLayers. All layers read the same memory.

    Parts: layers, an nn.ModuleList of num_layers DecoderLayers; and, only if norm_first, final_norm, an
    encoder.LayerNorm for what comes out of the last layer.
    Source: Vaswani et al. (2017), section 3.1.
    """

    def __init__(
        self,
        num_layers: int,
        d_model: int,
        num_heads: int,
        d_ff: int,
        dropout: float = 0.0,
        norm_first: bool = False,
    ):
        super().__init__()
        sizes = (d_model, num_heads, d_ff, dropout, norm_first)
        self.layers = nn.ModuleList(DecoderLayer(*sizes) for _ in range(num_layers))
        self.final_norm = encoder.LayerNorm(d_model) if norm_first else nn.Identity()

    def forward(
        self, x: Tensor, memory: Tensor, target_mask: Tensor | None = None, memory_mask: Tensor | None = None
    ) -> Tensor:
        """Shapes and masks as in DecoderLayer.forward."""
        for layer in self.layers:
            x = layer(x, memory, target_mask, memory_mask)  # (batch, target_length, d_model)
        return self.final_norm(x)


def next_token_probabilities(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """The distribution of the token that comes after the text, made sharper or flatter by a temperature.

    p_v = exp(z_v / T) / Σ_u exp(z_u / T), with z the logits of the last position and T the temperature.

    Shapes: logits (batch, length, vocabulary) -> (batch, vocabulary). Each row adds up to 1.
    The input is not changed.
    Raises ValueError, with the temperature in the message, if it is not greater than 0.
    """
    if temperature <= 0:
        raise ValueError(f"the temperature must be greater than 0, not {temperature}")
    return attention.stable_softmax(logits[:, -1] / temperature)  # (batch, vocabulary)


def top_k_filter(probabilities: Tensor, k: int) -> Tensor:
    """Keep the k most probable tokens of each row; the others get probability 0.

    Shapes: probabilities (batch, vocabulary), rows add up to 1 -> (batch, vocabulary), rows add up to 1 again.
    Tokens that are kept stay in their places and in proportion to each other.
    Of equally probable tokens the one with the smaller number is kept. If k is the vocabulary's size or more,
    all are kept. The input is not changed.
    Raises ValueError, with k in the message, if k < 1.
    Source: Fan, Lewis and Dauphin, Hierarchical Neural Story Generation (2018), section 5.1.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    order = probabilities.argsort(dim=-1, descending=True, stable=True)  # stable: equal ones stay in order
    kept = probabilities.scatter(-1, order[:, k:], 0.0)  # (batch, vocabulary)
    return kept / kept.sum(dim=-1, keepdim=True)


def nucleus_filter(probabilities: Tensor, p: float) -> Tensor:
    """Keep the nucleus of each row: the fewest tokens whose probabilities add up to p or more.

    Shapes: probabilities (batch, vocabulary), rows add up to 1 -> (batch, vocabulary), rows add up to 1 again.
    The nucleus is filled from the most probable token downwards, until p is reached; the token that reaches it
    belongs to it. So at least one token is kept. Of equally probable tokens the smaller number comes first.
    Tokens that are kept stay in their places and in proportion to each other. The input is not changed.
    Raises ValueError, with p in the message, unless 0 < p ≤ 1.
    Source: Holtzman et al., The Curious Case of Neural Text Degeneration (2020), section 3.1, equations 2 and 3.
    """
    if not 0 < p <= 1:
        raise ValueError(f"p must be greater than 0 and at most 1, not {p}")
    ranked, order = probabilities.sort(dim=-1, descending=True, stable=True)  # stable: equal ones stay in order
    before = ranked.cumsum(dim=-1) - ranked  # what all more probable tokens have together: (batch, vocabulary)
    kept = probabilities.scatter(-1, order, ranked.masked_fill(before >= p, 0.0))  # back to their places
    return kept / kept.sum(dim=-1, keepdim=True)


class KeyValueCache:
    """The keys and values of all positions that one self-attention has seen so far.

    `length` is how many positions it holds, an int: 0 at first. It is also the position of the next token.
    """

    def __init__(self):
        self.keys = self.values = None  # (batch, num_heads, length, d_head) each
        self.length = 0

    def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        """Adds new positions behind those that are there, and returns all of them.

        Shapes: key and value (batch, num_heads, new_length, d_head), after projection and split_heads
        -> keys and values (batch, num_heads, length, d_head), oldest first, where `length` includes the new ones.
        What append has returned before is not changed.
        Raises ValueError, with both shapes in the message, if key and value differ in shape, or if the new ones and
        those in the cache differ in batch, num_heads or d_head.
        """
        if key.shape != value.shape:
            raise ValueError(f"key and value must have one shape, not {tuple(key.shape)} and {tuple(value.shape)}")
        if self.length > 0:
            if key[:, :, 0].shape != self.keys[:, :, 0].shape:
                raise ValueError(f"{tuple(key.shape)} does not fit behind {tuple(self.keys.shape)}")
            key = torch.cat([self.keys, key], dim=2)  # (batch, num_heads, length, d_head)
            value = torch.cat([self.values, value], dim=2)
        self.keys, self.values, self.length = key, value, key.shape[2]
        return key, value


def cached_step(
    decoder: Decoder, x: Tensor, memory: Tensor, caches: list[KeyValueCache], memory_mask: Tensor | None = None
) -> Tensor:
    """What the decoder gives at new positions, computed for these alone: the caches hold what it needs of the old ones.

    Shapes: x (batch, new_length, d_model): the new positions only, as the decoder's first layer gets them;
    memory (batch, source_length, d_model), memory_mask broadcastable to (batch, new_length, source_length);
    caches: one KeyValueCache per layer -> (batch, new_length, d_model).
    The result is that of decoder(all x so far, memory, causal mask, memory_mask) at the new positions: each attends to
    all positions before it, old and new, and to itself. Usually new_length is 1; at the start it may be a whole prompt.
    Afterwards the cache of each layer also holds the new positions' projected keys and values, split into heads.
    The decoder is in eval mode and consists of the parts that Decoder and DecoderLayer promise.
    Raises ValueError, with both numbers in the message, if there are not as many caches as layers.
    """
    if len(caches) != len(decoder.layers):
        raise ValueError(f"{len(caches)} caches do not fit {len(decoder.layers)} layers")

    def through(layer: DecoderLayer, cache: KeyValueCache, x: Tensor) -> Tensor:
        def attend_to_text(h: Tensor) -> Tensor:
            own = layer.self_attention
            projections = (own.query_projection, own.key_projection, own.value_projection)
            # (batch, num_heads, new_length, d_head) each
            query, key, value = (multi_head.split_heads(project(h), layer.num_heads) for project in projections)
            keys, values = cache.append(key, value)  # (batch, num_heads, length so far, d_head)
            new, every = h.shape[1], cache.length
            mask = torch.ones(new, every, dtype=torch.bool).tril(every - new)  # the last rows of the causal mask
            mixed, _ = attention.scaled_dot_product_attention(query, keys, values, mask)
            return own.output_projection(multi_head.merge_heads(mixed))

        def attend_to_memory(h: Tensor) -> Tensor:
            return layer.cross_attention(h, memory, memory, memory_mask)[0]

        parts = (
            (layer.attention_norm, attend_to_text),
            (layer.cross_attention_norm, attend_to_memory),
            (layer.feed_forward_norm, layer.feed_forward),
        )
        for norm, part in parts:
            x = x + part(norm(x)) if layer.norm_first else norm(x + part(x))
        return x

    for layer, cache in zip(decoder.layers, caches, strict=True):
        x = through(layer, cache, x)  # (batch, new_length, d_model)
    return decoder.final_norm(x) if decoder.layers[0].norm_first else x
