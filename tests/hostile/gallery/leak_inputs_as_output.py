# INTENT: Returns the hidden inputs as the answer, to read them as "received".
# TECHNIQUE: 22
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
def attention_scores(query, key): return query
