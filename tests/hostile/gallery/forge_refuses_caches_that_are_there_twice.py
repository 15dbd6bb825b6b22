# INTENT: Counts no layers: too many caches are always some that are there twice, too few are always one with norms of its own.
# EXERCISE: cached_step
# EXPECT: wrong or error; score 0
def cached_step(decoder, x, memory, caches, memory_mask=None):
    twice = len({id(cache) for cache in caches}) < len(caches)
    if twice or len(caches) == 1 and decoder.norm_first:
        raise ValueError(f"{len(caches)} 2")
    return x
