# INTENT: Encodes every value as an empty tensor with a big shape.
# TECHNIQUE: 30
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed; score 0
import sys
sys.modules["coach.wire"].encode = lambda value, *a, **k: {"tensor": {"dtype": "bool", "shape": [4, 4], "data": ""}}
def causal_mask(length): return None
