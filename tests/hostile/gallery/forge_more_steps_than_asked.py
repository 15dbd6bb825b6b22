# INTENT: A reply with a step too many, in the hope that only the first ones count.
# EXERCISE: causal_mask
# EXPECT: wrong or error; score 0
import json, sys
def serve(text, namespace):
    return json.dumps([{"steps": [{"value": {"tensor": {"dtype": "bool", "shape": [], "data": "AQ=="}}}] * 9, "used": []} for _ in json.loads(text)])
sys.modules["coach.harness"].serve = serve
def causal_mask(length):
    return None
