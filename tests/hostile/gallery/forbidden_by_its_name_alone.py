# INTENT: The name is hidden well, by the module `enum`'s builtins; what it calls is not.
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import enum
soft = enum.bltns.eval("torch.soft" + "max")
def stable_softmax(scores, dim=-1):
    return soft(scores, dim)
