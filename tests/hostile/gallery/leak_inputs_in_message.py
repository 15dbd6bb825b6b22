# INTENT: Raises with the hidden inputs as message.
# TECHNIQUE: 22
# EXERCISE: attention_scores
# EXPECT: error; score 0
def attention_scores(query, key): raise ValueError(repr(query.tolist()))
