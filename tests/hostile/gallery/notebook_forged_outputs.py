# INTENT: Nothing written, but outputs that claim full marks.
# TECHNIQUE: 9
# EXERCISE: causal_mask
# EXPECT: missing; score 0
# NOTEBOOK: forge_outputs
