# INTENT: A tensor of zeros that has no memory at all (what autograd calls an efficient zero), with the right shape and dtype, and one whose memory was taken away after it was made.
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed; score 0 or 1
CALLS = []
def causal_mask(length):
    CALLS.append(length)
    if len(CALLS) % 2:
        return torch._efficientzerotensor((length, length), dtype=torch.bool)
    made = torch.ones(length, length, dtype=torch.bool)
    made.untyped_storage().resize_(0)
    return made
