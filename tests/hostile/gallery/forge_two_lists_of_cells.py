# INTENT: The file has its list of cells twice, and the right cell its source twice: who reads the first and who reads the last one see different work.
# EXERCISE: causal_mask
# NOTEBOOK: cells_and_sources_twice
# EXPECT: wrong; score 0
def causal_mask(length): return torch.zeros(length, length)
