# INTENT: The coach's stand-in, by a computed name.
# TECHNIQUE: 17
# EXERCISE: causal_mask
# EXPECT: error; score 0
causal_mask = __import__("co" + "ach.standins.attention", fromlist=["x"]).causal_mask
