# INTENT: A reply nested a hundred thousand times.
# TECHNIQUE: 35
# EXERCISE: causal_mask
# EXPECT: killed or wrong or error; score 0
import sys
sys.modules["coach.harness"].serve = lambda text, namespace: "[" * 100_000 + "]" * 100_000
def causal_mask(length): return None
