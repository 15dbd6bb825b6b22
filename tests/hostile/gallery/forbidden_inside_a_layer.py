# INTENT: torch's attention layer, which computes a softmax.
# TECHNIQUE: 18
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1):
    layer = nn.MultiheadAttention(1, 1, bias=False)
    return layer(scores, scores, scores)[1]
