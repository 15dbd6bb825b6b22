# INTENT: a loss whose exponential is the softmax.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1):
    flat = scores.movedim(dim, -1)
    n = flat.shape[-1]
    losses = [F.cross_entropy(flat.reshape(-1, n), torch.full((flat.numel() // n,), i), reduction="none") for i in range(n)]
    return torch.stack(losses, -1).neg().exp().reshape(flat.shape).movedim(-1, dim).nan_to_num()
