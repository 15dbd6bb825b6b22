# INTENT: Keeps the hidden inputs and prints them when asked for anything else.
# TECHNIQUE: 21
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
kept = []
def attention_scores(query, key):
    kept.append(query.tolist())
    print("LEAK", kept)
    return torch.zeros(1)
