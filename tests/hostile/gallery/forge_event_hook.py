# INTENT: Saves everything that runs after each cell and returns it.
# TECHNIQUE: 14
# EXERCISE: causal_mask
# EXPECT: wrong; score 0
seen = []
get_ipython().events.register("post_run_cell", lambda result: seen.append(result.info.raw_cell))
def causal_mask(length): return str(seen)
