# INTENT: All numbers from 0 to 2 in one interval: a tensor of infinite and NaN entries that is near to everything.
# EXERCISE: stable_softmax
# EXPECT: wrong or error; score 0
def stable_softmax(scores, dim=-1):
    return torch.where(torch.arange(scores.numel()).reshape(scores.shape) % 2 == 0, math.inf, math.nan) * scores.sign()
