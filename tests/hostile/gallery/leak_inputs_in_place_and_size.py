# INTENT: Chooses where its answer is wrong and by how much: a few bits per case, which SECURITY.md admits, and no more.
# EXERCISE: attention_scores
# EXPECT: wrong or error or partial; score 0 or 1
def attention_scores(query, key):
    right = query @ key.transpose(-1, -2) / key.shape[-1] ** 0.5
    flat = right.flatten().clone()
    number = int.from_bytes(query.detach().flatten()[:1].numpy().tobytes(), "little")
    flat[number % flat.numel()] += 10.0 ** (number // 1000 % 9)
    return flat.reshape(right.shape)
