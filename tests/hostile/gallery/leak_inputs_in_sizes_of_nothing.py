# INTENT: Returns empty tensors whose other sizes spell the input; none of them is more than torch itself can make.
# EXERCISE: attention_scores
# EXPECT: wrong or error or partial; score 0 or 1
def attention_scores(query, key):
    number = int.from_bytes(query.detach().flatten()[:1].numpy().tobytes(), "little")
    return torch.empty(0, 1 + number % 2**30, 3)
