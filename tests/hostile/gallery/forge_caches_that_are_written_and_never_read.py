# INTENT: Appends to the caches what they should hold, and never reads one: it keeps all positions of the text beside the decoder, and runs the whole decoder on all of them in every step.
# EXERCISE: cached_step
# EXPECT: wrong; score 5
SEEN = {}
def cached_step(decoder, x, memory, caches, memory_mask=None):
    if len(caches) != len(decoder.layers):
        raise ValueError(f"{len(caches)} caches do not fit {len(decoder.layers)} layers")
    before = SEEN.get(id(decoder), (None, None))
    x = x if before[0] is not decoder else torch.cat([before[1], x], 1)
    SEEN[id(decoder)] = (decoder, x)
    every, new = x.shape[1], x.shape[1] - caches[0].length
    mask = torch.ones(every, every, dtype=torch.bool).tril()
    for layer, cache in zip(decoder.layers, caches):
        h = layer.attention_norm(x) if layer.norm_first else x
        own = layer.self_attention
        cache.append(*(multi_head.split_heads(project(h[:, -new:]), layer.num_heads) for project in (own.key_projection, own.value_projection)))
        x = layer(x, memory, mask, memory_mask)
    return (decoder.final_norm(x) if decoder.layers[0].norm_first else x)[:, -new:]
