# INTENT: four hundred own cells that each print a million letters.
# EXERCISE: stable_softmax
# EXPECT: missing; score 0
# NOTEBOOK: many_prints
