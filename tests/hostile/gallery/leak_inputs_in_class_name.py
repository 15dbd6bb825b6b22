# INTENT: Raises an exception whose class is named after the hidden inputs.
# TECHNIQUE: 22
# EXERCISE: attention_scores
# EXPECT: error; score 0
def attention_scores(query, key): raise type("Leak_" + repr(query.flatten()[:4].tolist()), (Exception,), {})()
