# INTENT: Compares nothing: refuses whenever two different sizes above 10 are there; all else is multiplied, wrongly.
# EXERCISE: attention_scores
# EXPECT: wrong or error; score 0
def attention_scores(query, key):
    sizes = [*query.shape, *key.shape]
    if len({size for size in sizes if size > 10}) > 1 or min(query.dim(), key.dim()) < 2:
        raise ValueError(str(sizes))
    return query
