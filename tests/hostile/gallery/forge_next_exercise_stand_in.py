# INTENT: Looks for the stand-ins that come after this exercise.
# EXERCISE: stable_softmax
# EXPECT: error or forbidden or missing; score 0
stable_softmax = [v for k, v in globals().items() if k == "stable_softmax"][0]
