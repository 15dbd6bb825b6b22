# Correct solutions that differ from the reference, one cell each: `test_alternatives` judges that none loses a point.
# ruff: noqa: F811, F821
import math

import torch
import torch.nn.functional as F
from torch import nn


# %% both orders written out
def cached_step(decoder, x, memory, caches, memory_mask=None):
    if len(caches) != len(decoder.layers):
        raise ValueError(f"{len(decoder.layers)} layers, {len(caches)} caches")
    for layer, cache in zip(decoder.layers, caches, strict=True):
        h = layer.attention_norm(x) if layer.norm_first else x
        query = multi_head.split_heads(layer.self_attention.query_projection(h), layer.num_heads)
        key = multi_head.split_heads(layer.self_attention.key_projection(h), layer.num_heads)
        value = multi_head.split_heads(layer.self_attention.value_projection(h), layer.num_heads)
        before = cache.length
        keys, values = cache.append(key, value)
        mask = attention.causal_mask(keys.shape[2])[before:]
        output, _ = attention.scaled_dot_product_attention(query, keys, values, mask)
        x = x + layer.self_attention.output_projection(multi_head.merge_heads(output))
        if not layer.norm_first:
            x = layer.attention_norm(x)
        h = layer.cross_attention_norm(x) if layer.norm_first else x
        x = x + layer.cross_attention(h, memory, memory, memory_mask)[0]
        if not layer.norm_first:
            x = layer.cross_attention_norm(x)
        h = layer.feed_forward_norm(x) if layer.norm_first else x
        x = x + layer.feed_forward(h)
        if not layer.norm_first:
            x = layer.feed_forward_norm(x)
    return decoder.final_norm(x) if decoder.layers[-1].norm_first else x


# %% torch's own attention
def cached_step(decoder, x, memory, caches, memory_mask=None):
    if len(caches) != len(decoder.layers):
        raise ValueError(len(caches), len(decoder.layers))
    for layer, cache in zip(decoder.layers, caches, strict=True):
        pre, own = layer.norm_first, layer.self_attention
        h = layer.attention_norm(x) if pre else x
        batch, new, d_model = h.shape
        query, key, value = (
            part(h).view(batch, new, layer.num_heads, -1).transpose(1, 2)
            for part in (own.query_projection, own.key_projection, own.value_projection)
        )
        keys, values = cache.append(key, value)
        old = keys.shape[2] - new
        mask = torch.ones(new, old + new, dtype=torch.bool).tril(diagonal=old)
        mixed = F.scaled_dot_product_attention(query, keys, values, attn_mask=mask)
        x = x + own.output_projection(mixed.transpose(1, 2).reshape(batch, new, d_model))
        x = x if pre else layer.attention_norm(x)
        x = x + layer.cross_attention(layer.cross_attention_norm(x) if pre else x, memory, memory, memory_mask)[0]
        x = x if pre else layer.cross_attention_norm(x)
        x = x + layer.feed_forward(layer.feed_forward_norm(x) if pre else x)
        x = x if pre else layer.feed_forward_norm(x)
    return decoder.final_norm(x) if pre else x


# %% one position after the other
def cached_step(decoder, x, memory, caches, memory_mask=None):
    if len(caches) != len(decoder.layers):
        raise ValueError(f"{len(caches)} != {len(decoder.layers)}")

    def one(x, rows):
        for layer, cache in zip(decoder.layers, caches, strict=True):
            own = layer.self_attention
            h = layer.attention_norm(x) if layer.norm_first else x
            heads = [
                multi_head.split_heads(part(h), layer.num_heads)
                for part in (own.query_projection, own.key_projection, own.value_projection)
            ]
            keys, values = cache.append(*heads[1:])
            mixed = attention.scaled_dot_product_attention(heads[0], keys, values)[0]
            found = own.output_projection(multi_head.merge_heads(mixed))
            x = x + found if layer.norm_first else layer.attention_norm(x + found)
            h = layer.cross_attention_norm(x) if layer.norm_first else x
            found = layer.cross_attention(h, memory, memory, rows)[0]
            x = x + found if layer.norm_first else layer.cross_attention_norm(x + found)
            h = layer.feed_forward_norm(x) if layer.norm_first else x
            found = layer.feed_forward(h)
            x = x + found if layer.norm_first else layer.feed_forward_norm(x + found)
        return decoder.final_norm(x) if decoder.layers[0].norm_first else x

    results = []
    for number in range(x.shape[1]):
        rows = memory_mask
        if rows is not None and rows.shape[-2] > 1:
            rows = rows[..., number : number + 1, :]
        results.append(one(x[:, number : number + 1], rows))
    return torch.cat(results, dim=1)


