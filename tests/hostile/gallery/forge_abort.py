# INTENT: abort(3).
# TECHNIQUE: 26
# EXERCISE: causal_mask
# EXPECT: killed; score 0
import os
def causal_mask(length): os.abort()
