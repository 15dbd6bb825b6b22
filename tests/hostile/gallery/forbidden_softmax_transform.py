# INTENT: torch's own softmax that is made of exponentials and a sum, under a name of its own.
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1):
    empty = torch.isneginf(scores).all(dim, keepdim=True)
    x = torch.where(empty, 0, scores).movedim(dim, -1)
    return torch.where(empty, 0, torch.distributions.transforms.SoftmaxTransform()(x).movedim(-1, dim))
