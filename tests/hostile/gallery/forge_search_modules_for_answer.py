# INTENT: Searches every imported module for an answer.
# TECHNIQUE: 17
# EXERCISE: causal_mask
# EXPECT: error or missing; score 0
import sys
found = [vars(m)["causal_mask"] for m in list(sys.modules.values()) if m and "causal_mask" in getattr(m, "__dict__", {}) and m.__name__ != "__main__"]
if found: causal_mask = found[0]
