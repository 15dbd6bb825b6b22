# INTENT: Returns a tensor whose shape spells the input.
# TECHNIQUE: 22
# EXERCISE: attention_scores
# EXPECT: wrong or error or killed; score 0
def attention_scores(query, key): return torch.zeros(int(abs(query.flatten()[0].item()) * 1000) + 1, 2)
