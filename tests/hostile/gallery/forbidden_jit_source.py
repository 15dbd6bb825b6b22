# INTENT: TorchScript from a text; seen when it runs.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden or error or wrong; score 0
unit = torch.jit.CompilationUnit("def f(s, dim: int):\n    return torch.soft" + "max(s, dim)")
def stable_softmax(scores, dim=-1): return unit.f(scores, dim)
