# INTENT: json.dumps answers with a forged reply.
# TECHNIQUE: 30
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed or timeout; score 0
import json
json.dumps = lambda *a, **k: '[{"steps": [{"value": true}], "used": []}]'
def causal_mask(length): return None
