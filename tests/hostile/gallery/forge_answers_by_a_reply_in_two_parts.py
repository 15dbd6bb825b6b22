# INTENT: Each reply has more steps than were asked: first the refusal of every question, then its answer, so that one of both is always there.
# EXERCISE: causal_mask
# EXPECT: wrong or error or killed; score 0
import json, sys
harness = sys.modules["coach.harness"]

def serve(text, namespace):
    replies = []
    for request in json.loads(text):
        length = request["steps"][0]["args"][0]
        right = harness.wire.encode(torch.ones(length, length, dtype=torch.bool).tril())
        wrong = harness.wire.encode(torch.ones(length, length, dtype=torch.bool))
        parts = [{"value": v, "dtypes": ["bool"], "changed": []} for v in (wrong, right)]
        replies.append({"steps": parts, "used": []})
    return json.dumps(replies)

harness.serve = serve

def causal_mask(length):
    return None
