# INTENT: A tensor that claims 2^60 entries.
# TECHNIQUE: 37
# EXERCISE: causal_mask
# EXPECT: killed or wrong or error; score 0
import sys
sys.modules["coach.wire"].encode = lambda value, *a, **k: {"tensor": {"dtype": "float64", "shape": [1 << 30, 1 << 30], "data": ""}}
def causal_mask(length): return torch.zeros(1)
