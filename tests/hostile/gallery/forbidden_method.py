# INTENT: torch's softmax as a method.
# TECHNIQUE: 18
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return scores.nan_to_num(neginf=-1e30).softmax(dim)
