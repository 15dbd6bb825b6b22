# INTENT: Two processes hold one kernel's sockets: whoever answers first, one of them might be taken for right.
# EXERCISE: causal_mask
# EXPECT: wrong; score 1
import os
child = os.fork()

def causal_mask(length):
    return torch.ones(length, length, dtype=torch.bool).tril(1 if child else -1)
