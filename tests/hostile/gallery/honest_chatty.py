# INTENT: Prints while it works.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
def causal_mask(length):
    for i in range(50): print("row", i)
    return torch.arange(length)[None, :] <= torch.arange(length)[:, None]