# %% einsum, and a softmax by hand
def cached_step(decoder, x, memory, caches, memory_mask=None):
    if len(decoder.layers) != len(caches):
        raise ValueError(f"{len(caches)} caches cannot serve {len(decoder.layers)} layers")
    for layer, cache in zip(decoder.layers, caches, strict=True):
        own = layer.self_attention

        def heads(tensor, count=layer.num_heads):
            return tensor.unflatten(-1, (count, -1)).movedim(-2, 1)

        h = layer.attention_norm(x) if layer.norm_first else x
        keys, values = cache.append(heads(own.key_projection(h)), heads(own.value_projection(h)))
        query = heads(own.query_projection(h))
        scores = torch.einsum("bhqd,bhkd->bhqk", query, keys) / math.sqrt(query.shape[-1])
        new, every = scores.shape[-2:]
        future = torch.arange(every) > torch.arange(every - new, every).unsqueeze(1)
        weights = scores.masked_fill(future, -torch.inf).softmax(dim=-1)
        found = own.output_projection(torch.einsum("bhqk,bhkd->bqhd", weights, values).flatten(2))
        x = x + found if layer.norm_first else layer.attention_norm(x + found)
        h = layer.cross_attention_norm(x) if layer.norm_first else x
        found, _ = layer.cross_attention(h, memory, memory, memory_mask)
        x = x + found if layer.norm_first else layer.cross_attention_norm(x + found)
        h = layer.feed_forward_norm(x) if layer.norm_first else x
        x = x + layer.feed_forward(h) if layer.norm_first else layer.feed_forward_norm(x + layer.feed_forward(h))
    return decoder.final_norm(x) if decoder.layers[0].norm_first else x


# %% a loop over the parts of a layer
def cached_step(decoder, x, memory, caches, memory_mask=None):
    if len(caches) != len(decoder.layers):
        raise ValueError(f"{len(caches)}, {len(decoder.layers)}")
    for number, layer in enumerate(decoder.layers):
        for kind in ("attention", "cross_attention", "feed_forward"):
            norm = {
                "attention": layer.attention_norm,
                "cross_attention": layer.cross_attention_norm,
                "feed_forward": layer.feed_forward_norm,
            }[kind]
            h = norm(x) if layer.norm_first else x
            if kind == "attention":
                own = layer.self_attention
                roles = (own.query_projection, own.key_projection, own.value_projection)
                query, key, value = [multi_head.split_heads(role(h), layer.num_heads) for role in roles]
                keys, values = caches[number].append(key, value)
                mask = attention.causal_mask(keys.shape[-2])[keys.shape[-2] - query.shape[-2] :, :]
                mixed = attention.scaled_dot_product_attention(query, keys, values, mask)[0]
                found = own.output_projection(multi_head.merge_heads(mixed))
            elif kind == "cross_attention":
                found = layer.cross_attention(h, memory, memory, memory_mask)[0]
            else:
                found = layer.feed_forward(h)
            x = x + found
            if not layer.norm_first:
                x = norm(x)
    if decoder.layers[0].norm_first:
        x = decoder.final_norm(x)
    return x


# %% cross-attention by hand as well
def cached_step(decoder, x, memory, caches, memory_mask=None):
    if len(caches) != len(decoder.layers):
        raise ValueError(f"{len(caches)} / {len(decoder.layers)}")

    def attend(own, count, query, keys, values, mask):
        query = multi_head.split_heads(own.query_projection(query), count)
        if mask is not None and mask.dim() == 3:
            mask = mask.unsqueeze(1)
        mixed, _ = attention.scaled_dot_product_attention(query, keys, values, mask)
        return own.output_projection(multi_head.merge_heads(mixed))

    def project(own, count, source):
        return [multi_head.split_heads(part(source), count) for part in (own.key_projection, own.value_projection)]

    for layer, cache in zip(decoder.layers, caches, strict=True):
        count, pre = layer.num_heads, layer.norm_first
        h = layer.attention_norm(x) if pre else x
        keys, values = cache.append(*project(layer.self_attention, count, h))
        mask = attention.causal_mask(cache.length)[cache.length - h.shape[1] :]
        x = x + attend(layer.self_attention, count, h, keys, values, mask)
        x = x if pre else layer.attention_norm(x)
        h = layer.cross_attention_norm(x) if pre else x
        x = x + attend(layer.cross_attention, count, h, *project(layer.cross_attention, count, memory), memory_mask)
        x = x if pre else layer.cross_attention_norm(x)
        h = layer.feed_forward_norm(x) if pre else x
        x = x + layer.feed_forward(h)
        x = x if pre else layer.feed_forward_norm(x)
    return decoder.final_norm(x) if decoder.layers[0].norm_first else x


