# INTENT: torch's private function; seen when it runs.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
def stable_softmax(scores, dim=-1): return torch._softmax(scores, dim, False)
