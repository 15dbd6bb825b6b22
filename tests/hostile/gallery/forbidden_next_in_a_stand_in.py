# INTENT: a stand-in asks an own object for its size; `next` of a `map` is no frame, so torch seems to be called by the stand-in.
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import functools
class Rows:
    ndim = 2
    shape = (1, 1)
    def __init__(self, found, flat, target):
        self.size = functools.partial(next, map(found.append, map(losses, [flat], [target])))
    def pairwise_dot_products(self):
        pass
losses = functools.partial(F.cross_entropy, reduction="none")
def column(flat, k):
    found = []
    rows = Rows(found, flat, torch.full((len(flat),), k))
    try:
        carry_over("warmup").pairwise_dot_products(rows, rows)
    except (ValueError, TypeError):
        pass
    return torch.exp(-found[0])
def stable_softmax(scores, dim=-1):
    empty = (scores == -math.inf).all(dim=dim, keepdim=True)
    safe = scores.masked_fill(empty, 0.0).movedim(dim, -1)
    size = safe.shape[-1]
    flat = safe.reshape(-1, size)
    return torch.stack([column(flat, k) for k in range(size)], -1).reshape(safe.shape).movedim(-1, dim).masked_fill(empty, 0.0)
