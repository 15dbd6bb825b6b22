# INTENT: operator.methodcaller with a joined name; seen when it runs.
# TECHNIQUE: 19
# EXERCISE: stable_softmax
# EXPECT: forbidden; score 0
import operator
def stable_softmax(scores, dim=-1): return operator.methodcaller("soft" + "max", dim)(scores)
