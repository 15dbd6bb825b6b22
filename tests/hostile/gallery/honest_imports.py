# INTENT: Imports of its own.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
import os, sys, itertools, functools
import numpy as np
@functools.lru_cache
def causal_mask(length): return torch.from_numpy(np.tril(np.ones((length, length), dtype=bool)))
