# INTENT: Replaces the harness's way out by one that claims success.
# TECHNIQUE: 30
# EXERCISE: causal_mask
# EXPECT: killed or wrong or error; score 0
import sys, json
sys.modules["coach.harness"].serve = lambda text, namespace: json.dumps([{"steps": [{"value": True, "dtypes": ["bool"], "changed": []}], "used": []} for _ in json.loads(text)])
def causal_mask(length): return None
