# INTENT: Makes one of four known mistakes, chosen by the first input it sees: two bits, which SECURITY.md admits; the message is ours and holds no input.
# EXERCISE: attention_scores
# EXPECT: wrong; score 0
CHOSEN = []


def attention_scores(query, key):
    if not CHOSEN:
        CHOSEN.append(int(query.detach().flatten()[0].abs().item() * 1e6) % 4)
    d = key.shape[-1]
    scores = query @ key.transpose(-1, -2)
    return scores * (1.0, d**-1.0, d**0.5, key.shape[-2] ** -0.5)[CHOSEN[0]]
