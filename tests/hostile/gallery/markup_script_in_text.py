# INTENT: A script in a text cell.
# TECHNIQUE: 48
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: markdown_script
def causal_mask(length): return torch.zeros(length)