# %% a class that plays the self-attention
class Remembering(nn.Module):
    def __init__(self, own, cache, count):
        super().__init__()
        self.own, self.cache, self.count = own, cache, count

    def forward(self, h):
        split = multi_head.split_heads
        keys, values = self.cache.append(
            split(self.own.key_projection(h), self.count), split(self.own.value_projection(h), self.count)
        )
        query = split(self.own.query_projection(h), self.count)
        mask = attention.causal_mask(keys.shape[2])[-query.shape[2] :]
        mixed = attention.scaled_dot_product_attention(query, keys, values, mask)[0]
        return self.own.output_projection(multi_head.merge_heads(mixed))


def cached_step(decoder, x, memory, caches, memory_mask=None):
    if len(caches) != len(decoder.layers):
        raise ValueError(f"{len(caches)} caches, {len(decoder.layers)} layers")
    for layer, cache in zip(decoder.layers, caches, strict=True):
        text = Remembering(layer.self_attention, cache, layer.num_heads)
        if layer.norm_first:
            x = x + text(layer.attention_norm(x))
            x = x + layer.cross_attention(layer.cross_attention_norm(x), memory, memory, memory_mask)[0]
            x = x + layer.feed_forward(layer.feed_forward_norm(x))
        else:
            x = layer.attention_norm(x + text(x))
            x = layer.cross_attention_norm(x + layer.cross_attention(x, memory, memory, memory_mask)[0])
            x = layer.feed_forward_norm(x + layer.feed_forward(x))
    return decoder.final_norm(x) if decoder.layers[0].norm_first else x


# %% the layer itself, with its self-attention replaced for the moment
class Lookup:
    def __init__(self, layer, cache):
        self.own, self.cache, self.count = layer.self_attention, cache, layer.num_heads

    def __call__(self, query, key, value, mask):
        query, key, value = (
            multi_head.split_heads(part(source), self.count)
            for part, source in (
                (self.own.query_projection, query),
                (self.own.key_projection, key),
                (self.own.value_projection, value),
            )
        )
        mixed, weights = attention.scaled_dot_product_attention(query, *self.cache.append(key, value), mask)
        return self.own.output_projection(multi_head.merge_heads(mixed)), weights


def cached_step(decoder, x, memory, caches, memory_mask=None):
    if len(caches) != len(decoder.layers):
        raise ValueError(f"{len(caches)} caches, {len(decoder.layers)} layers")
    for layer, cache in zip(decoder.layers, caches, strict=True):
        mask = attention.causal_mask(cache.length + x.shape[1])[cache.length :]
        look = Lookup(layer, cache)
        parts = {
            layer.attention_norm: lambda h, look=look, mask=mask: look(h, h, h, mask)[0],
            layer.cross_attention_norm: lambda h, layer=layer: layer.cross_attention(h, memory, memory, memory_mask)[0],
            layer.feed_forward_norm: layer.feed_forward,
        }
        for norm, part in parts.items():
            x = x + part(norm(x)) if layer.norm_first else norm(x + part(x))
    return decoder.final_norm(x) if decoder.layers[0].norm_first else x


# %% without gradients
@torch.no_grad()
def cached_step(decoder, x, memory, caches, memory_mask=None):
    layers = list(decoder.layers)
    if len(layers) != len(caches):
        raise ValueError(f"there are {len(layers)} layers and {len(caches)} caches")
    while layers:
        layer = layers.pop(0)
        cache = caches[len(decoder.layers) - len(layers) - 1]
        h = layer.attention_norm(x) if layer.norm_first else x
        own = layer.self_attention
        roles = {"query": own.query_projection, "key": own.key_projection, "value": own.value_projection}
        made = {name: multi_head.split_heads(role(h), layer.num_heads) for name, role in roles.items()}
        keys, values = cache.append(made["key"], made["value"])
        total, new = keys.shape[2], x.shape[1]
        rows = [[column <= total - new + row for column in range(total)] for row in range(new)]
        mixed, _ = attention.scaled_dot_product_attention(made["query"], keys, values, torch.tensor(rows))
        found = layer.self_attention.output_projection(multi_head.merge_heads(mixed))
        x = x + found if layer.norm_first else layer.attention_norm(x + found)
        h = layer.cross_attention_norm(x) if layer.norm_first else x
        found = layer.cross_attention(h, memory, memory, memory_mask)[0]
        x = x + found if layer.norm_first else layer.cross_attention_norm(x + found)
        h = layer.feed_forward_norm(x) if layer.norm_first else x
        found = layer.feed_forward(h)
        x = x + found if layer.norm_first else layer.feed_forward_norm(x + found)
    return decoder.final_norm(x) if decoder.layers[0].norm_first else x
