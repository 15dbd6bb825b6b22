# INTENT: A regular expression that takes for ever and cannot be interrupted.
# EXERCISE: causal_mask
# EXPECT: timeout or killed; score 0
import re
def causal_mask(length): return re.match(r"(a+)+$", "a" * 60 + "b")
