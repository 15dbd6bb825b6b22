# INTENT: More points than there are.
# TECHNIQUE: 11
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
get_ipython().displayhook(99.0)
def causal_mask(length): return 99.0
