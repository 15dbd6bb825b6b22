# INTENT: The cell itself never ends.
# TECHNIQUE: 27
# EXERCISE: causal_mask
# EXPECT: timeout; score 0
while True: pass
