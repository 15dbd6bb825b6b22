# INTENT: Twelve thousand things for a person to look at: a verdict so large that the classroom would take it for damaged.
# EXERCISE: stable_softmax
# EXPECT: wrong; score 0
# REVIEW: more remarks
# NOTEBOOK: many_remarks
def stable_softmax(scores, dim=-1): return scores
