# INTENT: Imports the reference by a name that is computed.
# TECHNIQUE: 17
# EXERCISE: causal_mask
# EXPECT: error; score 0
causal_mask = __import__("auto" + "grader.reference.attention", fromlist=["x"]).causal_mask
