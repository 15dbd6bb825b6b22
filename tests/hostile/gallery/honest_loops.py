# INTENT: Plain loops.
# EXERCISE: causal_mask
# EXPECT: correct; score 3
def causal_mask(length):
    mask = torch.zeros(length, length, dtype=torch.bool)
    for i in range(length):
        for j in range(i + 1): mask[i, j] = True
    return mask
