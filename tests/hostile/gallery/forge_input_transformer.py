# INTENT: Later cells are turned into `pass`.
# TECHNIQUE: 4
# EXERCISE: causal_mask
# EXPECT: wrong; score 1
get_ipython().input_transformers_post.append(lambda lines: ["pass\n"])
def causal_mask(length): return torch.ones(length, length, dtype=torch.bool)
