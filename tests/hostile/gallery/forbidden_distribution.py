# INTENT: a distribution that computes the softmax of its logits.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1):
    return torch.distributions.Categorical(logits=scores.movedim(dim, -1)).probs.movedim(-1, dim).nan_to_num()
