# INTENT: the softmax as a gradient: honest where it works, but without a gradient of its own.
# EXERCISE: stable_softmax
# EXPECT: partial or wrong; score 2 or 1 or 0
def stable_softmax(scores, dim=-1):
    return torch.autograd.functional.jacobian(lambda s: torch.logsumexp(s, dim).sum(), scores)
