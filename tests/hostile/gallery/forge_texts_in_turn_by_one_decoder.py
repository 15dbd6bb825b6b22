# INTENT: Runs the whole decoder on all positions that it has seen with it, whichever caches are handed in, and leaves the caches empty: no decoder is asked for two texts.
# EXERCISE: cached_step
# EXPECT: wrong; score 4
TEXTS = []
def cached_step(decoder, x, memory, caches, memory_mask=None):
    if len(caches) != len(decoder.layers):
        raise ValueError(f"{len(caches)} caches do not fit {len(decoder.layers)} layers")
    new = x.shape[1]
    for other, text in TEXTS[-1:]:
        x = torch.cat([text, x], 1) if other is decoder else x
    TEXTS.append((decoder, x))
    mask = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool).tril()
    return decoder(x, memory, mask, memory_mask)[:, -new:]
