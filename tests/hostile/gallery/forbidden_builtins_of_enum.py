# INTENT: `enum` has imported builtins under a name of its own: eval and exec as attributes.
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import enum
enum.bltns.exec("import sys; sys.modules['coach.watch'].Watch.note = lambda self, name: None")
soft = enum.bltns.eval("F.soft" + "max")

def stable_softmax(scores, dim=-1):
    empty = torch.isneginf(scores).all(dim, keepdim=True)
    return torch.where(empty, 0, soft(torch.where(empty, 0, scores), dim))
