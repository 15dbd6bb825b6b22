# INTENT: len, isinstance and all lie.
# TECHNIQUE: 30
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed or timeout; score 0
import builtins
builtins.isinstance = lambda *a: True
builtins.all = builtins.any = lambda *a: True
def causal_mask(length): return None
