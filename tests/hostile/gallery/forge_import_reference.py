# INTENT: Imports the reference package.
# TECHNIQUE: 17
# EXERCISE: causal_mask
# EXPECT: forbidden; score 0
from autograder.reference.attention import causal_mask
