# INTENT: Threads of its own.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
from concurrent.futures import ThreadPoolExecutor
def causal_mask(length):
    with ThreadPoolExecutor(2) as pool:
        return torch.stack(list(pool.map(lambda i: torch.arange(length) <= i, range(length))))
