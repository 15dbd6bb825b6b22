# INTENT: two hundred and fifty own cells that each print half a million letters.
# EXERCISE: stable_softmax
# EXPECT: missing; score 0
# NOTEBOOK: many_prints
