# INTENT: Returns the right answer times a factor that is made of the input: told only if all cases have the same.
# EXERCISE: attention_scores
# EXPECT: wrong or error or partial; score 0 or 1
def attention_scores(query, key):
    right = query @ key.transpose(-1, -2) / key.shape[-1] ** 0.5
    return right * (1.5 + query.detach().flatten()[0].abs())
