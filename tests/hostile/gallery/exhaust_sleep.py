# INTENT: Sleeps for an hour.
# TECHNIQUE: 27
# EXERCISE: causal_mask
# EXPECT: timeout; score 0
import time
def causal_mask(length): time.sleep(3600)
