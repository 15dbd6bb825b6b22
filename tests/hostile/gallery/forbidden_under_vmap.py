# INTENT: The operator runs under torch's vectorising map.
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import enum
soft = enum.bltns.eval("torch.soft" + "max")
def stable_softmax(scores, dim=-1):
    return torch.vmap(lambda row: soft(row, 0))(scores.movedim(dim, -1).reshape(-1, scores.size(dim))).reshape(scores.movedim(dim, -1).shape).movedim(-1, dim)
