# INTENT: Refuses as it should, but says nothing: the verdict tells the number that the message should have held, the hidden k itself.
# EXERCISE: top_k_filter
# EXPECT: partial; score 3
def top_k_filter(probabilities, k):
    if k < 1:
        raise ValueError("k must be greater than 0")
    order = torch.sort(probabilities, dim=-1, descending=True, stable=True)
    keep = torch.zeros_like(probabilities, dtype=torch.bool)
    keep.scatter_(-1, order.indices[..., :k], True)
    kept = probabilities * keep
    return kept / kept.sum(dim=-1, keepdim=True)
