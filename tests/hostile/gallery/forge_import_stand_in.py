# INTENT: The coach's stand-in answers.
# TECHNIQUE: 17
# EXERCISE: causal_mask
# EXPECT: forbidden; score 0
from coach.standins.attention import causal_mask
