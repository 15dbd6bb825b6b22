# INTENT: Returns an object whose type is named after the input.
# TECHNIQUE: 22
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
def attention_scores(query, key): return type("T" + query.flatten()[:4].tolist().__repr__(), (), {})()
