# INTENT: A dtype that is the name of something else.
# TECHNIQUE: 37
# EXERCISE: causal_mask
# EXPECT: killed or wrong or error; score 0
import sys
sys.modules["coach.wire"].encode = lambda value, *a, **k: {"tensor": {"dtype": "__class__", "shape": [1], "data": "AAAA"}}
def causal_mask(length): return torch.zeros(1)
