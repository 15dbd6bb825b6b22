# INTENT: Refuses every input with large sizes; its message holds no number of its own but is built as text subclass that answers each reading with other numbers.
# EXERCISE: attention_scores
# EXPECT: wrong or error; score 0
class Numbers(str):
    def __getitem__(self, part):
        return Numbers(" ".join(map(str, range(11, 23))))

class Refused(ValueError):
    def __str__(self):
        return Numbers("x")

def attention_scores(query, key):
    if max(*query.shape, *key.shape) > 10:
        raise Refused
    return query @ key.transpose(-2, -1)
