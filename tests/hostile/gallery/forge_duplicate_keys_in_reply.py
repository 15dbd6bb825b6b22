# INTENT: Every key twice.
# TECHNIQUE: 35
# EXERCISE: causal_mask
# EXPECT: killed or wrong or error; score 0
import sys, json
sys.modules["coach.harness"].serve = lambda text, namespace: "[" + ",".join('{"steps": [], "steps": [{"value": true, "value": null}], "used": [], "used": {}}' for _ in json.loads(text)) + "]"
def causal_mask(length): return None
