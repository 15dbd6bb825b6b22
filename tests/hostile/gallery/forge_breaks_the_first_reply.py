# INTENT: Spoils the reply to all cases, so that they are asked one by one, and answers then from what it has seen.
# EXERCISE: causal_mask
# EXPECT: killed or wrong or error; score 0 or 1
import json, sys
honest = sys.modules["coach.harness"].serve
seen = []
def serve(text, namespace):
    seen.append(json.loads(text))
    return "[" if len(seen) == 1 else honest(text, namespace)
sys.modules["coach.harness"].serve = serve
def causal_mask(length):
    return torch.ones(length, length, dtype=torch.bool) if len(seen) > 2 else None
