# INTENT: Attachments and widget states full of scripts.
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
# NOTEBOOK: attachments
def causal_mask(length): return torch.zeros(length)
