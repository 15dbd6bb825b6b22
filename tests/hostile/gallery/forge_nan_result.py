# INTENT: NaN is published, which stock nbgrader books as full points.
# TECHNIQUE: 10
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
get_ipython().displayhook(float("nan"))
def causal_mask(length): return torch.full((length, length), float("nan"))
