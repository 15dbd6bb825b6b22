# INTENT: TorchScript from a text in two halves.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: error or timeout; score 0
# REVIEW: jit
import base64, io
M = torch.jit.trace(lambda x: x.exp(), torch.ones(2))
def stable_softmax(scores, dim=-1):
    return torch.jit.CompilationUnit("def f(x, d: int):\n  return torch.sof" + "tmax(x, d)").f(scores, dim).nan_to_num()
