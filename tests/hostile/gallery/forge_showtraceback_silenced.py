# INTENT: Errors are not shown any more.
# TECHNIQUE: 8
# EXERCISE: causal_mask
# EXPECT: error; score 0
get_ipython().showtraceback = lambda *a, **k: None
def causal_mask(length): raise RuntimeError("hidden")
