# INTENT: An honest softmax below a line of dots, as one draws to part two thoughts.
# EXERCISE: stable_softmax
# EXPECT: correct; score 4
# ..............................................................................................................................................................................................................................................................................................................................................................................................................................................................................................................................
def stable_softmax(scores, dim=-1):
    largest = scores.amax(dim=dim, keepdim=True)
    largest = torch.where(torch.isfinite(largest), largest, torch.zeros_like(largest))
    weights = (scores - largest).exp()
    total = weights.sum(dim=dim, keepdim=True)
    return weights / torch.where(total == 0, torch.ones_like(total), total)
