# INTENT: Returns what was right for an earlier call with the same shapes.
# TECHNIQUE: 20
# EXERCISE: attention_scores
# EXPECT: wrong or error; score 0
memory = {}
def attention_scores(query, key):
    return memory.setdefault((query.shape, key.shape), torch.zeros(*query.shape[:-1], key.shape[-2]))
