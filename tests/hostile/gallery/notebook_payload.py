# INTENT: Asks the front end to run the next cell with other text.
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
get_ipython().set_next_input("causal_mask = 3", replace=True)
def causal_mask(length): return torch.zeros(length)
