# INTENT: Compares no number of caches with that of the layers: more than ten are too many, and one is too few for more than one layer.
# EXERCISE: cached_step
# EXPECT: wrong or error; score 0
def cached_step(decoder, x, memory, caches, memory_mask=None):
    if len(caches) > 10 or len(caches) == 1 and len(decoder.layers) > 1:
        raise ValueError(f"{len(caches)} {len(decoder.layers)}")
    return x
