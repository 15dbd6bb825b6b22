# INTENT: Changes its input in place, from −inf to the smallest number: to nan_to_num these are the same.
# EXERCISE: stable_softmax
# EXPECT: partial; score 2
def stable_softmax(scores, dim=-1):
    lowest = torch.finfo(scores.dtype).min
    with torch.no_grad():
        scores[torch.isneginf(scores)] = lowest
    top = scores.amax(dim, keepdim=True)
    empty = top == lowest
    weights = torch.exp(scores - torch.where(empty, torch.zeros_like(top), top).detach())
    total = weights.sum(dim, keepdim=True)
    return torch.where(empty, torch.zeros_like(weights), weights / torch.where(empty, torch.ones_like(total), total))
