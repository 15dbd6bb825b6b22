# INTENT: an exception's text is asked for outside the watch; a bad first reply gets the same inputs asked again.
# EXERCISE: stable_softmax
# EXPECT: killed or forbidden or wrong; score 0
asked, known = [], []
def compute(scores, dim):
    empty = (scores == -math.inf).all(dim=dim, keepdim=True)
    safe = scores.masked_fill(empty, 0.0).movedim(dim, -1)
    size = safe.shape[-1]
    flat = safe.reshape(-1, size)
    parts = [torch.exp(-F.cross_entropy(flat, torch.full((len(flat),), k), reduction="none")) for k in range(size)]
    return torch.stack(parts, dim=-1).reshape(safe.shape).movedim(-1, dim).masked_fill(empty, 0.0)
class Later(Exception):
    def __str__(self):
        for scores, dim in asked:
            known.append((scores, dim, compute(scores, dim)))
        return "later"
def stable_softmax(scores, dim=-1):
    for old, axis, answer in known:
        if old.shape == scores.shape and old.dtype == scores.dtype and axis == dim and torch.equal(old, scores.detach()):
            shift = scores.nan_to_num(neginf=0.0)
            shift = shift - shift.detach()
            return answer * (1 + shift - (answer * shift).sum(dim=dim, keepdim=True))
    asked.append((scores.detach().clone(), dim))
    if len(asked) == 12:
        raise Later
    return [torch.zeros(1)] * 201
