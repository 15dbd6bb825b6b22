# INTENT: Numbers with a million digits.
# TECHNIQUE: 35
# EXERCISE: causal_mask
# EXPECT: killed or wrong or error; score 0
import sys
sys.modules["coach.harness"].serve = lambda text, namespace: "[" + "9" * 1_000_000 + "]"
def causal_mask(length): return None
