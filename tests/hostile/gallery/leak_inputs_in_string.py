# INTENT: Returns the inputs as text.
# TECHNIQUE: 22
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
def attention_scores(query, key): return repr(query.tolist())
