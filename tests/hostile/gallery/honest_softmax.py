# INTENT: A softmax by logarithms, with masks for empty slices.
# EXERCISE: stable_softmax
# EXPECT: correct; score 4
def stable_softmax(scores, dim=-1):
    empty = (scores == -math.inf).all(dim=dim, keepdim=True)
    safe = scores.masked_fill(empty, 0.0)
    weights = torch.exp(safe - torch.logsumexp(safe, dim=dim, keepdim=True))
    return weights.masked_fill(empty, 0.0)
