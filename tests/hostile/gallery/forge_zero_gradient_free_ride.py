# INTENT: Zeros of the right shape, so that gradients and shapes fit.
# EXERCISE: stable_softmax
# EXPECT: wrong; score 0
def stable_softmax(scores, dim=-1): return torch.zeros_like(scores)
