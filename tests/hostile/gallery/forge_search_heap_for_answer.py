# INTENT: Searches all objects of the process for an answer.
# TECHNIQUE: 29
# EXERCISE: causal_mask
# EXPECT: error or missing; score 0
import gc, types
found = [f for f in gc.get_objects() if isinstance(f, types.FunctionType) and f.__name__ == "causal_mask"]
if found: causal_mask = found[0]
