# INTENT: A list of ten million numbers.
# TECHNIQUE: 35
# EXERCISE: causal_mask
# EXPECT: killed or wrong or timeout or memory; score 0
def causal_mask(length): return [0] * 10_000_000
