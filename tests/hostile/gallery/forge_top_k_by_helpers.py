# INTENT: Takes both halves of the filter from the globals of shift_right's stand-in.
# EXERCISE: top_k_filter
# EXPECT: error or wrong; score 0
def top_k_filter(probabilities, k):
    found = shift_right.__globals__
    return found["_only"](probabilities, found["_rank"](probabilities) < k)
