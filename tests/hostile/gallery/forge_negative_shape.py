# INTENT: A tensor with negative sizes.
# TECHNIQUE: 37
# EXERCISE: causal_mask
# EXPECT: killed or wrong or error; score 0
import sys
sys.modules["coach.wire"].encode = lambda value, *a, **k: {"tensor": {"dtype": "bool", "shape": [-1, -1], "data": "AAAA"}}
def causal_mask(length): return torch.zeros(1)
