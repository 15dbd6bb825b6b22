# INTENT: A sample of a relaxed distribution is a softmax with noise.
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1):
    return torch.distributions.RelaxedOneHotCategorical(torch.tensor(1.0), logits=scores).rsample()
