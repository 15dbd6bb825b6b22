# INTENT: Takes the stand-ins of earlier exercises apart, to find this one's.
# EXERCISE: causal_mask
# EXPECT: error or missing; score 0
causal_mask = padding_mask.__globals__["causal_mask"]
