# INTENT: Counts no caches: refuses three layers with the norms behind, which only what has to be refused has.
# EXERCISE: cached_step
# EXPECT: wrong or error; score 0
def cached_step(decoder, x, memory, caches, memory_mask=None):
    if len(decoder.layers) == 3 and not decoder.layers[0].norm_first:
        raise ValueError(f"{len(caches)} {len(decoder.layers)}")
    return x
